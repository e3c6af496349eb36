import {
  getMember,
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
} from '../../src/json/json.ts';
import type { RawHeader } from '../../src/wire/exchange.ts';
import type { Answer } from '../stages.ts';

/** A changed value; undefined takes it out. */
export type Edit = (value: JsonValue | undefined) => JsonValue | undefined;

/** In every element of the innermost list, or in its second one alone. */
export type Elements = 'all' | 'second';

/**
 * The body with one field changed wherever it stands.
 *
 * @param path from the root, `issuedCardList[].digital.cardNo`
 */
export function withField(
  body: JsonObject,
  path: string,
  edit: Edit,
  elements: Elements = 'all',
): JsonObject {
  const steps = path.split('.').flatMap((part) => part.split(/(?=\[\])/));
  const changed = walk(body, steps, edit, elements);
  return isJsonObject(changed) ? changed : body;
}

function walk(
  value: JsonValue | undefined,
  steps: readonly string[],
  edit: Edit,
  elements: Elements,
): JsonValue | undefined {
  const [step, ...rest] = steps;
  if (step === undefined) return edit(value);
  if (step === '[]') {
    if (!isJsonArray(value)) return value;
    const isInnermost = !rest.includes('[]');
    return value.flatMap((item, index): readonly JsonValue[] => {
      if (isInnermost && elements === 'second' && index !== 1) return [item];
      const changed = walk(item, rest, edit, elements);
      return changed === undefined ? [] : [changed];
    });
  }
  if (!isJsonObject(value)) return value;
  const child = getMember(value, step);
  // What is not there can't be changed further inside.
  if (child === undefined && rest.length > 0) return value;
  const changed = walk(child, rest, edit, elements);
  if (changed === undefined) return without(value, step);
  return { ...value, [step]: changed };
}

export function without(object: JsonObject, name: string): JsonObject {
  const { [name]: _, ...rest } = object;
  return rest;
}

/** The code that an answer bears. */
export function codeOf({ body }: Answer): string | undefined {
  const envelope = getMember(body, 'response');
  const code = envelope !== undefined && isJsonObject(envelope) ? getMember(envelope, 'code') : undefined;
  return typeof code === 'string' ? code : undefined;
}

export function isSuccess(answer: Answer): boolean {
  return codeOf(answer) === '000_000';
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
