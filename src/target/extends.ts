import { realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { type Located, type LocatedMap, valueAt, withoutKeys } from '../yaml/located.ts';
import type { Problem } from '../yaml/problem.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { type Environment, replaceReferences } from './environment.ts';
import { checkShape } from './shape.ts';

/** A profile file merged with all it extends. */
export interface MergedProfile {
  readonly map: LocatedMap;
  /** Whether any file on the way says `launch`, even if a nearer one sets it aside. */
  readonly launches: boolean;
}

interface Reading {
  readonly env: Environment;
  readonly cwd: string;
  readonly problems: Problem[];
}

/**
 * Reads a profile file and, below it, the one it extends. Every file is checked on its own, so that a problem names
 * the file that has it.
 *
 * @param file absolute path
 * @returns undefined when the file, or one it extends, can't be read at all; the problems say why
 */
export function readWithBase(
  file: string,
  reading: Reading,
  descendants: readonly string[] = [],
): MergedProfile | undefined {
  const shownAs = showPath(file, reading.cwd);
  const result = readYaml(file, shownAs);
  if ('problems' in result) {
    reading.problems.push(...result.problems);
    return undefined;
  }
  const { root } = result;
  reading.problems.push(...checkShape(root));
  if (root.kind !== 'map') return undefined;
  const launches = valueAt(root, ['launch']) !== undefined;
  const own = withoutKeys(root, ['extends', '$schema']);
  if (valueAt(root, ['extends']) === undefined) return { map: own, launches };
  const base = readBase(root, file, reading, descendants);
  // Without its base a profile lacks fields it does not lack, and every one of them would be complained of.
  if (base === undefined) return undefined;
  return { map: mergeProfiles(base.map, own), launches: launches || base.launches };
}

function readBase(
  root: LocatedMap,
  file: string,
  reading: Reading,
  descendants: readonly string[],
): MergedProfile | undefined {
  const named = valueAt(root, ['extends']);
  if (named === undefined) return undefined;
  const node: Located = replaceReferences(named, reading, ['extends']);
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return undefined;
  const problem = (message: string): undefined => {
    reading.problems.push({ place: node.at.place, pointer: '/extends', message });
  };
  const base = path.resolve(node.at.folder, node.value);
  if (!statSync(base, { throwIfNoEntry: false })?.isFile()) {
    return problem("expected the path of a profile file, from this file's folder; there is no such file");
  }
  const above = [...descendants, realpathSync(file)];
  if (above.includes(realpathSync(base))) {
    const round = [...above, base].map((one) => path.basename(one)).join(' → ');
    return problem(`profiles extend each other in a circle (${round}); take one "extends" out`);
  }
  return readWithBase(base, reading, above);
}

/**
 * The nearer profile over the one it extends: maps merge, everything else replaces. A body of test data replaces as a
 * whole, since half of one scenario's request and half of another's is neither's. Of `launch` and an address of its
 * own, which exclude each other, the nearer one counts.
 */
export function mergeProfiles(base: LocatedMap, nearer: LocatedMap): LocatedMap {
  const setAside = [
    ...(valueAt(nearer, ['baseUrl']) === undefined ? [] : ['launch']),
    ...(valueAt(nearer, ['launch']) === undefined
      ? []
      : ['baseUrl', 'credentials', 'tls', 'proxy', 'allowHosts', 'allowPlainHttp']),
  ];
  return merge(withoutKeys(base, setAside), nearer, []);
}

function merge(base: LocatedMap, nearer: LocatedMap, path: readonly string[]): LocatedMap {
  const entries = new Map(base.entries);
  for (const [key, entry] of nearer.entries) {
    const inherited = base.entries.get(key)?.value;
    const whole = path[0] === 'testData';
    const value =
      !whole && inherited?.kind === 'map' && entry.value.kind === 'map'
        ? merge(inherited, entry.value, [...path, key])
        : entry.value;
    entries.set(key, { at: entry.at, value });
  }
  return { ...nearer, entries };
}

/** A path as problems name it: from the working folder where it lies below it. */
function showPath(file: string, cwd: string): string {
  const relative = path.relative(cwd, file);
  return relative.startsWith('..') || path.isAbsolute(relative) ? file : relative;
}
