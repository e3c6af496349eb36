import { getMember, isJsonArray, isJsonObject, type JsonObject, type JsonValue } from './json-value.ts';

/** The JSON pointer (RFC 6901) of a path of keys; items of lists by index. */
export function toPointer(path: readonly string[]): string {
  return path.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The keys of a JSON pointer (RFC 6901). A text that is none (no leading '/', a '~' without 0 or 1) is a TypeError. */
export function fromPointer(pointer: string): string[] {
  if (!/^(?:\/(?:[^~/]|~[01])*)*$/.test(pointer)) throw new TypeError(`not a JSON pointer: ${pointer}`);
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The value at a JSON pointer, or undefined where there is none. The pointer '' is the whole value. Errors as {@link fromPointer}. */
export function getPointer(value: JsonValue, pointer: string): JsonValue | undefined {
  let current: JsonValue | undefined = value;
  for (const key of fromPointer(pointer)) {
    if (isJsonArray(current)) current = /^(?:0|[1-9]\d*)$/.test(key) ? current[Number(key)] : undefined;
    else if (isJsonObject(current)) current = getMember(current, key);
    else return undefined;
  }
  return current;
}

/**
 * An object with another value at a JSON pointer. Objects on the way that are missing are made; a list stays as it is
 * where it has no such item. Errors as {@link fromPointer}; so is the pointer '', which leads to no member.
 */
export function withPointer(object: JsonObject, pointer: string, put: JsonValue): JsonObject {
  const [key, ...rest] = fromPointer(pointer);
  if (key === undefined) throw new TypeError('expected a JSON pointer that leads to a member');
  return { ...object, [key]: withPath(getMember(object, key), rest, put) };
}

function withPath(
  value: JsonValue | undefined,
  [key, ...rest]: readonly string[],
  put: JsonValue,
): JsonValue {
  if (key === undefined) return put;
  if (isJsonArray(value)) {
    return value.map((item, index) => (String(index) === key ? withPath(item, rest, put) : item));
  }
  const object = isJsonObject(value) ? value : {};
  return { ...object, [key]: withPath(getMember(object, key), rest, put) };
}
