import { spawn } from 'node:child_process';
import { root } from '../src/run/settings.ts';

/** The embedded target in a process of its own, as a user starts it. */
export interface RunningTarget {
  /** The path of its profile. */
  readonly profile: string;
  stop(): Promise<void>;
}

/** @throws {Error} when it ends instead of listening; what it said is in the message */
export async function startTarget(): Promise<RunningTarget> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/main.ts', '--with-parent'], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const profile = await new Promise<string>((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (data: Buffer) => {
      output += data.toString('utf8');
      const found = /\(profile: ([^)\n]+)\)/.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('close', () => reject(new Error(`the embedded target ended: ${output}`)));
  });
  return {
    profile,
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}
