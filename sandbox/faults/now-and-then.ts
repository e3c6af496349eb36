import { clauseId } from '../../src/contract/clauses.ts';
import type { Api, Contract } from '../../src/contract/model.ts';
import type { Answer, Deviation } from '../stages.ts';
import { codeOf, withEnvelope, withField, withHeader } from './edit.ts';
import { type Fault, fault } from './fault.ts';
import { rounded } from './member-id.ts';

const rhythms = [
  { how: 'second-call', says: 'The second answer alone', holds: (count: number) => count === 2 },
  { how: 'every-second', says: 'Every second answer', holds: (count: number) => count % 2 === 0 },
  { how: 'one-in-five', says: 'One answer in five', holds: (count: number) => count % 5 === 0 },
] as const;

/** What is wrong in some answers only. Those with a documented code are counted, API by API. */
export function nowAndThenFaults({ apis }: Contract): readonly Fault[] {
  return apis.flatMap((api) => rhythms.flatMap((rhythm) => apiFaults(api, rhythm)));
}

function apiFaults(api: Api, { how, says, holds }: (typeof rhythms)[number]): readonly Fault[] {
  const one = (breaks: readonly string[], sentence: string, edit: (answer: Answer) => Answer) => {
    const [first, ...others] = breaks;
    return first === undefined
      ? []
      : [
          fault({
            how,
            family: 'now and then',
            sentence: `${says} ${sentence}.`,
            breaks: [first, ...others],
            deviation: () => inRhythm(api, holds, edit),
          }),
        ];
  };
  const { correlationId } = api.platform.headers;
  return [
    ...one(
      [clauseId.responseHeader(api.id, correlationId, 'presence')],
      'has no correlation id',
      (answer) => ({
        ...answer,
        headers: withHeader(answer.headers, correlationId, () => undefined),
      }),
    ),
    ...one(
      api.codes.map(({ code }) => clauseId.code(api.id, code, 'message')),
      'has another message, whatever its code',
      (answer) => withEnvelope(answer, 'description', () => 'Done.'),
    ),
    ...one(
      api.echoes.map(({ response }) => clauseId.echo(api.id, response)),
      'bears a rounded member id',
      (answer) => ({
        ...answer,
        body: withField(answer.body, 'userId', (id) => (typeof id === 'bigint' ? rounded(id) : id)),
      }),
    ),
  ];
}

function inRhythm(api: Api, holds: (count: number) => boolean, edit: (answer: Answer) => Answer): Deviation {
  const codes = new Set(api.codes.map(({ code }) => code));
  let count = 0;
  return {
    answer: (answer) => {
      if (!codes.has(codeOf(answer) ?? '')) return answer;
      count += 1;
      return holds(count) ? edit(answer) : answer;
    },
  };
}
