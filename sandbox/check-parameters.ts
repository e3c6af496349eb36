import { assumedOf } from './assumed.ts';
import type { ParameterAspect } from './checks.ts';
import { demand } from './demand.ts';
import { documented } from './documented.ts';
import { breachesOf } from './generic/check-value.ts';
import { refusalOf } from './generic/refusal.ts';
import { scenarioOf } from './generic/scenarios.ts';
import { Refusal } from './own-codes.ts';
import { registrationRequest } from './registration-request.ts';
import type { Situation } from './stages.ts';

/**
 * The stage of the parameters: each field of the request, wherever it sits, within its documented limits. Unknown fields
 * are accepted.
 *
 * @throws {Refusal} for the first field that breaks one
 */
export function checkParameters(at: Situation): void {
  const { api, contract, parameters = {} } = at;
  const schema = api.id === 'ars-register' ? registrationRequest : api.request.body.schema;
  for (const { path, aspect } of breachesOf(parameters, schema, (part) => assumedOf(part, contract))) {
    demand(at, `parameter.${path}.${aspect}`, false, () => refusal(at, path, aspect));
  }
}

/** As the scenario says that the request is prepared for; otherwise as the API answers any such value. */
function refusal(
  { api, contract, parameters = {} }: Situation,
  path: string,
  aspect: ParameterAspect,
): Refusal {
  const scenario = scenarioOf(contract, api, parameters);
  if (scenario?.breaksRequest) return new Refusal(documented(api, scenario.code));
  const { answer, isOwn } = refusalOf(api, aspect);
  return isOwn ? new Refusal(answer) : new Refusal(answer, path);
}
