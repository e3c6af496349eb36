import { clauseId } from '../../src/contract/clauses.ts';
import type { Api, Contract } from '../../src/contract/model.ts';
import { getPointer } from '../../src/json/json.ts';
import type { Answer, Deviation } from '../stages.ts';
import { fieldOf, rounded } from './echoes.ts';
import { codeOf, withEnvelope, withField, withHeader } from './edit.ts';
import { type Fault, fault } from './fault.ts';
import { preparedObject } from './prepared-object.ts';

const rhythms = [
  { how: 'second-call', says: 'The second answer alone', holds: (count: number) => count === 2 },
  { how: 'every-second', says: 'Every second answer', holds: (count: number) => count % 2 === 0 },
  { how: 'one-in-five', says: 'One answer in five', holds: (count: number) => count % 5 === 0 },
] as const;

/** What is wrong in some answers only. Those with a documented code are counted, API by API. */
export function nowAndThenFaults(contract: Contract): readonly Fault[] {
  return contract.apis.flatMap((api) => rhythms.flatMap((rhythm) => apiFaults(contract, api, rhythm)));
}

function apiFaults(
  contract: Contract,
  api: Api,
  { how, says, holds }: (typeof rhythms)[number],
): readonly Fault[] {
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
  return [
    ...requiredHeaders(api).flatMap((name) =>
      one([clauseId.responseHeader(api.id, name, 'presence')], `has no ${name}`, (answer) => ({
        ...answer,
        headers: withHeader(answer.headers, name, () => undefined),
      })),
    ),
    ...one(
      api.codes.map(({ code }) => clauseId.code(api.id, code, 'message')),
      'has another message, whatever its code',
      (answer) => withEnvelope(answer, 'description', () => 'Done.'),
    ),
    ...api.echoes
      .filter(({ request }) => typeof getPointer(preparedObject(contract, api), request) === 'bigint')
      .flatMap((echo) =>
        one([clauseId.echo(api.id, echo.response)], `bears ${fieldOf(echo)} rounded`, (answer) => ({
          ...answer,
          body: withField(answer.body, fieldOf(echo), (id) => (typeof id === 'bigint' ? rounded(id) : id)),
        })),
      ),
  ];
}

/** The headers that every documented answer must have. */
export function requiredHeaders({ responses }: Api): readonly string[] {
  const [first, ...others] = responses.map(({ headers }) =>
    headers.filter(({ presence, facts }) => presence === 'required' && facts).map(({ name }) => name),
  );
  return (first ?? []).filter((name) => others.every((names) => names.includes(name)));
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
