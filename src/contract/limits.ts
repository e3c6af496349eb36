import { formatNames } from './formats.ts';
import type { Schema } from './schema.ts';

/**
 * The documented aspects of a value that are clauses of their own, in the order in which they are judged. All but the
 * first two speak of values that have the type. The length of a list is the number of its items.
 */
export const aspects = ['presence', 'type', 'length', 'range', 'form', 'enum'] as const;

export type Aspect = (typeof aspects)[number];

/** The aspects, apart from presence, that a schema limits. */
export function aspectsOf(schema: Schema): readonly Exclude<Aspect, 'presence'>[] {
  const all = [schema, ...(schema.anyOf ?? [])];
  const has = (...words: (keyof Schema)[]) =>
    all.some((part) => words.some((word) => part[word] !== undefined));
  return [
    ...(has('type') ? (['type'] as const) : []),
    ...(has('minLength', 'maxLength', 'minItems', 'maxItems') ? (['length'] as const) : []),
    ...(has('minimum', 'maximum') ? (['range'] as const) : []),
    ...(has('format', 'pattern') ? (['form'] as const) : []),
    ...(has('enum', 'const') ? (['enum'] as const) : []),
  ];
}

/** What a schema allows in one aspect, for a person: `22 characters`, `1 to 100 characters`, `one of A, B`. */
export function allowed(schema: Schema, aspect: Aspect): string {
  const parts = [schema, ...(schema.anyOf ?? [])]
    .map((part) => words[aspect](part))
    .filter((text) => text !== '');
  return [...new Set(parts)].join(', or ');
}

const words: Readonly<Record<Aspect, (schema: Schema) => string>> = {
  presence: () => 'a value',
  type: ({ type }) => typeWords[type ?? ''] ?? '',
  length: ({ minLength, maxLength, minItems, maxItems }) =>
    counted(minLength, maxLength, 'characters') || counted(minItems, maxItems, 'items'),
  range: ({ minimum, maximum }) => {
    if (minimum === undefined && maximum === undefined) return '';
    if (maximum === undefined) return `at least ${minimum}`;
    return minimum === undefined ? `at most ${maximum}` : `${minimum} to ${maximum}`;
  },
  form: ({ format, pattern }) => (format === undefined ? (pattern ?? '') : formatNames[format]),
  enum: ({ enum: values, const: value }) => {
    if (value !== undefined) return `"${value}"`;
    return values === undefined ? '' : `one of ${values.join(', ')}`;
  },
};

function counted(min: number | undefined, max: number | undefined, of: string): string {
  if (min === undefined && max === undefined) return '';
  if (min === max) return `${min} ${of}`;
  return max === undefined ? `at least ${min} ${of}` : `${min ?? 0} to ${max} ${of}`;
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'a string',
  integer: 'an integer',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
};
