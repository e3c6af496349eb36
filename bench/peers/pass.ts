import type { Peer } from './peer.ts';
import { type PeerProcess, startPeer } from './process.ts';
import { behind, bridgeOf, type Stage } from './stage.ts';
import type { Target } from './targets.ts';

/** What one tool said of every target. */
export interface Pass {
  /** What fails against the target without any fault. */
  readonly baseline: readonly string[];
  /** Target id → the failures that the baseline does not have; none when it is not caught. */
  readonly failures: ReadonlyMap<string, readonly string[]>;
  /** Milliseconds for all targets, the start of the tool and the baseline included. */
  readonly duration: number;
}

/** Runs against the target without any fault, in each process: what fails now and then is known before it counts. */
const baselineRuns = 2;

/**
 * Tries a tool against all targets, in several processes side by side, each with a bridge of its own.
 *
 * @throws {Error} when it does not even work without any fault
 */
export async function passOf(
  peer: Peer,
  folder: string,
  targets: readonly Target[],
  {
    stage,
    processes,
    told,
  }: { readonly stage: Stage; readonly processes: number; readonly told: () => void },
): Promise<Pass> {
  const start = performance.now();
  const workers: Worker[] = [];
  try {
    while (workers.length < processes) workers.push(await openWorker(peer, folder, stage));
    const runs = await Promise.all(
      workers.map(async (worker) => {
        const failures: string[] = [];
        for (let run = 0; run < baselineRuns; run += 1) failures.push(...(await worker.baseline()));
        return failures;
      }),
    );
    const baseline = new Set(runs.flat());
    const failures = new Map<string, readonly string[]>();
    const waiting = [...targets];
    await Promise.all(
      workers.map(async (worker) => {
        for (let target = waiting.shift(); target !== undefined; target = waiting.shift()) {
          const failed = await worker.failuresOf(target);
          failures.set(
            keyOf(target),
            failed.filter((name) => !baseline.has(name)),
          );
          told();
        }
      }),
    );
    return { baseline: [...baseline], failures, duration: performance.now() - start };
  } finally {
    await Promise.all(workers.map((worker) => worker.close()));
  }
}

/** Under which a target's failures are found. */
export function keyOf({ kind, id }: Pick<Target, 'kind' | 'id'>): string {
  return `${kind} ${id}`;
}

interface Worker {
  baseline(): Promise<readonly string[]>;
  /** A run that breaks off is a failure too: whoever started it would see that. */
  failuresOf(target: Target): Promise<readonly string[]>;
  close(): Promise<void>;
}

async function openWorker(peer: Peer, folder: string, stage: Stage): Promise<Worker> {
  let process: PeerProcess = await startPeer(peer, folder);
  const bridge = await bridgeOf(stage);
  return {
    baseline: () => behind(bridge, stage, {}, () => process.run(bridge.url)),
    async failuresOf({ deviation, apis }: Target) {
      try {
        return await behind(bridge, stage, deviation(), () => process.run(bridge.url, apis));
      } catch (error) {
        process.end();
        process = await startPeer(peer, folder);
        return [`the run itself: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`];
      }
    },
    async close() {
      process.end();
      await bridge.close();
    },
  };
}
