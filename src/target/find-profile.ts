import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { didYouMean } from '../yaml/nearest.ts';
import { ProfileError } from './problem.ts';

/**
 * The file of a profile: a name means `targets/<name>.yaml` of the project; what contains a slash or ends in .yaml or
 * .yml is a path, relative to `cwd`.
 *
 * @returns an absolute path
 * @throws ProfileError listing the names there are
 */
export function findProfile(
  nameOrPath: string,
  given: { readonly root: string; readonly cwd: string },
): string {
  const folder = path.join(given.root, 'targets');
  const isPath = /[/\\]|\.ya?ml$/.test(nameOrPath);
  const file = isPath ? path.resolve(given.cwd, nameOrPath) : path.join(folder, `${nameOrPath}.yaml`);
  if (isFile(file)) return file;
  const names = profileNames(folder);
  const there = names.length === 0 ? 'there are none yet' : `there are ${names.join(', ')}`;
  const message = isPath
    ? `no such profile file; check the path, or use a name of targets/ (${there})`
    : `no such target${didYouMean(nameOrPath, names)}; in targets/ ${there}; a path ends in .yaml`;
  throw new ProfileError([{ place: nameOrPath, pointer: '', message }]);
}

/** False, too, for a name that no file can have. */
function isFile(file: string): boolean {
  try {
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** The names of the profiles in a folder, sorted. */
export function profileNames(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => name.slice(0, -'.yaml'.length))
      .sort();
  } catch {
    return [];
  }
}
