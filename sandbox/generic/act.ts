import type { Scenario } from '../../src/contract/model.ts';
import { documented } from '../documented.ts';
import type { Outcome, Situation } from '../stages.ts';
import { answerFields } from './answer-fields.ts';

/**
 * What any API does with a request that has passed all checks: the outcome of the scenario that it is prepared for, or
 * else the first documented success, with an answer made from the contract.
 */
export function actFromContract(
  { contract, api, parameters = {} }: Situation,
  prepared: Scenario | undefined,
): Outcome {
  const row = prepared ?? api.codes.find(({ status }) => status < 300) ?? api.codes[0];
  if (!row) throw new Error(`${api.id} has no code; the contract should not have loaded`);
  const wanted = { status: row.status, body: prepared?.body };
  return documented(api, row.code, answerFields(contract, api, parameters, wanted));
}
