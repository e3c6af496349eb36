import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../../src/run/settings.ts';
import type { Command, Peer } from './peer.ts';
import { quiet } from './process.ts';
import { behind, bridgeOf, type Stage } from './stage.ts';

/** One run against the target without any fault, as a user starts it. */
export interface OneRun {
  /** Milliseconds, from the first command to the end of the last. */
  readonly duration: number;
  /** Of each command. */
  readonly exitCodes: readonly (number | null)[];
}

/** A run of a peer. */
export async function oneRunOf(peer: Peer, folder: string, stage: Stage): Promise<OneRun> {
  const bridge = await bridgeOf(stage);
  try {
    return await behind(bridge, stage, {}, () =>
      timed(
        peer.commands(folder, bridge.url).map((one) => programOf(one)),
        // Where Portman leaves its intermediate files.
        folder,
      ),
    );
  } finally {
    await bridge.close();
  }
}

/** `npm run conformance`: start of the embedded target, all cases, all reports. */
export async function ownRun(): Promise<OneRun> {
  const reports = mkdtempSync(path.join(tmpdir(), 'konaplate-peers-'));
  try {
    return await timed(
      [[process.execPath, '--import', 'tsx', 'src/cli/conformance.ts', '--reports', reports]],
      root,
    );
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
}

function programOf({ program, args }: Command): readonly [string, ...string[]] {
  const file = path.join(
    import.meta.dirname,
    program.endsWith('.mjs') ? program : `node_modules/.bin/${program}`,
  );
  return [process.execPath, file, ...args];
}

async function timed(commands: readonly (readonly [string, ...string[]])[], cwd: string): Promise<OneRun> {
  const start = performance.now();
  const exitCodes: (number | null)[] = [];
  for (const [program, ...args] of commands) {
    const child = spawn(program, args, { cwd, stdio: 'ignore', env: { ...process.env, ...quiet } });
    exitCodes.push(
      await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject)),
    );
  }
  return { duration: performance.now() - start, exitCodes };
}
