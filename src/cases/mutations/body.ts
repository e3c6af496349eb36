import { getMember, isJsonArray, isJsonObject, type JsonValue, toPointer } from '../../json/json.ts';
import type { Mutation } from './mutation.ts';

/** Gives a place in the body another value; undefined takes the member out. */
export function setMember(
  path: readonly string[],
  value: JsonValue | undefined,
  described: Pick<Mutation, 'name' | 'title'>,
): Mutation {
  return {
    ...described,
    breaks: [`member ${toPointer(path)}`],
    at: 'body',
    apply: (body) => withMember(body, path, value),
  };
}

/**
 * A body with another value at a path of keys (items of lists by index), or without the member there; the same body
 * where the path leads through what is not there.
 */
export function withMember(
  body: JsonValue,
  path: readonly string[],
  value: JsonValue | undefined,
): JsonValue {
  const [key, ...rest] = path;
  if (key === undefined) return value === undefined ? body : value;
  const below = (child: JsonValue | undefined) =>
    rest.length === 0 ? value : child === undefined ? undefined : withMember(child, rest, value);
  if (isJsonArray(body)) {
    return body.map((item, index) => {
      const changed = index === Number(key) ? below(item) : undefined;
      // An item may become null.
      return changed === undefined ? item : changed;
    });
  }
  if (!isJsonObject(body)) return body;
  const changed = below(getMember(body, key));
  if (changed !== undefined) return { ...body, [key]: changed };
  const { [key]: _, ...others } = body;
  return others;
}
