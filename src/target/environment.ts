import { toPointer } from '../json/json.ts';
import { type Located, type LocatedMap, type LocatedScalar, valueAt, withValue } from '../yaml/located.ts';
import type { Problem } from '../yaml/problem.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The variables that stand above any profile (PROTOCOL: names that existing clients use), and the fields they fill. */
export const overrides = [
  { variable: 'KONAPLATE_BASE_URL', path: ['baseUrl'] },
  { variable: 'KONAPLATE_ASP_ID', path: ['credentials', 'aspId'] },
  { variable: 'KONAPLATE_ACCESS_KEY', path: ['credentials', 'accessKey'] },
  { variable: 'KONAPLATE_SECRET_KEY', path: ['credentials', 'secretKey'] },
  { variable: 'KONAPLATE_CRYPTO_KEY_ID', path: ['credentials', 'cryptoKeyId'] },
  { variable: 'KONAPLATE_SERVER_PUBLIC_KEY', path: ['credentials', 'serverPublicKey'] },
  { variable: 'KONAPLATE_CLIENT_PRIVATE_KEY', path: ['credentials', 'clientPrivateKey'] },
] as const;

/** The overriding variables that are set; an empty one counts as not set. */
export function overridesSet(env: Environment): (typeof overrides)[number][] {
  return overrides.filter(({ variable }) => (env[variable] ?? '') !== '');
}

/**
 * Puts the overriding variables in place of what the profile says. A note tells of each value of the profile that
 * is set aside, unless the profile only repeats the variable as `${NAME}`.
 */
export function applyOverrides(
  map: LocatedMap,
  env: Environment,
  cwd: string,
): { readonly map: LocatedMap; readonly notes: readonly string[] } {
  const notes: string[] = [];
  let result = map;
  for (const { variable, path } of overridesSet(env)) {
    const before = valueAt(map, path);
    if (before !== undefined && !(before.kind === 'scalar' && before.value === `\${${variable}}`)) {
      notes.push(`${variable} of the environment stands in place of the profile's ${path.join('.')}`);
    }
    result = withValue(result, path, {
      kind: 'scalar',
      at: { place: `environment variable ${variable}`, folder: cwd },
      value: env[variable] ?? '',
      written: `\${${variable}}`,
      literal: true,
    });
  }
  return { map: result, notes };
}

const reference = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** The names of the variables that a text refers to. */
export function referencesIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(reference)].flatMap(([, name]) => name ?? []))];
}

/**
 * Replaces every `${NAME}` in the string values by the variable's value, which is not looked through again. A value
 * that is one reference and nothing else comes from the environment whole, so a relative path in it starts from `cwd`.
 * What can't be replaced becomes null and a problem. Overridden fields keep their value as it is.
 */
export function replaceReferences(
  node: Located,
  { env, cwd, problems }: { readonly env: Environment; readonly cwd: string; readonly problems: Problem[] },
  path: readonly string[] = [],
): Located {
  if (node.kind === 'map') {
    const replaced = [...node.entries].map(([key, entry]) => {
      const value = replaceReferences(entry.value, { env, cwd, problems }, [...path, key]);
      return [key, { ...entry, value }] as const;
    });
    return { ...node, entries: new Map(replaced) };
  }
  if (node.kind === 'list') {
    const items = node.items.map((item, index) =>
      replaceReferences(item, { env, cwd, problems }, [...path, String(index)]),
    );
    return { ...node, items };
  }
  if (typeof node.value !== 'string' || node.literal || !node.value.includes('${')) return node;
  // The JSON text of a body is replaced after parsing (readTestData), lest a value with quotes change its shape.
  if (path[0] === 'testData' && path.length === 2 && !isOneReference(node.value)) return node;
  return replaceInText(node, node.value, { env, cwd, problems, pointer: toPointer(path) });
}

function replaceInText(
  node: LocatedScalar,
  text: string,
  given: {
    readonly env: Environment;
    readonly cwd: string;
    readonly problems: Problem[];
    readonly pointer: string;
  },
): LocatedScalar {
  const { env, cwd, problems, pointer } = given;
  const missing = new Set<string>();
  const value = text.replace(reference, (_, name: string) => {
    const replacement = env[name] ?? '';
    if (replacement === '') missing.add(name);
    return replacement;
  });
  for (const name of missing) {
    problems.push({
      place: node.at.place,
      pointer,
      message: `the environment variable ${name} is not set, or empty; set it, or write the value here`,
      missing: name,
    });
  }
  if (text.replace(reference, '').includes('${')) {
    const message = `expected \${NAME} with letters, digits and "_" only, and a closing brace`;
    problems.push({ place: node.at.place, pointer, message });
    return { ...node, value: null };
  }
  if (missing.size > 0) return { ...node, value: null };
  const at = isOneReference(text) ? { ...node.at, folder: cwd } : node.at;
  return { ...node, value, at, literal: true };
}

/** The problems, with those for want of environment variables as one: whoever has set none has made one mistake. */
export function withMissingAsOne(problems: readonly Problem[]): readonly Problem[] {
  const missing = problems.filter((problem) => problem.missing !== undefined);
  const names = [...new Set(missing.map((problem) => problem.missing))];
  const [first] = missing;
  if (!first || names.length < 2) return problems;
  const message = `the environment variables ${names.join(', ')} are not set, or empty; write them into a file .env in the working folder, set them, or write the values here`;
  return problems.flatMap((problem) =>
    problem === first
      ? [{ place: first.place.replace(/(?::\d+){1,2}$/, ''), pointer: '', message }]
      : problem.missing === undefined
        ? [problem]
        : [],
  );
}

function isOneReference(text: string): boolean {
  return /^\$\{[A-Za-z_][A-Za-z0-9_]*\}$/.test(text);
}
