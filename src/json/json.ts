import { compareNumbers, ExactDecimal, type JsonNumber, writeNumber } from './json-number.ts';
import { getMember, isJsonArray, isJsonObject, type JsonValue } from './json-value.ts';

export { compareNumbers, ExactDecimal, type JsonNumber } from './json-number.ts';
export { JsonSyntaxError, type ParseOptions, parseJson } from './json-parse.ts';
export {
  getMember,
  isJsonArray,
  isJsonObject,
  type JsonArray,
  type JsonObject,
  type JsonValue,
} from './json-value.ts';
export { fromPointer, getPointer, toPointer, withPointer } from './pointer.ts';

export function isJsonNumber(value: JsonValue | undefined): value is JsonNumber {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof ExactDecimal;
}

/**
 * Compact JSON text with every digit of every number, keys in their order. A value JSON has no word for (undefined,
 * NaN, an integer beyond 2^53 held in a JS number) is a TypeError, never dropped.
 */
export function stringifyJson(value: JsonValue): string {
  if (isJsonNumber(value)) return writeNumber(value);
  if (isJsonArray(value)) return `[${Array.from(value, stringifyJson).join(',')}]`;
  if (isJsonObject(value)) {
    const members = Object.entries(value).map(
      ([key, item]) => `${JSON.stringify(key)}:${stringifyJson(item)}`,
    );
    return `{${members.join(',')}}`;
  }
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  throw new TypeError(`JSON has no word for a value of type ${typeof value}`);
}

/** Whether two JSON values are the same: numbers by value, objects whatever the order of their keys. */
export function equalJson(a: JsonValue, b: JsonValue): boolean {
  if (isJsonNumber(a) && isJsonNumber(b)) return compareNumbers(a, b) === 0;
  if (isJsonArray(a) && isJsonArray(b)) {
    return a.length === b.length && a.every((item, index) => equalMember(item, b[index]));
  }
  if (isJsonObject(a) && isJsonObject(b)) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => equalMember(getMember(a, key), getMember(b, key)))
    );
  }
  return a === b;
}

function equalMember(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  return a !== undefined && b !== undefined && equalJson(a, b);
}
