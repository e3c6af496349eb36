import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import schema from '../../targets/profile.schema.json' with { type: 'json' };
import { entryAt, fromPointer, type Located, plain, toPointer } from './located.ts';
import { didYouMean, nearest } from './nearest.ts';
import type { ProfileProblem } from './problem.ts';

const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, verbose: true }).compile(
  schema,
);

const kinds: Readonly<Record<string, string>> = {
  object: 'a map of fields',
  array: 'a list',
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  null: 'nothing',
};

/** Checks one profile file, before anything is merged or replaced, against `targets/profile.schema.json`. */
export function checkShape(root: Located): ProfileProblem[] {
  if (validate(plain(root))) return [];
  // The errors of a key come twice: once for its pattern, once for the map that has the key; the second is kept.
  return (validate.errors ?? [])
    .filter((error) => error.propertyName === undefined)
    .map((error) => toProblem(error, root));
}

function toProblem(error: ErrorObject, root: Located): ProfileProblem {
  const parent = fromPointer(error.instancePath);
  const key = blamedKey(error);
  const path = key === undefined ? parent : [...parent, key];
  const entry = entryAt(root, path);
  const shown = key === undefined || mayShowKey(parent, key, knownKeys(error));
  return {
    place: (key === undefined ? entry?.value.at : entry?.at)?.place ?? root.at.place,
    pointer: toPointer(shown ? path : parent),
    message: explain(error, entry?.value, shown ? key : undefined),
  };
}

function blamedKey(error: ErrorObject): string | undefined {
  const { additionalProperty, propertyName }: Record<string, unknown> = error.params;
  const key = error.keyword === 'additionalProperties' ? additionalProperty : propertyName;
  return typeof key === 'string' ? key : undefined;
}

/** A misplaced key may be a secret (`{accessKey:…}` without a space is one key); only what looks like a name is shown. */
function mayShowKey(parent: readonly string[], key: string, known: readonly string[]): boolean {
  if (parent[0] === 'credentials' || parent[0] === 'tls') return nearest(key, known) !== undefined;
  return /^[A-Za-z][A-Za-z0-9_-]{0,30}(\/[A-Za-z0-9_-]{1,40})?$/.test(key);
}

function knownKeys({ parentSchema }: ErrorObject): string[] {
  const properties: unknown = parentSchema?.properties;
  return typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
}

function explain(error: ErrorObject, value: Located | undefined, key: string | undefined): string {
  switch (error.keyword) {
    case 'additionalProperties':
      return key === undefined
        ? `an unknown key, not shown since it may be a secret; expected ${knownKeys(error).join(', ')}, each with ": " behind it`
        : `unknown key${didYouMean(key, knownKeys(error))}; expected one of ${knownKeys(error).join(', ')}`;
    case 'propertyNames':
      return 'expected a scenario id such as ars-inquiry/succeeded as key';
    case 'type':
      return typeMessage(listed(error.schema), value);
    case 'enum':
      return `expected ${listed(error.schema)
        .filter((allowed) => allowed !== 'null')
        .join(' or ')}`;
    case 'minimum':
      return `expected at least ${String(error.schema)}`;
    case 'maximum':
      return `expected at most ${String(error.schema)}`;
    default:
      return `expected ${firstSentence(error.parentSchema?.description)}`;
  }
}

function typeMessage(types: readonly string[], value: Located | undefined): string {
  const expected = types.filter((type) => type !== 'null').map((type) => kinds[type] ?? type);
  const hint =
    types.includes('string') && value?.kind === 'scalar' && value.value !== null
      ? '; put the value in quotes'
      : types.includes('object') || value?.kind !== 'scalar' || value.value !== null
        ? ''
        : '; write a value, or take the key out';
  return `expected ${expected.join(' or ')}, found ${kindOf(value)}${hint}`;
}

function kindOf(value: Located | undefined): string {
  if (value?.kind === 'map') return 'a map of fields';
  if (value?.kind === 'list') return 'a list';
  if (value?.value === undefined || value.value === null) return 'nothing';
  if (typeof value.value === 'string') return 'text';
  return typeof value.value === 'boolean' ? 'true or false' : 'a number';
}

function listed(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [String(value)];
}

function firstSentence(description: unknown): string {
  const text = typeof description === 'string' ? description : 'another value';
  return text.split(/[.;](?:\s|$)/)[0] ?? text;
}
