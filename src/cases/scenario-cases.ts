import { clauseId } from '../contract/clauses.ts';
import type { Api, Contract, Scenario } from '../contract/model.ts';
import type { JsonValue } from '../wire/json.ts';

/** What a target has to offer for the prepared scenarios. */
export interface PreparedData {
  /** Scenario id → the exact request body. */
  readonly testData: ReadonlyMap<string, JsonValue>;
  /** Scenario id → why the target has none. */
  readonly notTestable: ReadonlyMap<string, string>;
}

/** A prepared scenario as something to do: one request, one expected outcome. */
export interface ScenarioCase {
  readonly kind: 'scenario';
  /** The scenario's id. */
  readonly id: string;
  readonly api: Api;
  readonly scenario: Scenario;
  /** The clauses it is there to test; judging tells of more. */
  readonly clauses: readonly string[];
  readonly tags: readonly string[];
  /** The plain text of the request body, or why there is none. */
  readonly request:
    | { readonly ready: true; readonly body: JsonValue }
    | { readonly ready: false; readonly reason: string; readonly acknowledged: boolean };
}

/** One case for each documented scenario, in the order of the documents; a target without data changes none of that. */
export function scenarioCases(contract: Contract, prepared: PreparedData): readonly ScenarioCase[] {
  return contract.apis.flatMap((api) =>
    api.scenarios.map(
      (scenario): ScenarioCase => ({
        kind: 'scenario',
        id: scenario.id,
        api,
        scenario,
        clauses: [
          clauseId.scenario(scenario.id),
          ...(['code', 'status', 'message'] as const).map((aspect) =>
            clauseId.code(api.id, scenario.code, aspect),
          ),
        ],
        tags: [`@${api.id}`, `@${scenario.code}`],
        request: requestFor(scenario, prepared),
      }),
    ),
  );
}

function requestFor(scenario: Scenario, { testData, notTestable }: PreparedData): ScenarioCase['request'] {
  const body = testData.get(scenario.id);
  if (body !== undefined) return { ready: true, body };
  const reason = notTestable.get(scenario.id);
  if (reason !== undefined) return { ready: false, reason, acknowledged: true };
  return {
    ready: false,
    reason: `the profile has no test data for it: add testData["${scenario.id}"], or say why there is none under notTestable`,
    acknowledged: false,
  };
}
