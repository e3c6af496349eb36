import type { Api, Contract, Scenario } from '../../src/contract/model.ts';
import type { Schema } from '../../src/contract/schema.ts';
import {
  getPointer,
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  stringifyJson,
} from '../../src/json/json.ts';
import { fromPointer } from '../../src/yaml/located.ts';
import { assumedOf } from '../assumed.ts';
import { fits } from './check-value.ts';
import { drawFrom } from './draw.ts';
import { makeValue } from './make-value.ts';
import { both } from './merge.ts';

/** What an answer is made for: a scenario, or any other request with a documented outcome. */
type Wanted = Pick<Scenario, 'status' | 'body'>;

/**
 * The business fields of an answer, made from the schema of its status and from what a scenario wants beyond it: the same
 * for the same request, with what must come back as it was sent.
 *
 * @param nth tells answers to one request apart that must differ
 */
export function answerFields(
  contract: Contract,
  api: Api,
  request: JsonObject,
  wanted: Wanted,
  nth = 0,
): JsonObject {
  const schema: Schema = { type: 'object', ...both(documentedSchema(api, wanted), wanted.body ?? {}) };
  const read = (part: Schema) => assumedOf(part, contract);
  const draw = drawFrom(api.id, stringifyJson(request), nth);
  const [most, least] = [true, false].map((meetsConditions) => {
    const made = makeValue(schema, { draw, read, meetsConditions });
    const answer = wanted.status < 300 ? withEchoes(api, made, request) : made;
    return isJsonObject(answer) ? answer : {};
  });
  return most && isRight(most, contract, api, wanted) ? most : (least ?? {});
}

/** Whether {@link answerFields} can make what the response schema and the scenario want. */
export function isRightAnswer(contract: Contract, api: Api, request: JsonObject, wanted: Wanted): boolean {
  return isRight(answerFields(contract, api, request, wanted), contract, api, wanted);
}

function isRight(answer: JsonObject, contract: Contract, api: Api, wanted: Wanted): boolean {
  const read = (part: Schema) => assumedOf(part, contract);
  return fits(answer, documentedSchema(api, wanted), read) && fits(answer, wanted.body ?? {}, read);
}

function documentedSchema({ responses }: Api, { status }: Wanted): Schema {
  return responses.find((response) => response.status === status)?.body.schema ?? {};
}

function withEchoes({ echoes }: Api, answer: JsonValue, request: JsonObject): JsonValue {
  return echoes.reduce((given, echo) => {
    const sent = getPointer(request, echo.request);
    return sent === undefined ? given : withPointer(given, fromPointer(echo.response), sent);
  }, answer);
}

/** The value with another one at the place that the keys lead to. */
export function withPointer(value: JsonValue, [key, ...rest]: readonly string[], put: JsonValue): JsonValue {
  if (key === undefined) return put;
  if (isJsonArray(value))
    return value.map((item, index) => (String(index) === key ? withPointer(item, rest, put) : item));
  if (!isJsonObject(value)) return value;
  return { ...value, [key]: withPointer(value[key] ?? {}, rest, put) };
}
