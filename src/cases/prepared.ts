import type { Api, Contract, Scenario } from '../contract/model.ts';
import type { JsonValue } from '../json/json.ts';
import type { Padding } from '../wire/tran-token.ts';
import type { Plan } from './case.ts';
import type { Permission } from './permission.ts';

/** What a target has to offer. */
export interface PreparedData extends Permission {
  /** Scenario id → the exact request body. */
  readonly testData: ReadonlyMap<string, JsonValue>;
  /** Scenario id → why the target has none. */
  readonly notTestable: ReadonlyMap<string, string>;
  /** Nothing but the prepared requests may be sent as a valid one. */
  readonly acceptsOnlyPreparedData: boolean;
  /** Of a target that is there already: whether a key can be changed in some way depends on how it is written. */
  readonly credentials?: { readonly accessKey: string };
  /** How its tokens are written, if that is said. */
  readonly wire?: { readonly tokenPadding: Padding };
}

/** What the cases of one API are made from: the documents and the target's data. */
export interface CaseSource {
  readonly contract: Contract;
  readonly api: Api;
  readonly prepared: PreparedData;
  /** The scenario whose prepared request is known to be understood, and which the other cases change in one thing. */
  readonly control: Scenario;
  /** The same seed makes the same values. */
  readonly seed: number;
}

/**
 * The scenario that the other cases of an API start from: one for which there is data, a success if there is one. Of an
 * API that starts something (Async) rather a failure, since a check that a target leaves out would start it for real.
 */
export function controlOf(api: Api, { testData }: PreparedData): Scenario {
  const usable = api.scenarios.filter(({ breaksRequest }) => !breaksRequest);
  const wanted = (scenario: Scenario) => scenario.status < 300 === (api.mode === 'sync');
  const preferred = [...usable.filter(wanted), ...usable.filter((one) => !wanted(one))];
  const found = preferred.find(({ id }) => testData.has(id)) ?? preferred[0] ?? api.scenarios[0];
  if (!found) throw new Error(`${api.id} has no scenario; the contract should not have loaded`);
  return found;
}

/** The plan of a prepared request as it is, or why there is none. */
export function planFor(scenario: Scenario, { testData, notTestable }: PreparedData): Plan {
  const body = testData.get(scenario.id);
  if (body !== undefined) return { ready: true, body, mutation: undefined };
  const reason = notTestable.get(scenario.id);
  if (reason !== undefined) return { ready: false, reason, acknowledged: true };
  return {
    ready: false,
    reason: `the profile has no test data for it: add testData["${scenario.id}"], or say why there is none under notTestable`,
    acknowledged: false,
  };
}
