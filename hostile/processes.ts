import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** A process of a run that a row has started. */
export interface RunProcess {
  readonly pid: number;
  readonly command: string;
}

/** The processes of a run, whoever their parents are by now: all inherit a path from its environment that only it has. */
export function processesOf(path: string): readonly RunProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        if (!readFileSync(`/proc/${name}/environ`, 'utf8').includes(path)) return [];
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
        return [{ pid: Number(name), command }];
      } catch {
        // It has ended meanwhile, or is another user's.
        return [];
      }
    });
}

/** Waits until no process of a run is left; after the deadline, milliseconds, ends those that are and returns them. */
export async function leftOf(path: string, deadline = 25_000): Promise<readonly RunProcess[]> {
  const start = performance.now();
  // No event tells of the end of processes that are nobody's children.
  for (;;) {
    const left = processesOf(path);
    if (left.length === 0) return [];
    if (performance.now() - start > deadline) {
      for (const { pid } of left) process.kill(pid, 'SIGKILL');
      return left;
    }
    await wait(100);
  }
}

/** Why rows that look at other processes can't be tried here. */
export function withoutProc(): string | undefined {
  return process.platform === 'linux' ? undefined : 'it needs /proc';
}
