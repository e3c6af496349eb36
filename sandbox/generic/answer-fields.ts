import type { Api, Contract, Scenario } from '../../src/contract/model.ts';
import type { Schema } from '../../src/contract/schema.ts';
import {
  getPointer,
  isJsonObject,
  type JsonObject,
  stringifyJson,
  withPointer,
} from '../../src/json/json.ts';
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
    const answer = isJsonObject(made) ? made : {};
    return wanted.status < 300 ? withEchoes(api, answer, request) : answer;
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

function withEchoes({ echoes }: Api, answer: JsonObject, request: JsonObject): JsonObject {
  return echoes.reduce((given, echo) => {
    const sent = getPointer(request, echo.request);
    return sent === undefined ? given : withPointer(given, echo.response, sent);
  }, answer);
}
