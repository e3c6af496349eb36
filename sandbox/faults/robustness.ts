import { clauseId } from '../../src/contract/clauses.ts';
import type { Contract } from '../../src/contract/model.ts';
import { ownCodes } from '../own-codes.ts';
import type { Deviation } from '../stages.ts';
import { codeOf, withEnvelope } from './edit.ts';
import { type Fault, fault } from './fault.ts';

/** Manners that no page promises (SHOULD): a warning that names the clause catches these. */
export function robustnessFaults({ apis }: Contract): readonly Fault[] {
  return apis.flatMap((api) => {
    const one = (how: string, sentence: string, deviation: Deviation) =>
      fault({ how, family: 'robustness', sentence, breaks: [clauseId.graceful(api.id)], deviation });
    return [
      one('server-error-for-broken-json', 'A body that is no JSON is answered with HTTP 500.', {
        answer: (answer) => (codeOf(answer) === ownCodes.notJson.code ? { ...answer, status: 500 } : answer),
      }),
      one('stack-trace', 'The answer to a body that is no JSON tells where in the server it was noticed.', {
        answer: (answer) =>
          codeOf(answer) === ownCodes.notJson.code
            ? withEnvelope(
                answer,
                'description',
                () => 'Unexpected end of JSON input\n    at parse (server/body.ts:12:34)',
              )
            : answer,
      }),
      one('server-version', 'Every answer names the server and its version.', {
        send: (wire) => ({ ...wire, headers: [...wire.headers, ['Server', 'nginx/1.18.0']] }),
      }),
      one('page-for-people', 'A body that is no JSON is answered with a page of HTML.', {
        send: (wire, at) =>
          at.parameters === undefined && wire.status === 400
            ? {
                ...wire,
                headers: [['Content-Type', 'text/html']],
                body: Buffer.from('<!doctype html><title>Bad Request</title>'),
              }
            : wire,
      }),
      one('hangs-up', 'The connection is closed on a body that is no JSON, without an answer.', {
        send: (wire, at) => ({ ...wire, lost: at.parameters === undefined && wire.status === 400 }),
      }),
      one('server-error-for-bad-token', 'A token that does not fit is answered with HTTP 500.', {
        answer: (answer) => (codeOf(answer) === ownCodes.badToken.code ? { ...answer, status: 500 } : answer),
      }),
    ];
  });
}
