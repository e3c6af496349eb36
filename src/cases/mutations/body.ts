import { isJsonObject, type JsonObject, type JsonValue } from '../../json/json.ts';
import { toPointer } from '../../yaml/located.ts';
import type { Mutation } from './mutation.ts';

/** Gives a member of the body another value; undefined takes it out. */
export function setMember(
  member: string,
  value: JsonValue | undefined,
  described: Pick<Mutation, 'name' | 'title'>,
): Mutation {
  return {
    ...described,
    breaks: [`member ${toPointer([member])}`],
    at: 'body',
    apply: (body) => withMember(isJsonObject(body) ? body : {}, member, value),
  };
}

/** An object with another value of one member, or without it. */
export function withMember(body: JsonObject, name: string, value: JsonValue | undefined): JsonObject {
  const { [name]: _, ...rest } = body;
  return value === undefined ? rest : { ...body, [name]: value };
}
