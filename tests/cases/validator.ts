import type { Schema } from '../../src/contract/schema.ts';
import { ExactDecimal, type JsonObject, type JsonValue } from '../../src/json/json.ts';

/**
 * A small validator of its own, without ajv and the contract's check: every aspect that a body breaks, as
 * `<JSON pointer> <aspect>`. A value of another type breaks nothing else, and an optional text left empty nothing at all.
 */
export function broken(schema: Schema, body: JsonValue): readonly string[] {
  return inValue(schema, body, '');
}

function inValue(schema: Schema, value: JsonValue, at: string, optional = false): readonly string[] {
  if (optional && value === '' && schema.type === 'string') return [];
  const { anyOf, ...own } = schema;
  const readings = anyOf?.map((part): Schema => ({ ...own, ...part })) ?? [own];
  const each = readings.map((one) => aspectsOf(one, value));
  const [first = []] = each;
  const inAll = each.some((list) => list.length === 0)
    ? []
    : first.filter((one) => each.every((list) => list.includes(one)));
  const aspects = inAll.map((aspect) => `${at} ${aspect}`);
  if (isList(value) && schema.items) {
    const { items } = schema;
    return [...aspects, ...value.flatMap((item, index) => inValue(items, item, `${at}/${index}`, true))];
  }
  return isObject(value) ? [...aspects, ...inObject(schema, value, at)] : aspects;
}

function inObject(schema: Schema, value: JsonObject, at: string): readonly string[] {
  const asked = [schema, ...(schema.allOf ?? [])].flatMap((part) =>
    part.if && part.then && inValue(part.if, value, '').length === 0 ? (part.then.required ?? []) : [],
  );
  const required = new Set([...(schema.required ?? []), ...asked]);
  const missing = [...required].filter((name) => !Object.hasOwn(value, name));
  return [
    ...missing.map((name) => `${at}/${name} presence`),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, child]) => {
      const member = value[name];
      return member === undefined
        ? []
        : inValue(child, member, `${at}/${name}`, !schema.required?.includes(name));
    }),
  ];
}

function aspectsOf(schema: Schema, value: JsonValue): readonly string[] {
  const { type, minLength = 0, maxLength = 1e9, minItems = 0, maxItems = 1e9 } = schema;
  if (type !== undefined && !types[type](value)) return ['type'];
  const aspects: string[] = [];
  const values = schema.const === undefined ? schema.enum : [schema.const];
  if (values && !values.some((one) => one === value)) aspects.push('enum');
  if (typeof value === 'string') {
    const length = [...value].length;
    if (length < minLength || length > maxLength) aspects.push('length');
    const isFormed = schema.pattern === undefined || new RegExp(schema.pattern, 'u').test(value);
    if (!isFormed || (schema.format === 'yymm' && !/^\d\d(?:0[1-9]|1[012])$/.test(value)))
      aspects.push('form');
  }
  if (isList(value) && (value.length < minItems || value.length > maxItems)) aspects.push('length');
  if (typeof value === 'number' || typeof value === 'bigint') {
    // Mixed comparison is exact.
    const isBelow = schema.minimum !== undefined && value < schema.minimum;
    if (isBelow || (schema.maximum !== undefined && value > schema.maximum)) aspects.push('range');
  }
  return aspects;
}

const types: Readonly<Record<NonNullable<Schema['type']>, (value: JsonValue) => boolean>> = {
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  integer: (value) => typeof value === 'bigint' || Number.isInteger(value),
  number: (value) => typeof value === 'bigint' || typeof value === 'number',
  array: isList,
  object: isObject,
};

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function isObject(value: JsonValue): value is JsonObject {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactDecimal)
  );
}
