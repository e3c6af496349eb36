import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * What an earlier process of the same run has put down under the name of an environment variable; undefined when there
 * is nothing.
 */
export function takeOver(env: NodeJS.ProcessEnv, variable: string): Buffer | undefined {
  const file = env[variable];
  return file === undefined ? undefined : readFileSync(file);
}

/**
 * Puts something down for the processes that inherit the environment. The file lies in a private folder and goes with
 * this process.
 */
export function handOver(env: NodeJS.ProcessEnv, variable: string, content: Buffer | string): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'konaplate-handed-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'content');
  writeFileSync(file, content, { mode: 0o600 });
  env[variable] = file;
}
