import { clauseId } from '../../src/contract/clauses.ts';
import { equalJson } from '../../src/json/json.ts';
import { documented } from '../act.ts';
import { type Fault, fault } from './fault.ts';
import { preparedBody } from './prepared-object.ts';

/** The prepared registration that is under way or has succeeded, told as one that failed. */
export function preparedStatusFaults(): readonly Fault[] {
  const scenario = 'ars-inquiry/succeeded';
  return ['ARS_AUTH_FAILED', 'BANK_ACC_REG_FAILED'].map((status) =>
    fault({
      how: status.toLowerCase().replaceAll('_', '-'),
      family: 'status, code and message',
      sentence: `The inquiry that is prepared to succeed is answered with Success and the status ${status}.`,
      breaks: [clauseId.scenario(scenario)],
      deviation: {
        act: (at, act) =>
          at.api.id === 'ars-inquiry' && equalJson(at.parameters ?? {}, preparedBody(scenario))
            ? documented(at.api, '000_000', { status })
            : act(at),
      },
    }),
  );
}
