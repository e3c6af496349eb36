import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { launchArguments, launchedProfile, toldProfile } from '../run/launched.ts';
import { root } from '../run/settings.ts';

/** A target that was started here. */
export interface Launched {
  /** The path of the profile that it has made for itself. */
  readonly profile: string;
  stop(): Promise<void>;
}

/** It takes a second or two; longer, and something else is wrong. */
const patience = 30_000;

/**
 * Starts the embedded target as a run does; it ends with this process in any case.
 *
 * @returns why it could not be started, if so
 */
export async function launchTarget(env: NodeJS.ProcessEnv): Promise<Launched | string> {
  const child = spawn(process.execPath, launchArguments, {
    cwd: root,
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  const said = { out: '', errors: '' };
  child.stderr.on('data', (data: Buffer) => (said.errors += data.toString('utf8')));
  const profile = await new Promise<string | undefined>((resolve) => {
    const late = setTimeout(() => resolve(undefined), patience);
    child.stdout.on('data', (data: Buffer) => {
      said.out += data.toString('utf8');
      const found = toldProfile.exec(said.out)?.groups?.[launchedProfile];
      if (found !== undefined) resolve(found);
    });
    void ended.finally(() => {
      clearTimeout(late);
      resolve(undefined);
    });
  });
  if (profile !== undefined) return { profile, stop };
  await stop();
  return said.errors.trim().split('\n').at(-1) || `it said nothing within ${patience / 1000} s`;
}
