import type { Contract } from '../../src/contract/model.ts';
import type { Profile } from '../../src/target/profile.ts';
import { type Examples, type Operation, readOperations } from './documents.ts';
import {
  brokenRequests,
  chainRequests,
  exampleHeaders,
  type PeerRequest,
  scenarioRequests,
} from './requests.ts';

/** What all peers are made from. */
export interface Given {
  readonly operations: readonly Operation[];
  readonly examplesOf: (operation: Operation) => Examples;
  /** Scenarios, then broken requests, then the chain. */
  readonly requests: readonly PeerRequest[];
  /** The path at which the APIs begin. */
  readonly prefix: string;
}

/** Documents and requests for the embedded target, whose test data the profile holds. */
export function makeGiven(contract: Contract, profile: Profile, prefix: string): Given {
  const operations = readOperations();
  const ofApi = contract.apis.flatMap((api) => {
    const operation = operations.find(({ id }) => id === api.id);
    return operation
      ? [{ api, operation, scenarios: scenarioRequests(api, operation, profile, prefix) }]
      : [];
  });
  const good = new Map(
    ofApi.flatMap(({ api, scenarios }) => {
      const first = scenarios.find(({ status }) => status === 200);
      return first ? [[api.id, first] as const] : [];
    }),
  );
  return {
    operations,
    examplesOf: ({ id }) => ({
      headers: exampleHeaders(contract.platform, profile),
      bodies: new Map([...profile.testData].filter(([scenario]) => scenario.startsWith(`${id}/`))),
    }),
    requests: [
      ...ofApi.flatMap(({ scenarios }) => scenarios),
      ...ofApi.flatMap(({ api, operation }) => {
        const request = good.get(api.id);
        return request ? brokenRequests(request, operation) : [];
      }),
      ...chainRequests(good),
    ],
    prefix,
  };
}
