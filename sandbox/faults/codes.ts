import { clauseId } from '../../src/contract/clauses.ts';
import type { Api, CodeRow, Contract } from '../../src/contract/model.ts';
import { fieldsOf } from '../../src/contract/schema.ts';
import type { Answer } from '../answer.ts';
import { codeOf, withEnvelope, without } from './edit.ts';
import { type Fault, fault } from './fault.ts';

/** Each documented code with another status, in another form or under another message. */
export function codeFaults({ apis }: Contract): readonly Fault[] {
  return apis.flatMap((api) => api.codes.flatMap((row) => rowFaults(api, row)));
}

function rowFaults(api: Api, row: CodeRow): readonly Fault[] {
  const when = (edit: (answer: Answer) => Answer) => ({
    answer: (answer: Answer) => (codeOf(answer) === row.code ? edit(answer) : answer),
  });
  const scenarios = api.scenarios.filter(({ code }) => code === row.code).map(({ id }) => clauseId.scenario(id));
  const fields = badValueClauses(api, row);
  const because = fields.length === 0 ? '' : ' Every bad value is answered with it, so the limits of the fields lose theirs.';
  const code = (how: string, sentence: string, edit: (answer: Answer) => Answer) =>
    fault({
      how,
      family: 'status, code and message',
      sentence: `${sentence}${because}`,
      breaks: [clauseId.code(api.id, row.code, 'code'), ...scenarios, ...fields],
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
  const other = api.codes.find((one) => one.status !== row.status) ?? api.codes.find((one) => one !== row);
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
          ),
        ]
      : []),
    // "Success" without its full stop is another page's text (ambiguity success-message).
    message('cut', `The message of ${row.code} lacks its last two characters.`, [...text].slice(0, -2).join('')),
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

/** The clauses of the request's fields, when the row is the documented answer to a bad value of any. */
function badValueClauses(api: Api, { code }: CodeRow): readonly string[] {
  if (code !== '000_002') return [];
  return fieldsOf(api.request.body.schema).flatMap(({ path, required, schema }) => [
    ...(required ? [clauseId.requestField(api.id, path, 'presence')] : []),
    clauseId.requestField(api.id, path, 'type'),
    ...(schema.type === 'string'
      ? [clauseId.requestField(api.id, path, 'length')]
      : [clauseId.requestField(api.id, path, 'range')]),
    ...(schema.format ? [clauseId.requestField(api.id, path, 'form')] : []),
  ]);
}
