import type { Located } from '../yaml/located.ts';
import { valueAt } from '../yaml/located.ts';
import { type Environment, overrides, overridesSet, referencesIn } from './environment.ts';
import { readWithBase } from './extends.ts';
import { findProfile } from './find-profile.ts';

/** Where a value of a profile comes from: the names of environment variables, never what they hold. */
export interface ValueSource {
  /** `credentials.secretKey` */
  readonly field: string;
  /** The variables that it is made of; none for what stands in the profile as it is. */
  readonly variables: readonly string[];
}

/**
 * Where the address and the credentials of a profile come from, and whatever else of it is made of environment variables.
 * For one that can be loaded.
 */
export function valueSources(
  nameOrPath: string,
  given: { readonly root: string; readonly env: Environment; readonly cwd?: string },
): readonly ValueSource[] {
  const { env, root, cwd = process.cwd() } = given;
  const merged = readWithBase(findProfile(nameOrPath, { root, cwd }), { env, cwd, problems: [] });
  if (merged === undefined) return [];
  const { map, launches } = merged;
  // What stands above a profile stands above none that launches its target.
  const above = new Map(
    (launches ? [] : overridesSet(env)).map(({ variable, path }) => [path.join('.'), variable]),
  );
  const written = texts(map, []);
  const required = overrides.flatMap(({ path }) => {
    const field = path.join('.');
    const variable = above.get(field);
    if (variable !== undefined) return [{ field, variables: [variable] }];
    return valueAt(map, path) === undefined ? [] : [{ field, variables: variablesOf(field, written) }];
  });
  const others = written.filter(
    ({ field, variables }) => variables.length > 0 && !required.some((one) => one.field === field),
  );
  return [...required, ...others];
}

function variablesOf(field: string, written: readonly ValueSource[]): readonly string[] {
  return written.find((one) => one.field === field)?.variables ?? [];
}

function texts(node: Located, path: readonly string[]): readonly ValueSource[] {
  if (node.kind === 'map') {
    return [...node.entries].flatMap(([key, { value }]) => texts(value, [...path, key]));
  }
  if (node.kind === 'list') return node.items.flatMap((item, index) => texts(item, [...path, String(index)]));
  if (typeof node.value !== 'string') return [];
  return [{ field: path.join('.'), variables: referencesIn(node.value) }];
}
