import { clauseId } from '../../src/contract/clauses.ts';
import { type Aspect, aspectsOf } from '../../src/contract/limits.ts';
import type { Api, CodeRow, Contract } from '../../src/contract/model.ts';
import { fieldsOf } from '../../src/contract/schema.ts';
import { answerWith } from '../answer.ts';
import { documented } from '../documented.ts';
import { answerFields } from '../generic/answer-fields.ts';
import { refusalRow } from '../generic/refusal.ts';
import type { Answer, Outcome, Situation } from '../stages.ts';
import { codeOf, withEnvelope, without } from './edit.ts';
import { type Fault, fault } from './fault.ts';
import { promisesLost, unknownCodes } from './over-time/promises.ts';

/** Each documented code with another status, in another form or under another message. */
export function codeFaults(contract: Contract): readonly Fault[] {
  return contract.apis.flatMap((api) => api.codes.flatMap((row) => rowFaults(contract, api, row)));
}

function rowFaults(contract: Contract, api: Api, row: CodeRow): readonly Fault[] {
  const when = (edit: (answer: Answer, at: Situation) => Answer) => ({
    // A bad header may be answered with the same code; that one is the platform's general code, not the page's.
    answer: (answer: Answer, at: Situation) =>
      codeOf(answer) === row.code && at.parameters !== undefined ? edit(answer, at) : answer,
  });
  const scenarios = api.scenarios
    .filter(({ code }) => code === row.code)
    .map(({ id }) => clauseId.scenario(id));
  const also = alsoBroken(contract, api, row);
  const code = (
    how: string,
    sentence: string,
    edit: (answer: Answer, at: Situation) => Answer,
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
  // A code that says that something is unknown would break the promise that it is known.
  const other =
    others.findLast(({ status, code: text }) => status >= 300 && !unknownCodes(contract).includes(text)) ??
    others[0];
  const [text = ''] = row.messages.map((one) => one.text);
  return [
    row.status < 300 ? status('201', 201) : row.status === 409 ? status('422', 422) : status('409', 409),
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
            (_, at) => answerWith(documentedAnswer(at, other), { ...at, deviation: {} }),
            promisesLost(contract, api.id, row.code, 'another-outcome'),
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
    // How an envelope can be wrong is tried with one code of each API.
    ...(row === api.codes.find((one) => one.status < 300)
      ? [
          status('400', 400),
          status('500', 500),
          ...(row.code.includes('_')
            ? [
                code('without-underscore', `${row.code} is written without its underscore.`, (answer) =>
                  withEnvelope(answer, 'code', () => row.code.replace('_', '')),
                ),
              ]
            : []),
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

/** The answer of another row of the code list, complete with what its schema wants. */
function documentedAnswer({ contract, api, parameters = {} }: Situation, { status, code }: CodeRow): Outcome {
  return documented(api, code, answerFields(contract, api, parameters, { status, body: undefined }));
}

/** The promises that lean on a code: without it they can't be kept either. */
function alsoBroken(
  contract: Contract,
  api: Api,
  { code }: CodeRow,
): { readonly clauses: readonly string[]; readonly because: string } {
  const promises = promisesLost(contract, api.id, code, 'any');
  if (promises.length > 0) return { clauses: promises, because: ' A promise over time rests on it.' };
  const limits = limitClauses(api).flatMap(({ clause, aspect }) =>
    refusalRow(api, aspect)?.code === code ? [clause] : [],
  );
  if (limits.length === 0) return { clauses: [], because: '' };
  return {
    clauses: limits,
    because: ' Bad values are answered with it, so the limits of the fields lose theirs.',
  };
}

function limitClauses(api: Api): readonly { readonly clause: string; readonly aspect: Aspect }[] {
  return fieldsOf(api.request.body.schema).flatMap(({ path, schema }) =>
    schema['x-source']?.[api.page.number]
      ? (['presence', ...aspectsOf(schema)] as const).map((aspect) => ({
          clause: clauseId.requestField(api.id, path, aspect),
          aspect,
        }))
      : [],
  );
}
