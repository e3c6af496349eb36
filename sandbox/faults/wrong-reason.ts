import { clauseId } from '../../src/contract/clauses.ts';
import type { Api, CodeRow, Contract } from '../../src/contract/model.ts';
import { fieldsOf } from '../../src/contract/schema.ts';
import type { JsonValue } from '../../src/json/json.ts';
import { headerValues } from '../../src/wire/headers.ts';
import { knownValue } from '../check-headers.ts';
import { documented } from '../documented.ts';
import { valuesAt } from '../edit-field.ts';
import { answerFields } from '../generic/answer-fields.ts';
import { isForBadValues, refusalRow } from '../generic/refusal.ts';
import { scenarioOf } from '../generic/scenarios.ts';
import type { Answer, Outcome, Situation } from '../stages.ts';
import { departuresFrom } from './departures.ts';
import { codeOf, withEnvelope, withHeader } from './edit.ts';
import { type Fault, fault } from './fault.ts';
import { requiredHeaders } from './now-and-then.ts';
import { promisesLost } from './over-time/promises.ts';
import { preparedBody } from './prepared-object.ts';
import { badValue, isCheckOf } from './request-fields.ts';

/** Rejections with a documented code, for a reason that is not the documented one. */
export function wrongReasonFaults(contract: Contract): readonly Fault[] {
  const { apis } = contract;
  return [
    ...apis.flatMap((api) => everythingRejected(contract, api)),
    ...apis.flatMap((api) => successesRefused(api)),
    ...apis.flatMap((api) => badValuesAnsweredBy(contract, api)),
    ...guardsAnsweredBy(apis),
    ...apis.flatMap((api) => oneFieldOnly(contract, api)),
  ];
}

/** Named after the first other code: none of them can come any more. */
function everythingRejected(contract: Contract, api: Api): readonly Fault[] {
  const refusal = badValue(api);
  const [first, ...others] = [
    ...api.codes
      .filter(({ code }) => code !== refusal.code)
      .map(({ code }) => clauseId.code(api.id, code, 'code')),
    ...api.scenarios.filter(({ code }) => code !== refusal.code).map(({ id }) => clauseId.scenario(id)),
  ];
  if (first === undefined) return [];
  const promises = api.codes.flatMap(({ code }) => promisesLost(contract, api.id, code, 'bad-value'));
  return [
    fault({
      how: 'everything-rejected',
      family: 'wrong reason',
      sentence: `Every request is refused with ${refusal.code} as a bad value; no other documented outcome can come.`,
      breaks: [first, ...others, ...promises],
      apis: [api.id],
      deviation: { act: () => refusal },
    }),
  ];
}

/** What should succeed is refused with a code that the page has for something else. */
function successesRefused(api: Api): readonly Fault[] {
  // The promises over time of such an API have faults of their own.
  if (api.behaviours.length > 0) return [];
  return api.codes.flatMap((row) => {
    if (row.status < 300 || isForBadValues(row.code)) return [];
    const [first, ...others] = [
      ...api.codes
        .filter(({ status }) => status < 300)
        .map(({ code }) => clauseId.code(api.id, code, 'code')),
      ...api.scenarios.filter(({ status }) => status < 300).map(({ id }) => clauseId.scenario(id)),
    ];
    if (first === undefined) return [];
    return [
      fault({
        how: `always-${row.code}`,
        family: 'wrong reason',
        sentence: `Whatever should succeed is refused with ${row.code}, which the page has for something else.`,
        breaks: [first, ...others],
        deviation: {
          act: (at, act) => {
            const outcome = act(at);
            return outcome.status < 300 ? refusedWith(at, row) : outcome;
          },
        },
      }),
    ];
  });
}

function refusedWith({ contract, api, parameters = {} }: Situation, { status, code }: CodeRow): Outcome {
  return documented(api, code, answerFields(contract, api, parameters, { status, body: undefined }));
}

