import { getMember, isJsonObject } from '../../src/json/json.ts';
import type { RawHeader } from '../../src/wire/exchange.ts';
import { type Edit, withField } from '../edit-field.ts';
import type { Answer } from '../stages.ts';

export { type Edit, type Elements, withField, without } from '../edit-field.ts';

/** The code that an answer bears. */
export function codeOf({ body }: Answer): string | undefined {
  const envelope = getMember(body, 'response');
  const code = envelope !== undefined && isJsonObject(envelope) ? getMember(envelope, 'code') : undefined;
  return typeof code === 'string' ? code : undefined;
}

export function isSuccess(answer: Answer): boolean {
  return answer.status < 300;
}

/** The answer with another member of its envelope; undefined takes it out. */
export function withEnvelope(answer: Answer, name: 'code' | 'description', edit: Edit): Answer {
  return { ...answer, body: withField(answer.body, `response.${name}`, edit) };
}

/** Headers with one value changed; undefined takes it out, a header that is not there is added. */
export function withHeader(
  headers: readonly RawHeader[],
  name: string,
  edit: (value: string | undefined) => string | undefined,
): readonly RawHeader[] {
  const known = headers.find(([given]) => given.toLowerCase() === name.toLowerCase());
  const value = edit(known?.[1]);
  const others = headers.filter((one) => one !== known);
  return value === undefined ? others : [...others, [name, value]];
}
