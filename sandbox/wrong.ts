import type { Contract, Scenario } from '../src/contract/model.ts';
import { equalJson, isJsonObject, type JsonObject, type JsonValue } from '../src/json/json.ts';
import { documented } from './documented.ts';
import { SandboxError } from './error.ts';
import { ownCodes } from './own-codes.ts';
import type { Answer, Deviation, Outcome, Situation } from './stages.ts';

/**
 * Answers the prepared request of one scenario wrongly, and all else as documented. A failure gets another code; a
 * success loses its first business field or, where it has none, the last letter of its message.
 *
 * @param requests scenario id → its request body, by which it is recognised
 * @throws {SandboxError} an unknown scenario, listing those there are
 */
export function wrongAnswerTo(
  scenarioId: string,
  contract: Contract,
  requests: ReadonlyMap<string, JsonValue>,
): Deviation {
  const all = contract.apis.flatMap((api) => api.scenarios.map((scenario) => ({ api: api.id, scenario })));
  const found = all.find(({ scenario }) => scenario.id === scenarioId);
  const request = requests.get(scenarioId);
  if (!found || request === undefined) {
    const known = all.map(({ scenario }) => scenario.id).join(', ');
    throw new SandboxError(`--wrong: no scenario "${scenarioId}"; there are ${known}`);
  }
  return {
    answer: (answer, at) =>
      at.api.id === found.api && at.parameters !== undefined && equalJson(at.parameters, request)
        ? wrong(answer, at, found.scenario)
        : answer,
  };
}

function wrong(answer: Answer, at: Situation, { status, code }: Scenario): Answer {
  if (status !== 200) {
    const other = otherFailure(at, code);
    return {
      ...answer,
      status: other.status,
      body: { response: { code: other.code, description: other.description } },
    };
  }
  const [field] = Object.keys(answer.body).filter((name) => name !== 'response');
  if (field === undefined) return { ...answer, body: { ...answer.body, response: shortened(answer.body) } };
  const { [field]: _, ...rest } = answer.body;
  return { ...answer, body: rest };
}

/** Another failure of the API, as documented in itself; an undocumented one where it has no other. */
function otherFailure({ api }: Situation, code: string): Pick<Outcome, 'status' | 'code' | 'description'> {
  const row = api.codes.find((one) => one.status !== 200 && one.code !== code);
  return row ? documented(api, row.code) : ownCodes.wrongOnPurpose;
}

function shortened({ response }: JsonObject): JsonObject {
  if (!isJsonObject(response) || typeof response.description !== 'string') return {};
  return { ...response, description: response.description.slice(0, -1) };
}
