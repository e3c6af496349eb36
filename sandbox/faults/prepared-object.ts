import type { Api, Contract } from '../../src/contract/model.ts';
import type { JsonObject } from '../../src/json/json.ts';
import { preparedScenarios } from '../generic/scenarios.ts';

/** The prepared request of a scenario; an empty object where there is none. */
export function preparedBody(contract: Contract, scenarioId: string): JsonObject {
  return preparedScenarios(contract).testData.get(scenarioId) ?? {};
}

/** The prepared request of an API that succeeds. */
export function preparedObject(contract: Contract, api: Api): JsonObject {
  const success = api.scenarios.find(({ status }) => status < 300);
  return success ? preparedBody(contract, success.id) : {};
}
