import { clauseId } from '../../src/contract/clauses.ts';
import type { Api, Contract } from '../../src/contract/model.ts';
import { getMember } from '../../src/json/json.ts';
import { headerValues } from '../../src/wire/headers.ts';
import { documented } from '../act.ts';
import { codeOf, withEnvelope, withHeader } from './edit.ts';
import { type Fault, fault } from './fault.ts';
import { badValue } from './request-fields.ts';
import { knownValue } from './request-headers.ts';

/** Rejections with a documented code, for a reason that is not the documented one. */
export function wrongReasonFaults({ apis }: Contract): readonly Fault[] {
  const api = (id: string): Api => {
    const found = apis.find((one) => one.id === id);
    if (!found) throw new Error(`no API ${id}`);
    return found;
  };
  const register = api('ars-register');
  return [
    ...apis.map(everythingRejected),
    fault({
      how: 'every-registration-refused',
      family: 'wrong reason',
      sentence: 'Every registration is refused as if one were under way.',
      breaks: [clauseId.code('ars-register', '000_000', 'code'), ...successes(register)],
      deviation: { act: () => documented(register, '002_013') },
    }),
    fault({
      how: 'every-inquiry-unknown',
      family: 'wrong reason',
      sentence:
        'Every registration number is unknown, prepared or not; the one that a registration just gave too.',
      breaks: [
        ...othersThan(api('ars-inquiry'), '002_019'),
        clauseId.behaviour('ars-register', 'number-is-inquiry-input'),
      ],
      apis: ['ars-inquiry'],
      deviation: { act: ({ api: at }) => documented(at, '002_019') },
    }),
    fault({
      how: 'only-for-prepared-members',
      family: 'wrong reason',
      sentence: 'A card that waits for a member is denied with "no card was issued".',
      breaks: [
        clauseId.code('linkable-cards', '000_000', 'code'),
        clauseId.scenario('linkable-cards/succeeded'),
        clauseId.scenario('linkable-cards/succeeded-none-found'),
      ],
      deviation: {
        act: (at, act) => {
          const outcome = act(at);
          return outcome.code === '000_000' ? documented(at.api, '003_049') : outcome;
        },
      },
    }),
    ...badValuesAnsweredBy(api('linkable-cards')),
    ...guardsAnsweredBy(apis),
    ...firstFieldOnly(api('linkable-cards')),
  ];
}

/** Named after the first other code: none of them can come any more. */
function everythingRejected(api: Api): Fault {
  return fault({
    how: 'everything-rejected',
    family: 'wrong reason',
    sentence: 'Every request is refused with 000_002 as a bad value; no other documented outcome can come.',
    // That an account is shown is promised over time too.
    breaks: [
      ...othersThan(api, '000_002'),
      ...api.behaviours
        .filter(({ id }) => id === 'shows-registered-account')
        .map(({ id }) => clauseId.behaviour(api.id, id)),
    ],
    deviation: { act: () => badValue(api) },
  });
}

function othersThan(api: Api, code: string): readonly [string, ...string[]] {
  const [first, ...rest] = [
    ...api.codes.filter((row) => row.code !== code).map((row) => clauseId.code(api.id, row.code, 'code')),
    ...api.scenarios.filter((one) => one.code !== code).map(({ id }) => clauseId.scenario(id)),
  ];
  if (first === undefined) throw new Error(`${api.id} has no code but ${code}`);
  return [first, ...rest];
}

function successes({ scenarios }: Api): readonly string[] {
  return scenarios.filter(({ status }) => status < 300).map(({ id }) => clauseId.scenario(id));
}

/** Codes that the page has for something else. */
function badValuesAnsweredBy(api: Api): readonly Fault[] {
  const one = (field: string, code: string, says: string) =>
    fault({
      how: `answered-${code}`,
      family: 'wrong reason',
      sentence: `A ${field} that is no text or number of its kind is answered with ${code}, ${says}.`,
      breaks: [clauseId.requestField(api.id, field, 'type')],
      deviation: {
        leavesOut: (check) => check === `parameter.${field}.type`,
        act: (at, act) => {
          const value = getMember(at.parameters ?? {}, field);
          const isText = typeof value === 'string';
          const isWrong = field === 'userId' ? isText || value === null || value === 1.5 : !isText;
          return value !== undefined && isWrong ? documented(api, code) : act(at);
        },
      },
    });
  return [
    one('userId', '003_049', 'as if no card were issued'),
    one('userId', '003_011', 'as if the card were wrong'),
    one('physicalCardNo', '001_006', 'as if the member were unknown'),
    one('physicalCardCVC', '003_049', 'as if no card were issued'),
  ];
}

/** A stranger is told about the business, so that nobody has looked at who calls. */
function guardsAnsweredBy(apis: readonly Api[]): readonly Fault[] {
  return apis.flatMap((api) => {
    const row = api.codes.find(({ status, code }) => status >= 300 && code !== '000_002');
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
              const known = knownValue(name, at);
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
function firstFieldOnly(api: Api): readonly Fault[] {
  const when = (edit: Parameters<typeof fault>[0]['deviation'], how: string, clause: string, says: string) =>
    fault({
      how,
      family: 'wrong reason',
      sentence: `A card number that is too long is refused with 000_002, but ${says}.`,
      breaks: [clause],
      deviation: edit,
    });
  const isLong = ({
    parameters = {},
  }: {
    readonly parameters: Parameters<typeof getMember>[0] | undefined;
  }) => {
    const value = getMember(parameters, 'physicalCardNo');
    return typeof value === 'string' && value.length > 16;
  };
  return [
    when(
      {
        answer: (answer, at) =>
          isLong(at) && codeOf(answer) === '000_002' ? { ...answer, status: 422 } : answer,
      },
      'unprocessable',
      clauseId.code(api.id, '000_002', 'status'),
      'with HTTP 422',
    ),
    when(
      {
        answer: (answer, at) =>
          isLong(at) && codeOf(answer) === '000_002'
            ? withEnvelope(answer, 'description', () => 'Bad card.')
            : answer,
      },
      'told-otherwise',
      clauseId.code(api.id, '000_002', 'message'),
      'with another message',
    ),
    when(
      {
        answer: (answer, at) =>
          isLong(at)
            ? { ...answer, headers: withHeader(answer.headers, 'X-KM-Correlation-Id', () => undefined) }
            : answer,
      },
      'missing-in-refusals',
      clauseId.responseHeader(api.id, 'X-KM-Correlation-Id', 'presence'),
      'without a correlation id',
    ),
    when(
      {
        answer: (answer, at) =>
          isLong(at)
            ? { ...answer, headers: withHeader(answer.headers, 'X-KM-Correlation-Id', () => 'none') }
            : answer,
      },
      'too-short-in-refusals',
      clauseId.responseHeader(api.id, 'X-KM-Correlation-Id', 'length'),
      'with a correlation id that is too short',
    ),
  ];
}
