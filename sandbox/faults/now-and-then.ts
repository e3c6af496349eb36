import { clauseId } from '../../src/contract/clauses.ts';
import type { Api, Contract } from '../../src/contract/model.ts';
import { HEADER } from '../../src/wire/headers.ts';
import type { Answer } from '../answer.ts';
import type { Deviation } from '../deviation.ts';
import { isSuccess, withEnvelope, withField, withHeader } from './edit.ts';
import { type Fault, fault } from './fault.ts';
import { rounded } from './member-id.ts';

const rhythms = [
  { how: 'second-call', says: 'The second answer alone', holds: (count: number) => count === 2 },
  { how: 'every-second', says: 'Every second answer', holds: (count: number) => count % 2 === 0 },
  { how: 'one-in-five', says: 'One answer in five', holds: (count: number) => count % 5 === 0 },
] as const;

/** What is wrong in some answers only. The count is that of the successes, or of the failures, of one API. */
export function nowAndThenFaults({ apis }: Contract): readonly Fault[] {
  return apis.flatMap((api) => rhythms.flatMap((rhythm) => apiFaults(api, rhythm)));
}

function apiFaults(api: Api, { how, says, holds }: (typeof rhythms)[number]): readonly Fault[] {
  const one = (clause: string, sentence: string, edit: (answer: Answer) => Answer) =>
    fault({
      how,
      family: 'now and then',
      sentence: `${says} of those that report a success ${sentence}.`,
      breaks: [clause],
      deviation: () => inRhythm(holds, edit),
    });
  return [
    one(
      clauseId.responseHeader(api.id, HEADER.correlationId, 'presence'),
      'has no correlation id',
      (answer) => ({ ...answer, headers: withHeader(answer.headers, HEADER.correlationId, () => undefined) }),
    ),
    one(clauseId.code(api.id, '000_000', 'message'), 'has another message', (answer) =>
      withEnvelope(answer, 'description', () => 'Done.'),
    ),
    ...(api.id === 'account-info'
      ? [
          one(clauseId.echo(api.id, '/userId'), 'bears a rounded member id', (answer) => ({
            ...answer,
            body: withField(answer.body, 'userId', (id) => (typeof id === 'bigint' ? rounded(id) : id)),
          })),
        ]
      : []),
  ];
}

function inRhythm(holds: (count: number) => boolean, edit: (answer: Answer) => Answer): Deviation {
  let count = 0;
  return {
    answer: (answer) => {
      if (!isSuccess(answer)) return answer;
      count += 1;
      return holds(count) ? edit(answer) : answer;
    },
  };
}
