import { faker } from '@faker-js/faker/locale/base';
import type { Format, Schema } from '../../src/contract/schema.ts';
import type { JsonObject, JsonValue } from '../../src/json/json.ts';
import { fits, type Interpreting } from './check-value.ts';
import { between, type Draw, oneOf } from './draw.ts';
import { both } from './merge.ts';

/** How values are made. */
export interface Making {
  readonly draw: Draw;
  readonly read: Interpreting;
  /** Which fields are left out although they might be there; none unless told. */
  readonly leavesOut?: (path: string) => boolean;
  /** Conditions of the schema hold where they can, so that what they ask for is there. */
  readonly meetsConditions?: boolean;
  /** Fields that stand elsewhere unless they are required. */
  readonly floating?: ReadonlySet<Schema>;
}

/** How many elements a list gets, where it may have them. */
const elements = 2;

/** A value within the limits of a schema, with every field that it may have: the same draws make the same value. */
export function makeValue(written: Schema, given: Making, path = ''): JsonValue {
  const floating = floatingIn(written);
  const making =
    floating.length === 0 ? given : { ...given, floating: new Set([...(given.floating ?? []), ...floating]) };
  const schema = plainOf(written, making.read);
  if (schema.const !== undefined) return schema.const;
  const [first, ...others] = schema.enum ?? [];
  const drawn = making.draw(path);
  if (first !== undefined) return oneOf(drawn, [first, ...others]);
  switch (schema.type ?? (schema.properties || schema.required ? 'object' : 'string')) {
    case 'object':
      return makeObject(schema, making, path);
    case 'array': {
      const { items = {}, minItems = 0, maxItems = Math.max(elements, minItems) } = schema;
      const length = Math.min(Math.max(elements, minItems), maxItems);
      return Array.from({ length }, (_, index) => makeValue(items, making, `${path}[${index}]`));
    }
    case 'boolean':
      return drawn % 2n === 0n;
    case 'integer':
    case 'number':
      return makeInteger(schema, drawn);
    case 'string':
      return makeText(schema, drawn);
  }
}

/** The schema with its alternatives and parts in itself; conditions stay. */
function plainOf(written: Schema, read: Interpreting): Schema {
  const { anyOf, allOf = [], ...own } = read(written);
  const chosen = anyOf?.[0];
  // What the interpretation has chosen stands in the schema already.
  const schema = chosen && read(written) === written ? both(own, plainOf(chosen, read)) : own;
  return allOf
    .filter((part) => part.if === undefined)
    .reduce((sum, part) => both(sum, plainOf(part, read)), {
      ...schema,
      allOf: allOf.filter((part) => part.if !== undefined),
    });
}

function makeObject(schema: Schema, making: Making, path: string): JsonObject {
  const make = (whole: Schema): JsonObject => {
    const members = Object.entries(whole.properties ?? {}).flatMap(([name, child]): [string, JsonValue][] => {
      const place = path === '' ? name : `${path}.${name}`;
      const isLeftOut = making.floating?.has(child) || making.leavesOut?.(fieldAt(place));
      if (isLeftOut && !whole.required?.includes(name)) return [];
      return [[name, makeValue(child, making, place)]];
    });
    return Object.fromEntries(members);
  };
  const conditions = [schema, ...(schema.allOf ?? [])];
  let whole = making.meetsConditions
    ? conditions.reduce((sum, { if: one }) => (one ? both(sum, plainOf(one, making.read)) : sum), schema)
    : schema;
  let object = make(whole);
  // A condition that holds adds to the schema, which may make another one hold.
  for (const { if: condition, then } of conditions) {
    if (!condition || !then || !fits(object, condition, making.read)) continue;
    whole = both(whole, plainOf(then, making.read));
    object = make(whole);
  }
  return object;
}

/** `list[0].name` → `list[].name` */
export function fieldAt(place: string): string {
  return place.replaceAll(/\[\d+\]/g, '[]');
}

/** The fields that may stand at several places, which a value has only where its interpretation wants them. */
function floatingIn({ allOf = [], properties = {} }: Schema): readonly Schema[] {
  return allOf.flatMap(({ 'x-presence-of': name }) => (name === undefined ? [] : (properties[name] ?? [])));
}

/** Inside its range, so that the boundaries stay for others; beyond 2^53, where a double would round it, if it may be. */
function makeInteger({ minimum, maximum }: Schema, drawn: bigint): JsonValue {
  const least = minimum === undefined ? undefined : BigInt(minimum);
  const most = maximum === undefined ? (least ?? 0n) + 1_000_000n : BigInt(maximum);
  const from = least ?? (most < 1n ? most - 1_000_000n : 1n);
  const inside = most - from > 4n ? between(drawn, from + 1n, most - 1n) : between(drawn, from, most);
  const value =
    BigInt(Number(inside)) === inside && inside > 2n ** 53n && inside - 1n > from ? inside - 1n : inside;
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

function makeText(schema: Schema, drawn: bigint): string {
  const { format, pattern, minLength = 0, maxLength = Math.max(usualLength, minLength) } = schema;
  if (format !== undefined) return forms[format](drawn);
  if (pattern !== undefined) {
    faker.seed(Number(drawn % 2n ** 31n));
    return faker.helpers.fromRegExp(plainPattern(pattern));
  }
  const length = Math.min(Math.max(usualLength, minLength), maxLength);
  const digits = digitsOf(drawn, length);
  return schema['x-sensitive'] === 'card-number' ? cardNumber(digits) : digits;
}

/** A pattern in the words that the generator knows: no anchors, classes written out. */
function plainPattern(pattern: string): string {
  return pattern
    .replaceAll(/^\^|\$$/g, '')
    .replaceAll(/\[[^\]]*\]|\\[dw]/g, (part) =>
      part.startsWith('[')
        ? part.replaceAll('\\d', '0-9').replaceAll('\\w', 'A-Za-z0-9_')
        : part === '\\d'
          ? '[0-9]'
          : '[A-Za-z0-9_]',
    );
}

/** Characters of a text whose limits leave it open. */
const usualLength = 12;

/** Digits, which every text may hold; the first one is no zero. */
function digitsOf(drawn: bigint, length: number): string {
  const digits = String(drawn)
    .repeat(Math.ceil(length / 70))
    .slice(-length || undefined);
  return length === 0 ? '' : digits.replace(/^0/, '7');
}

/** A number that no card has: its last digit is not the one that Luhn's formula wants. */
function cardNumber(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0 ? `${digits.slice(0, -1)}${(Number(digits.at(-1)) + 1) % 10}` : digits;
}

const forms: Readonly<Record<Format, (drawn: bigint) => string>> = {
  'correlation-id': (drawn) => `26${month(drawn)}10101500-${digitsOf(drawn, 7)}`,
  'compact-date-time': (drawn) => `2026${month(drawn)}101015${10n + (drawn % 50n)}`,
  yymm: (drawn) => `${30n + (drawn % 60n)}${month(drawn)}`,
};

function month(drawn: bigint): string {
  return String((drawn % 12n) + 1n).padStart(2, '0');
}
