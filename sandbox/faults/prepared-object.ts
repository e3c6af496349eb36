import type { Api, Contract, Scenario } from '../../src/contract/model.ts';
import type { JsonObject } from '../../src/json/json.ts';
import { preparedScenarios } from '../generic/scenarios.ts';

/** The prepared request of a scenario; an empty object where there is none. */
export function preparedBody(contract: Contract, scenarioId: string): JsonObject {
  return preparedScenarios(contract).testData.get(scenarioId) ?? {};
}

/** The scenarios of an API for which there is a prepared request. */
export function testableScenarios(contract: Contract, { scenarios }: Api): readonly Scenario[] {
  const { testData } = preparedScenarios(contract);
  return scenarios.filter(({ id }) => testData.has(id));
}

/** The prepared request of an API that succeeds. */
export function preparedObject(contract: Contract, api: Api): JsonObject {
  const success = api.scenarios.find(({ status }) => status < 300);
  return success ? preparedBody(contract, success.id) : {};
}
