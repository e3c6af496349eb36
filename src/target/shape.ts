import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import schema from '../../targets/profile.schema.json' with { type: 'json' };
import { fromPointer, toPointer } from '../json/json.ts';
import { entryAt, type Located, plain } from '../yaml/located.ts';
import { didYouMean, nearest } from '../yaml/nearest.ts';
import type { Problem } from '../yaml/problem.ts';
import { mostTold } from './problem.ts';

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
export function checkShape(root: Located): Problem[] {
  if (validate(plain(root))) return [];
  // The errors of a key come twice: once for its pattern, once for the map that has the key; the second is kept. Of a
  // choice the branch tells.
  return (validate.errors ?? [])
    .filter((error) => error.propertyName === undefined && error.keyword !== 'if')
    .map((error, index) => toProblem(error, root, index < mostTold));
}

/** @param hints whether to look for what a mistyped key may stand for, which takes its time */
function toProblem(error: ErrorObject, root: Located, hints: boolean): Problem {
  const parent = fromPointer(error.instancePath);
  const key = blamedKey(error);
  const path = key === undefined ? parent : [...parent, key];
  const entry = entryAt(root, path);
  // A misplaced key may be a secret (`{accessKey:…}` without a space is one key): only a near miss is shown.
  const shown = key === undefined || (hints && nearest(key, knownKeys(error)) !== undefined);
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

function knownKeys({ parentSchema }: ErrorObject): string[] {
  const properties: unknown = parentSchema?.properties;
  return typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
}

function explain(error: ErrorObject, value: Located | undefined, key: string | undefined): string {
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey(key, knownKeys(error));
    case 'propertyNames':
      return 'expected a scenario id such as <api>/<scenario> as key';
    case 'type':
      return typeMessage(listed(error.schema), value);
    case 'enum':
      return `expected ${listed(error.schema)
        .filter((allowed) => allowed !== 'null')
        .join(' or ')}`;
    case 'required': {
      const { missingProperty }: Record<string, unknown> = error.params;
      return `${String(missingProperty)} is missing`;
    }
    case 'minimum':
      return `expected at least ${String(error.schema)}`;
    case 'maximum':
      return `expected at most ${String(error.schema)}`;
    default:
      return `expected ${firstSentence(error.parentSchema?.description)}`;
  }
}

function unknownKey(key: string | undefined, known: readonly string[]): string {
  const expected = `expected ${known.join(', ')}`;
  if (key === undefined) {
    return `an unknown key, not shown since it may be a secret; ${expected}, each with ": " behind it`;
  }
  return `unknown key${didYouMean(key, known)}`;
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

/** The first sentence, made to stand behind another word. */
function firstSentence(description: unknown): string {
  const text = typeof description === 'string' ? description : 'another value';
  const sentence = text.split(/[.;](?:\s|$)/)[0] ?? text;
  return sentence.replace(/^[A-Z](?=[a-z ])/, (letter) => letter.toLowerCase());
}
