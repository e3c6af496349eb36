import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import type { Environment } from './environment.ts';
import { ProfileError } from './problem.ts';

const mostBytes = 1024 * 1024;

/** The environment with what a file adds to it. */
export interface FilledEnvironment {
  readonly env: Environment;
  /** Absolute path of the file; undefined when there is none. */
  readonly file: string | undefined;
  /** Which variables the file has set, by name, one line; undefined when it has set none. */
  readonly note: string | undefined;
}

/**
 * Adds the variables of a file to those of the environment; what is set there counts, what is set and empty does not.
 * Nothing is put into the environment of this process: a file may hold much that is none of our business.
 *
 * @param named the file; without it `.env` in the working folder is read if it is there, and with an empty name none
 * @throws {ProfileError} a named file that can't be read
 */
export function fillEnvironment(env: Environment, named: string | undefined, cwd: string): FilledEnvironment {
  const shownAs = named ?? '.env';
  const file = path.resolve(cwd, shownAs);
  const stat = named === '' ? undefined : statSync(file, { throwIfNoEntry: false });
  if (stat === undefined && !named) return { env, file: undefined, note: undefined };
  // Some make a folder of that name.
  if (stat?.isDirectory() && !named) return { env, file: undefined, note: undefined };
  const problem = (message: string) => new ProfileError([{ place: shownAs, pointer: '', message }]);
  if (stat === undefined) throw problem('no such file of environment variables; check the path');
  if (!stat.isFile()) throw problem('expected a file of environment variables, and this is none');
  if (stat.size > mostBytes) throw problem(`expected environment variables in at most ${mostBytes} bytes`);
  let variables: NodeJS.Dict<string>;
  try {
    variables = parseEnv(readFileSync(file, 'utf8'));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw problem(`the file can't be read (${code}); check its permissions`);
  }
  const added = Object.entries(variables).filter(([name, value]) => value !== '' && (env[name] ?? '') === '');
  return { env: { ...env, ...Object.fromEntries(added) }, file, note: noteOf(shownAs, variables, added) };
}

function noteOf(
  shownAs: string,
  variables: NodeJS.Dict<string>,
  added: readonly (readonly [name: string, value: unknown])[],
): string | undefined {
  // What does not bear our prefix may be anything, and is only looked up when a profile names it.
  const isOurs = (name: string) => /^KONAPLATE_\w+$/.test(name);
  const names = added
    .map(([name]) => name)
    .filter(isOurs)
    .sort();
  const setBefore = Object.keys(variables)
    .filter((name) => isOurs(name) && !names.includes(name))
    .sort();
  if (names.length + setBefore.length === 0) return undefined;
  const taken = names.length === 0 ? 'nothing is taken' : `${names.join(', ')} taken`;
  const left =
    setBefore.length === 0 ? '' : `; ${setBefore.join(', ')} not, being set in the environment or empty here`;
  return `from ${path.basename(shownAs)}: ${taken}${left}`;
}
