import type { Schema } from '../contract/schema.ts';
import type { JsonValue } from '../json/json.ts';
import { seededFaker } from './seeded.ts';

/**
 * A value that lies within every interpretation of a field's limits; the same seed and field make the same value. Text is of
 * digits, since the pages give such text to nothing but numbers. Undefined where the limits do not tell how to make one:
 * a form, or a side without a limit.
 */
export function madeValue(schema: Schema, seed: number, field: string): JsonValue | undefined {
  const limits = [schema, ...(schema.anyOf ?? [])];
  if (limits.some(({ enum: values, pattern, format }) => values ?? pattern ?? format)) return undefined;
  const faker = seededFaker(seed, field);
  if (schema.type === 'string') {
    const min = greatest(limits.flatMap(({ minLength }) => minLength ?? []));
    const max = greatestLengthOf(schema);
    return min === undefined || max === undefined
      ? undefined
      : faker.string.numeric({ length: { min, max } });
  }
  const range = rangeOf(schema);
  if (schema.type !== 'integer' || !range) return undefined;
  return exact(faker.number.bigInt({ min: range[0], max: range[1] }));
}

/** The least and the greatest number within every interpretation; undefined where one side has no limit. */
export function rangeOf(schema: Schema): readonly [bigint, bigint] | undefined {
  const limits = [schema, ...(schema.anyOf ?? [])];
  const min = greatest(limits.flatMap(({ minimum }) => minimum ?? []).map(BigInt));
  const max = least(limits.flatMap(({ maximum }) => maximum ?? []).map(BigInt));
  return min === undefined || max === undefined ? undefined : [min, max];
}

/** The greatest length of a text within every interpretation; undefined without a limit. */
export function greatestLengthOf(schema: Schema): number | undefined {
  return least([schema, ...(schema.anyOf ?? [])].flatMap(({ maxLength }) => maxLength ?? []));
}

/** A number where that keeps every digit. */
export function exact(value: bigint): number | bigint {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}

function greatest<T extends number | bigint>([first, ...rest]: readonly T[]): T | undefined {
  return first === undefined ? undefined : rest.reduce((a, b) => (b > a ? b : a), first);
}

function least<T extends number | bigint>([first, ...rest]: readonly T[]): T | undefined {
  return first === undefined ? undefined : rest.reduce((a, b) => (b < a ? b : a), first);
}
