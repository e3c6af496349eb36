import type { Api } from '../../src/contract/model.ts';
import { isJsonObject, type JsonObject } from '../../src/wire/json.ts';
import { preparedRequests } from '../test-data.ts';

let requests: ReturnType<typeof preparedRequests> | undefined;

/** The prepared request of an API that succeeds; an empty object where there is none. */
export function preparedObject(api: Api): JsonObject {
  requests ??= preparedRequests();
  const success = api.scenarios.find(({ status }) => status < 300);
  const request = success && requests.get(success.id);
  return request !== undefined && isJsonObject(request) ? request : {};
}