/** Codes that the page has for something else than a bad value of a field. */
function badValuesAnsweredBy(contract: Contract, api: Api): readonly Fault[] {
  return fieldsOf(api.request.body.schema).flatMap((field) => {
    const { path, name } = field;
    const clause = clauseId.requestField(api.id, path, 'type');
    const wrong = departuresFrom(field).filter(({ aspect }) => aspect === 'type');
    const departs = (value: JsonValue | undefined) => wrong.some((one) => one.departs(value));
    const isPreparedSo = api.scenarios.some(({ id }) =>
      valuesAt(preparedBody(contract, id), path).some(departs),
    );
    const row = api.codes.find(
      ({ status, code }) =>
        status >= 300 && !isForBadValues(code) && !api.rejections.get(name)?.includes(code),
    );
    if (!row || !contract.clauses.has(clause) || isPreparedSo) return [];
    return [
      fault({
        how: `answered-${row.code}`,
        family: 'wrong reason',
        sentence: `A ${path} of another type is answered with ${row.code}, which the page has for something else.`,
        breaks: [clause],
        deviation: {
          leavesOut: (check, at) =>
            isCheckOf(check, path) && valuesAt(at.parameters ?? {}, path).some(departs),
          act: (at, act) =>
            valuesAt(at.parameters ?? {}, path).some(departs) ? refusedWith(at, row) : act(at),
        },
      }),
    ];
  });
}

/** A stranger is told about the business, so that nobody has looked at who calls. */
function guardsAnsweredBy(apis: readonly Api[]): readonly Fault[] {
  return apis.flatMap((api) => {
    const row = api.codes.find(({ status, code }) => status >= 300 && !isForBadValues(code));
    if (!row) return [];
    return api.request.headers.flatMap(({ name, guard, facts }) => {
      if (!facts || guard !== 'caller') return [];
      return [
        fault({
          how: `answered-${row.code}`,
          family: 'wrong reason',
          sentence: `A request with an unknown ${name} goes on to the business, which answers ${row.code}.`,
          breaks: [clauseId.requestGuard(api.id, name)],
          deviation: {
            answer: (answer, at) => {
              const known = knownValue(name, at) ?? '';
              const isStranger = headerValues(at.received.headers, name).some(
                (value) => value.length === known.length && value !== known,
              );
              if (!isStranger) return answer;
              const coded = withEnvelope(answer, 'code', () => row.code);
              return {
                ...withEnvelope(coded, 'description', () => row.messages[0]?.text ?? ''),
                status: row.status,
              };
            },
          },
        }),
      ];
    });
  });
}

/** The right code of a refusal, wrong around it, and only where the prepared scenarios do not look. */
function oneFieldOnly(contract: Contract, api: Api): readonly Fault[] {
  const row = refusalRow(api, 'length') ?? refusalRow(api, 'range');
  const isPrepared = (at: Situation) =>
    at.parameters !== undefined && scenarioOf(contract, api, at.parameters) !== undefined;
  const found = fieldsOf(api.request.body.schema)
    .filter(({ schema }) => schema['x-source']?.[api.page.number])
    .flatMap((field) =>
      departuresFrom(field)
        .filter(({ how, aspect }) => how === 'too-long' && refusalRow(api, aspect) === row)
        .map(({ departs }) => ({ path: field.path, departs })),
    )[0];
  if (!row || !found) return [];
  const { path, departs } = found;
  const isLong = (at: Situation) => !isPrepared(at) && valuesAt(at.parameters ?? {}, path).some(departs);
  const one = (how: string, clause: string, says: string, edit: (answer: Answer) => Answer) =>
    contract.clauses.has(clause)
      ? [
          fault({
            how,
            family: 'wrong reason',
            sentence: `A ${path} that is too long is refused with ${row.code}, but ${says}.`,
            breaks: [clause],
            deviation: {
              answer: (answer, at) => (isLong(at) && codeOf(answer) === row.code ? edit(answer) : answer),
            },
          }),
        ]
      : [];
  return [
    ...one(
      'unprocessable',
      clauseId.code(api.id, row.code, 'status'),
      'with another HTTP status',
      (answer) => ({ ...answer, status: row.status === 422 ? 409 : 422 }),
    ),
    ...one('told-otherwise', clauseId.code(api.id, row.code, 'message'), 'with another message', (answer) =>
      withEnvelope(answer, 'description', () => 'Bad value.'),
    ),
    ...requiredHeaders(api).flatMap((name) => [
      ...one(
        'missing-in-refusals',
        clauseId.responseHeader(api.id, name, 'presence'),
        `without ${name}`,
        (answer) => ({ ...answer, headers: withHeader(answer.headers, name, () => undefined) }),
      ),
      ...one(
        'too-short-in-refusals',
        clauseId.responseHeader(api.id, name, 'length'),
        `with a ${name} that is too short`,
        (answer) => ({ ...answer, headers: withHeader(answer.headers, name, () => 'none') }),
      ),
    ]),
  ];
}
