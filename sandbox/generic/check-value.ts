import { formats } from '../../src/contract/formats.ts';
import type { Schema } from '../../src/contract/schema.ts';
import {
  compareNumbers,
  getMember,
  isJsonArray,
  isJsonNumber,
  isJsonObject,
  type JsonValue,
} from '../../src/json/json.ts';
import type { ParameterAspect } from '../checks.ts';

/** A limit that a value breaks. */
export interface Breach {
  /** The field, as the contract names it: `list[].card.number`; empty for the value as a whole. */
  readonly path: string;
  readonly aspect: ParameterAspect;
}

/** Which alternatives of a schema count: the schema with the one that is followed, or as it is where any of them will do. */
export type Interpreting = (schema: Schema) => Schema;

/** Any interpretation will do. */
export const anyInterpretation: Interpreting = (schema) => schema;

/**
 * Every limit of a schema that a value breaks, field by field in the order of the documents; unknown fields break none.
 * Written apart from the contract's own check of bodies, so that one mistake does not hide in suite and sandbox alike.
 */
export function* breachesOf(
  value: JsonValue,
  written: Schema,
  read: Interpreting,
  path = '',
): Generator<Breach, void, undefined> {
  const schema = read(written);
  const own = ownBreach(value, schema);
  for (const aspect of own) yield { path, aspect };
  // An alternative that was chosen stands in the schema itself.
  if (schema === written && schema.anyOf) {
    const all = schema.anyOf.map((option) => [...breachesOf(value, option, read, path)]);
    if (all.every((breaches) => breaches.length > 0)) yield* all[0] ?? [];
  }
  for (const part of schema.allOf ?? []) yield* breachesOf(value, part, read, path);
  if (schema.if && schema.then && fits(value, schema.if, read))
    yield* breachesOf(value, schema.then, read, path);
  if (isJsonArray(value) && schema.items) {
    for (const item of value) yield* breachesOf(item, schema.items, read, `${path}[]`);
  }
  if (!isJsonObject(value)) return;
  for (const name of new Set([...Object.keys(schema.properties ?? {}), ...(schema.required ?? [])])) {
    const member = getMember(value, name);
    const place = below(path, name);
    if (member !== undefined) yield* breachesOf(member, schema.properties?.[name] ?? {}, read, place);
    else if (schema.required?.includes(name)) yield { path: place, aspect: 'presence' };
  }
}

/** Whether a value keeps every limit of a schema. */
export function fits(value: JsonValue, schema: Schema, read: Interpreting): boolean {
  return breachesOf(value, schema, read).next().done === true;
}

/** What of the value itself is wrong, whatever is in it. */
function ownBreach(value: JsonValue, schema: Schema): readonly ParameterAspect[] {
  return aspects.filter((aspect) => !keeps[aspect](value, schema));
}

const aspects = ['type', 'length', 'form', 'range', 'enum', 'items'] as const;

const keeps: Readonly<Record<(typeof aspects)[number], (value: JsonValue, schema: Schema) => boolean>> = {
  type: (value, { type }) => type === undefined || types[type](value),
  length(value, { minLength = 0, maxLength = Number.POSITIVE_INFINITY }) {
    if (typeof value !== 'string') return true;
    const length = [...value].length;
    return length >= minLength && length <= maxLength;
  },
  form: (value, { format, pattern }) =>
    typeof value !== 'string' ||
    ((format === undefined || formats[format](value)) &&
      (pattern === undefined || new RegExp(pattern, 'u').test(value))),
  range: (value, { minimum, maximum }) =>
    !isJsonNumber(value) ||
    ((minimum === undefined || compareNumbers(value, minimum) >= 0) &&
      (maximum === undefined || compareNumbers(value, maximum) <= 0)),
  enum: (value, { enum: values, const: only }) =>
    (values === undefined || (typeof value === 'string' && values.includes(value))) &&
    (only === undefined || value === only),
  items: (value, { minItems = 0, maxItems = Number.POSITIVE_INFINITY }) =>
    !isJsonArray(value) || (value.length >= minItems && value.length <= maxItems),
};

const types: Readonly<Record<NonNullable<Schema['type']>, (value: JsonValue) => boolean>> = {
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  integer: (value) => typeof value === 'bigint' || Number.isInteger(value),
  number: isJsonNumber,
  array: isJsonArray,
  object: isJsonObject,
};

function below(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
