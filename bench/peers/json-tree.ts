import {
  getMember,
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
} from '../../src/json/json.ts';

/** The member of an object, itself an object; `{}` where there is none. */
export function objectAt(value: JsonValue | undefined, ...keys: readonly string[]): JsonObject {
  let current: JsonValue | undefined = value;
  for (const key of keys) current = isJsonObject(current) ? getMember(current, key) : undefined;
  return isJsonObject(current) ? current : {};
}

/** The elements of a list; none where there is no list. */
export function listAt(value: JsonValue | undefined, key: string): readonly JsonValue[] {
  const found = isJsonObject(value) ? getMember(value, key) : undefined;
  return isJsonArray(found) ? found : [];
}

/** The text at a key, or undefined. */
export function textAt(value: JsonValue | undefined, key: string): string | undefined {
  const found = isJsonObject(value) ? getMember(value, key) : undefined;
  return typeof found === 'string' ? found : undefined;
}

/** The object without some of its keys. */
export function without(object: JsonObject, ...keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}

/** The object with every value changed. */
export function mapValues(
  object: JsonObject,
  change: (value: JsonValue, key: string) => JsonValue,
): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));
}
