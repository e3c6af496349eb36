import { clauseId } from '../../src/contract/clauses.ts';
import { aspectsOf } from '../../src/contract/limits.ts';
import type { Api, CodeRow, Contract } from '../../src/contract/model.ts';
import { fieldsOf } from '../../src/contract/schema.ts';
import type { Answer, Situation } from '../stages.ts';
import { codeOf, withEnvelope, without } from './edit.ts';
import { type Fault, fault } from './fault.ts';

/** Each documented code with another status, in another form or under another message. */
export function codeFaults({ apis }: Contract): readonly Fault[] {
  return apis.flatMap((api) => api.codes.flatMap((row) => rowFaults(api, row)));
}

function rowFaults(api: Api, row: CodeRow): readonly Fault[] {
  const when = (edit: (answer: Answer) => Answer) => ({
    // A bad header may be answered with the same code; that one is the platform's general code, not the page's.
    answer: (answer: Answer, { parameters }: Situation) =>
      codeOf(answer) === row.code && parameters !== undefined ? edit(answer) : answer,
  });
  const scenarios = api.scenarios
    .filter(({ code }) => code === row.code)
    .map(({ id }) => clauseId.scenario(id));
  const also = alsoBroken(api, row);
  const code = (
    how: string,
    sentence: string,
    edit: (answer: Answer) => Answer,
    more: readonly string[] = [],
  ) =>
    fault({
      how,
      family: 'status, code and message',
      sentence: `${sentence}${also.because}`,
      breaks: [clauseId.code(api.id, row.code, 'code'), ...scenarios, ...also.clauses, ...more],
      apis: [api.id],
      deviation: when(edit),
    });
  const message = (how: string, sentence: string, text: string | undefined) =>
    fault({
      how,
      family: 'status, code and message',
      sentence,
      breaks: [clauseId.code(api.id, row.code, 'message')],
      deviation: when((answer) => withEnvelope(answer, 'description', () => text)),
    });
  const status = (how: string, wrong: number) =>
    fault({
      how,
      family: 'status, code and message',
      sentence: `${row.code} comes with HTTP ${wrong} instead of ${row.status}.`,
      breaks: [clauseId.code(api.id, row.code, 'status')],
      deviation: when((answer) => ({ ...answer, status: wrong })),
    });
  const others = api.codes.filter((one) => one !== row);
  // The code that a registration number is unknown by would break the promise that it is known.
  const other = others.findLast(({ status, code: text }) => status >= 300 && text !== '002_019') ?? others[0];
  const [text = ''] = row.messages.map((one) => one.text);
  return [
    row.status < 300 ? status('201', 201) : status('409', 409),
    code('undocumented', `999_999 comes in place of ${row.code}.`, (answer) =>
      withEnvelope(answer, 'code', () => '999_999'),
    ),
    code('missing', `The answer that should bear ${row.code} has no code.`, (answer) =>
      withEnvelope(answer, 'code', () => undefined),
    ),
    ...(other
      ? [
          code(
            'another-outcome',
            `${other.code} comes in place of ${row.code}, complete with its status and message.`,
            (answer) => ({
              ...answer,
              status: other.status,
              encrypted: false,
              body: { response: { code: other.code, description: other.messages[0]?.text ?? '' } },
            }),
            // A registration that is said to have failed must not leave an account.
            api.id === 'ars-inquiry' && row.code === '000_000'
              ? [clauseId.behaviour('account-info', 'shows-registered-account')]
              : [],
          ),
        ]
      : []),
    // "Success" without its full stop is another page's text (ambiguity success-message).
    message(
      'cut',
      `The message of ${row.code} lacks its last two characters.`,
      [...text].slice(0, -2).join(''),
    ),
    message('empty', `The message of ${row.code} is empty.`, ''),
    // How an envelope can be wrong is tried with the one code that every API has.
    ...(row.code === '000_000'
      ? [
          status('400', 400),
          status('500', 500),
          code('without-underscore', `${row.code} is written without its underscore.`, (answer) =>
            withEnvelope(answer, 'code', () => row.code.replace('_', '')),
          ),
          code('number', `${row.code} comes as a number.`, (answer) => withEnvelope(answer, 'code', () => 0)),
          code('without-envelope', `The answer that should bear ${row.code} has no envelope.`, (answer) => ({
            ...answer,
            body: without(answer.body, 'response'),
          })),
          message('missing', `The message of ${row.code} is missing.`, undefined),
          message('translated', `The message of ${row.code} is another text.`, '처리 결과입니다.'),
        ]
      : []),
  ];
}

/** The promises that lean on a code: without it they can't be kept either. */
function alsoBroken(
  api: Api,
  { code }: CodeRow,
): { readonly clauses: readonly string[]; readonly because: string } {
  if (code === '002_013') {
    return {
      clauses: api.behaviours
        .filter(({ id }) => id === 'one-at-a-time')
        .map(({ id }) => clauseId.behaviour(api.id, id)),
      because: ' It is what keeps a member from registering twice at a time.',
    };
  }
  if (code !== '000_002') return { clauses: [], because: '' };
  return {
    clauses: fieldClauses(api),
    because: ' Every bad value is answered with it, so the limits of the fields lose theirs.',
  };
}

function fieldClauses(api: Api): readonly string[] {
  return fieldsOf(api.request.body.schema).flatMap(({ path, required, schema }) => [
    ...(required ? [clauseId.requestField(api.id, path, 'presence')] : []),
    ...aspectsOf(schema).map((aspect) => clauseId.requestField(api.id, path, aspect)),
  ]);
}
