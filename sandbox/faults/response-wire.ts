import { clauseId } from '../../src/contract/clauses.ts';
import type { Api, Contract, Header } from '../../src/contract/model.ts';
import { stringifyJson } from '../../src/json/json.ts';
import { refusalRow } from '../generic/refusal.ts';
import { preparedScenarios } from '../generic/scenarios.ts';
import type { Answer, WireAnswer } from '../stages.ts';
import { isSuccess, withHeader } from './edit.ts';
import { type Fault, fault } from './fault.ts';

/** What is around the body: path, content type, headers. */
export function responseWireFaults(contract: Contract): readonly Fault[] {
  return contract.apis.flatMap((api) => [
    ...pathFaults(api),
    ...contentTypeFaults(api),
    ...documentedHeaders(api).flatMap((header) => headerFaults(api, header, answersFailures(api, contract))),
  ]);
}

/** Whether a request is answered with a failure of the API's own list: no page says what goes with any other. */
function answersFailures(api: Api, contract: Contract): boolean {
  const { testData } = preparedScenarios(contract);
  return (
    api.scenarios.some(({ id, status }) => status >= 300 && testData.has(id)) ||
    (api.request.headers.some(({ facts }) => facts) && refusalRow(api, 'presence') !== undefined)
  );
}

function pathFaults(api: Api): readonly Fault[] {
  const gone = (how: string, status: number, message: string) =>
    fault({
      how,
      family: 'path and content type',
      sentence: `${api.method} ${api.path} is answered with HTTP ${status}.`,
      breaks: [clauseId.path(api.id)],
      deviation: {
        send: (wire) => ({ ...wire, status, body: Buffer.from(stringifyJson({ message })) }),
      },
    });
  return [
    gone('moved', 404, 'There is nothing here.'),
    gone('other-method', 405, 'This method is not allowed.'),
  ];
}

function contentTypeFaults(api: Api): readonly Fault[] {
  const one = (how: string, sentence: string, send: (wire: WireAnswer) => WireAnswer) =>
    fault({
      how,
      family: 'path and content type',
      sentence,
      breaks: [clauseId.responseContentType(api.id)],
      deviation: { send },
    });
  const typed = (type: string | undefined) => (wire: WireAnswer) => ({
    ...wire,
    headers: withHeader(wire.headers, 'Content-Type', () => type),
  });
  return [
    one('html', 'The content type says text/html.', typed('text/html;charset=UTF-8')),
    one('missing', 'No content type is given.', typed(undefined)),
    one('truncated', 'The last byte of the body is missing, so that it is no JSON.', (wire) => ({
      ...wire,
      body: wire.body.slice(0, -1),
    })),
    one('xml', 'The body is XML under the content type of JSON.', (wire) => ({
      ...wire,
      body: Buffer.from('<response><code>000_000</code></response>'),
    })),
  ];
}

/** Each documented header of an answer once, with the statuses it is documented for. */
function documentedHeaders(api: Api): readonly Header[] {
  const byName = new Map(
    api.responses.flatMap(({ headers }) => headers.map((one) => [one.name, one] as const)),
  );
  return [...byName.values()].filter(({ facts }) => facts);
}

function headerFaults(api: Api, { name, presence, schema }: Header, hasFailures: boolean): readonly Fault[] {
  const one = (
    how: string,
    aspect: 'presence' | 'length' | 'form',
    sentence: string,
    edit: (value: string | undefined, answer: Answer) => string | undefined,
  ) =>
    fault({
      how,
      family: 'response header',
      sentence,
      breaks: [clauseId.responseHeader(api.id, name, aspect)],
      deviation: {
        answer: (answer) => ({
          ...answer,
          headers: withHeader(answer.headers, name, (value) => edit(value, answer)),
        }),
      },
    });
  const { minLength = 0, maxLength, format } = schema;
  const sized = (value: string | undefined, length: number) =>
    (value ?? '').slice(0, length).padEnd(length, '0');
  return [
    ...(presence === 'required'
      ? [
          one('missing', 'presence', `The header ${name} is missing.`, () => undefined),
          ...(hasFailures
            ? [
                one(
                  'missing-in-failures',
                  'presence',
                  `The header ${name} is missing when a request fails.`,
                  (value, answer) => (isSuccess(answer) ? value : undefined),
                ),
                one(
                  'missing-in-successes',
                  'presence',
                  `The header ${name} is missing when a request succeeds.`,
                  (value, answer) => (isSuccess(answer) ? undefined : value),
                ),
              ]
            : []),
          ...(minLength > 0 ? [one('empty', 'length', `The header ${name} is empty.`, () => '')] : []),
        ]
      : []),
    // An optional header that is empty counts as left out (ambiguity empty-optional-field).
    ...(minLength > 1
      ? [
          one('too-short', 'length', `The header ${name} has ${minLength - 1} characters.`, (value) =>
            sized(value, minLength - 1),
          ),
        ]
      : []),
    ...(maxLength !== undefined
      ? [
          one('too-long', 'length', `The header ${name} has ${maxLength + 1} characters.`, (value) =>
            sized(value, maxLength + 1),
          ),
        ]
      : []),
    ...(format === 'correlation-id'
      ? [
          one(
            'no-hex',
            'form',
            `The header ${name} ends in letters that are no hex digits.`,
            (value) => `${sized(value, 13)}ghijklm`,
          ),
          one('no-date', 'form', `The header ${name} begins with the thirteenth month.`, (value) =>
            value === undefined ? undefined : `${value.slice(0, 2)}13${value.slice(4)}`,
          ),
          one('no-dash', 'form', `The header ${name} has a digit where its dash belongs.`, (value) =>
            value?.replace('-', '0'),
          ),
        ]
      : []),
  ];
}
