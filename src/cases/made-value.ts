import { breachesOf } from '../contract/body-check.ts';
import type { Format, Schema } from '../contract/schema.ts';
import { longestSent } from '../contract/unbreakable.ts';
import { compareNumbers, type JsonValue } from '../json/json.ts';
import { seededFaker } from './seeded.ts';

/**
 * A value that lies within every interpretation of a field's limits; the same seed and field make the same value. Text is of
 * digits, since the pages give such text to nothing but numbers. Undefined where a side has no limit, or the limits
 * leave no choice: a form, or a list of values.
 */
export function madeValue(schema: Schema, seed: number, field: string): JsonValue | undefined {
  const limits = interpretationsOf(schema);
  if (limits.some(({ pattern, format }) => pattern ?? format) || valuesOf(schema)) return undefined;
  const { type } = schema;
  const isBounded =
    type === 'string'
      ? limits.some(({ minLength }) => minLength !== undefined) && greatestLengthOf(schema) !== undefined
      : (type === 'integer' || type === 'number') && rangeOf(schema) !== undefined;
  return isBounded ? instanceOf(schema, seed, field) : undefined;
}

/**
 * A value that should fit a schema: of an object what it requires, of a list as few items as there may be, but one.
 * Undefined where none is found; whoever uses it checks it.
 *
 * @param purpose what it is for: the same seed and purpose make the same value
 */
export function instanceOf(schema: Schema, seed: number, purpose: string): JsonValue | undefined {
  const limits = interpretationsOf(schema);
  const values = valuesOf(schema);
  if (values) return values[0];
  const type = limits.find((part) => part.type !== undefined)?.type;
  if (type === 'boolean') return true;
  if (type === 'array' || schema.items) return listOf(schema, seed, purpose);
  if (type === 'object' || schema.properties) return objectOf(schema, seed, purpose);
  const faker = seededFaker(seed, purpose);
  if (type === 'integer' || type === 'number') {
    const [min, max] = someRange(limits);
    return min <= max ? exact(faker.number.bigInt({ min, max })) : undefined;
  }
  const format = limits.find((part) => part.format)?.format;
  if (format) return formed[format];
  const pattern = limits.find((part) => part.pattern)?.pattern;
  if (pattern !== undefined) return fitting(limits, () => faker.helpers.fromRegExp(plainly(pattern)));
  const min = greatest(limits.flatMap(({ minLength }) => minLength ?? [])) ?? 1;
  const max = Math.min(greatestLengthOf(schema) ?? Math.max(min, 8), longestSent.characters);
  return min <= max ? faker.string.numeric({ length: { min, max } }) : undefined;
}

/** How many texts of a pattern are made to find one that its other limits allow, too. */
const mostDraws = 50;

/** The first text that every interpretation allows, or else the last one drawn. */
function fitting(limits: readonly Schema[], draw: () => string): string {
  let text = draw();
  const isBroken = () => limits.some((part) => breachesOf(part, text).length > 0);
  for (let drawn = 1; drawn < mostDraws && isBroken(); drawn += 1) text = draw();
  return text;
}

function objectOf(schema: Schema, seed: number, purpose: string): JsonValue | undefined {
  const made: Record<string, JsonValue> = {};
  const add = (names: readonly string[] = []): boolean =>
    names.every((name) => {
      const child = schema.properties?.[name];
      const value = made[name] ?? (child && instanceOf(child, seed, `${purpose}.${name}`));
      if (value !== undefined) made[name] = value;
      return value !== undefined;
    });
  const parts = [schema, ...(schema.allOf ?? [])];
  const open = parts.flatMap((part) => part['x-presence-of'] ?? []);
  if (![...parts.map(({ required }) => required), open].every(add)) return undefined;
  const asked = parts.filter((part) => part.if && breachesOf(part.if, made).length === 0);
  return asked.every((part) => add(part.then?.required)) ? made : undefined;
}

function listOf(schema: Schema, seed: number, purpose: string): JsonValue | undefined {
  const { items = {}, minItems = 0, maxItems = 1 } = schema;
  const length = Math.max(minItems, Math.min(maxItems, 1));
  if (length > longestSent.items) return undefined;
  const made = Array.from({ length }, (_, index) => instanceOf(items, seed, `${purpose}[${index}]`));
  return made.flatMap((item) => (item === undefined ? [] : [item]));
}

/** Of a field that leaves its interpretation open: what every interpretation asks for. */
function interpretationsOf(schema: Schema): readonly Schema[] {
  return [schema, ...(schema.anyOf ?? [])];
}

/** The documented values of a field, those of every interpretation first; undefined where it has no such list. */
export function valuesOf(schema: Schema): readonly string[] | undefined {
  const lists = interpretationsOf(schema).flatMap(({ enum: values, const: value }) =>
    value === undefined ? (values ? [values] : []) : [[value]],
  );
  if (lists.length === 0) return undefined;
  const all = [...new Set(lists.flat())];
  const isShared = (value: string) => lists.every((list) => list.includes(value));
  return [...all.filter(isShared), ...all.filter((value) => !isShared(value))];
}

/** The least and the greatest whole number within every interpretation; undefined where one side has no limit. */
export function rangeOf(schema: Schema): readonly [bigint, bigint] | undefined {
  const [min, max] = bounds(interpretationsOf(schema));
  return min === undefined || max === undefined ? undefined : [min, max];
}

function someRange(limits: readonly Schema[]): readonly [bigint, bigint] {
  const [min, max] = bounds(limits);
  if (min !== undefined) return [min, max ?? min + 1000n];
  return max === undefined ? [1n, 1000n] : [max - 1000n, max];
}

function bounds(limits: readonly Schema[]): readonly [bigint | undefined, bigint | undefined] {
  const least = limits.flatMap(({ minimum }) => minimum ?? []).sort((a, b) => compareNumbers(b, a))[0];
  const most = limits.flatMap(({ maximum }) => maximum ?? []).sort(compareNumbers)[0];
  return [
    least === undefined ? undefined : whole(least, Math.ceil),
    most === undefined ? undefined : whole(most, Math.floor),
  ];
}

function whole(limit: number | bigint, round: (value: number) => number): bigint {
  return BigInt(typeof limit === 'bigint' ? limit : round(limit));
}

/** The greatest length of a text within every interpretation; undefined without a limit. */
export function greatestLengthOf(schema: Schema): number | undefined {
  const all = interpretationsOf(schema).flatMap(({ maxLength }) => maxLength ?? []);
  return all.length === 0 ? undefined : Math.min(...all);
}

/** A number where that keeps every digit. */
export function exact(value: bigint): number | bigint {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}

function greatest(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : Math.max(...values);
}

/** A text of each form. */
const formed: Readonly<Record<Format, string>> = {
  'correlation-id': '260101000000-012345f',
  'compact-date-time': '20260101000000',
  yymm: '3012',
};

/** A regular expression in the few words that the maker of texts knows: characters, classes, counts. */
function plainly(pattern: string): string {
  return pattern
    .replace(/^\^/, '')
    .replace(/\$$/, '')
    .replaceAll('\\d', '[0-9]')
    .replaceAll('\\w', '[A-Za-z0-9_]')
    .replaceAll(/\\(\W)/g, '[$1]');
}
