import type { Api, Contract, Scenario } from '../../src/contract/model.ts';
import type { Schema } from '../../src/contract/schema.ts';
import { equalJson, isJsonObject, type JsonObject, stringifyJson } from '../../src/json/json.ts';
import { assumedOf } from '../assumed.ts';
import { preparedRequests } from '../test-data.ts';
import { isRightAnswer } from './answer-fields.ts';
import { type BrokenRequest, brokenRequests } from './break-value.ts';
import { anyInterpretation, fits } from './check-value.ts';
import { drawFrom } from './draw.ts';
import { makeValue } from './make-value.ts';
import { refusalRow } from './refusal.ts';

/** The prepared requests of the scenarios of a contract. */
export interface PreparedScenarios {
  /** Scenario id → its request. */
  readonly testData: ReadonlyMap<string, JsonObject>;
  /** Those of them that were made here and stand in no file. */
  readonly made: ReadonlySet<string>;
  /** Scenario id → why no request can be prepared for it. */
  readonly notTestable: ReadonlyMap<string, string>;
}

/** What makes the values: fixed, so that a target started anew has the same data. */
const seed = 1;

/** How many requests are made until one is none of the others. */
const attempts = 64;

/** The requests of targets/embedded.yaml, and for all other scenarios one made from the contract. */
export function preparedScenarios(contract: Contract): PreparedScenarios {
  const known = prepared.get(contract) ?? prepare(contract);
  prepared.set(contract, known);
  return known;
}

const prepared = new WeakMap<Contract, PreparedScenarios>();

/** The scenario that a request of an API is prepared for. */
export function scenarioOf(contract: Contract, api: Api, request: JsonObject): Scenario | undefined {
  const { testData } = preparedScenarios(contract);
  return api.scenarios.find(({ id }) => {
    const data = testData.get(id);
    return data !== undefined && equalJson(data, request);
  });
}

function prepare(contract: Contract): PreparedScenarios {
  const written = preparedRequests();
  const testData = new Map<string, JsonObject>();
  const made = new Set<string>();
  const notTestable = new Map<string, string>();
  for (const api of contract.apis) {
    const taken = new Map<string, Scenario>();
    const take = (scenario: Scenario, request: JsonObject) => {
      testData.set(scenario.id, request);
      taken.set(stringifyJson(request), scenario);
    };
    for (const scenario of api.scenarios) {
      const request = written.get(scenario.id);
      if (request !== undefined && isJsonObject(request)) take(scenario, request);
    }
    for (const scenario of api.scenarios) {
      if (testData.has(scenario.id)) continue;
      const found = makeRequest(contract, api, scenario, taken);
      if (typeof found === 'string') notTestable.set(scenario.id, found);
      else {
        take(scenario, found);
        made.add(scenario.id);
      }
    }
  }
  return { testData, made, notTestable };
}

/** A request for a scenario that no other one with another outcome has; a text says why there is none. */
function makeRequest(
  contract: Contract,
  api: Api,
  scenario: Scenario,
  taken: ReadonlyMap<string, Scenario>,
): JsonObject | string {
  const { schema } = api.request.body;
  const read = (part: Schema) => assumedOf(part, contract);
  let reason = 'no request within the documented limits could be made';
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const draw = drawFrom(seed, scenario.id, attempt);
    // At first with every field and every condition met, so that as much as possible is tried.
    const made = makeValue(
      { type: 'object', ...schema },
      {
        draw,
        read,
        meetsConditions: attempt % 2 === 0,
        leavesOut: (path) => attempt >= attempts / 2 && draw(`${path} is left out`) % 2n === 0n,
      },
    );
    if (!isJsonObject(made) || !fits(made, schema, read) || !fits(made, schema, anyInterpretation)) continue;
    const request = scenario.breaksRequest ? broken(api, scenario, made) : made;
    if (request === undefined) {
      reason = 'the request has no field whose documented limits it could break';
      continue;
    }
    const other = taken.get(stringifyJson(request));
    if (other !== undefined && !isSameOutcome(other, scenario)) {
      reason = `its request could not differ from that of ${other.id}, whose outcome is another one`;
      continue;
    }
    if (!scenario.breaksRequest && !isRightAnswer(contract, api, request, scenario)) {
      reason = 'no answer fits both its response schema and what the scenario wants of the body';
      continue;
    }
    return request;
  }
  return `the embedded target has no test data for it: ${reason}`;
}

/** The request with the limit broken that the scenario's code and message speak of, as far as they do. */
function broken(api: Api, scenario: Scenario, request: JsonObject): JsonObject | undefined {
  const all = brokenRequests(request, api.request.body.schema);
  const row = api.codes.find(({ code, status }) => code === scenario.code && status === scenario.status);
  const says = [scenario.title, scenario.given, ...(row?.messages ?? []).map(({ text }) => text)].join(' ');
  const names = ({ path }: BrokenRequest) =>
    says.split(/[^\w]+/).includes(path.split(/\W+/).findLast(Boolean) ?? '');
  const isAnswered = ({ aspect }: BrokenRequest) => refusalRow(api, aspect)?.code === scenario.code;
  const ranked = [
    (one: BrokenRequest) => names(one) && isAnswered(one),
    names,
    isAnswered,
    () => true,
  ].flatMap((wanted) => all.filter(wanted));
  return ranked[0]?.request;
}

function isSameOutcome(one: Scenario, other: Scenario): boolean {
  return (
    one.status === other.status &&
    one.code === other.code &&
    one.breaksRequest === other.breaksRequest &&
    JSON.stringify(one.body) === JSON.stringify(other.body)
  );
}
