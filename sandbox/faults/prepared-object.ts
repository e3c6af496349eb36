import type { Api } from '../../src/contract/model.ts';
import { isJsonObject, type JsonObject } from '../../src/json/json.ts';
import { preparedRequests } from '../test-data.ts';

let requests: ReturnType<typeof preparedRequests> | undefined;

/** The prepared request of a scenario; an empty object where there is none. */
export function preparedBody(scenarioId: string): JsonObject {
  requests ??= preparedRequests();
  const request = requests.get(scenarioId);
  return request !== undefined && isJsonObject(request) ? request : {};
}

/** The prepared request of an API that succeeds. */
export function preparedObject(api: Api): JsonObject {
  const success = api.scenarios.find(({ status }) => status < 300);
  return success ? preparedBody(success.id) : {};
}
