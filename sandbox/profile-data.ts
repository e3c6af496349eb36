import type { Contract } from '../src/contract/model.ts';
import { stringifyJson } from '../src/json/json.ts';
import type { ProfileData } from './credentials-folder.ts';
import { preparedScenarios } from './generic/scenarios.ts';
import { preparedRequests } from './test-data.ts';

/** The data of the scenarios that targets/embedded.yaml does not have, and which of its own the documents do not. */
export function profileData(contract: Contract): ProfileData {
  const { testData, made, notTestable } = preparedScenarios(contract);
  const unknown = [...preparedRequests().keys()].filter((id) => !testData.has(id));
  return {
    testData: [
      ...unknown.map((id) => [id, undefined] as const),
      ...[...made].map((id) => [id, testData.get(id)] as const),
    ],
    notTestable: [...notTestable],
  };
}

/** The same as JSON, for who has to know it before the target is started. */
export function testDataText(contract: Contract): string {
  const { testData, notTestable } = profileData(contract);
  return stringifyJson({
    testData: Object.fromEntries(testData.flatMap(([id, body]) => (body === undefined ? [] : [[id, body]]))),
    notTestable: Object.fromEntries(notTestable),
  });
}
