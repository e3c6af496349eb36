import { factsOn, presenceOf, sourceAt, sourcesOf } from './facts.ts';
import { type Aspect, allowed, aspectsOf } from './limits.ts';
import type {
  Api,
  Body,
  Clause,
  ClauseSubject,
  CodeRow,
  Facts,
  Guard,
  Header,
  Presence,
  Source,
} from './model.ts';
import { fieldsOf, type Schema } from './schema.ts';

/** Ids of clauses: the one place that knows how they are written. */
export const clauseId = {
  path: (api: string) => `${api}.operation.path`,
  requestEncryption: (api: string) => `${api}.request.encryption`,
  requestHeader: (api: string, name: string, aspect: Aspect) => `${api}.request.header.${name}.${aspect}`,
  requestField: (api: string, path: string, aspect: Aspect) => `${api}.request.${path}.${aspect}`,
  requestGuard: (api: string, name: string) => `${api}.request.header.${name}.guard`,
  responseContentType: (api: string) => `${api}.response.content-type`,
  responseEncryption: (api: string) => `${api}.response.encryption`,
  responseHeader: (api: string, name: string, aspect: Aspect) => `${api}.response.header.${name}.${aspect}`,
  responseField: (api: string, path: string, aspect: Aspect) => `${api}.response.${path}.${aspect}`,
  echo: (api: string, pointer: string) => `${api}.response.${pointer.slice(1).replaceAll('/', '.')}.echo`,
  behaviour: (api: string, id: string) => `${api}.behaviour.${id}`,
  graceful: (api: string) => `${api}.robustness.graceful`,
  code: (api: string, code: string, aspect: 'status' | 'code' | 'message') => `${api}.code.${code}.${aspect}`,
  scenario: (scenarioId: string) => scenarioId.replace('/', '.scenario.'),
};

/** Every clause of one API, in the order of its page. */
export function clausesOf(api: Api): readonly Clause[] {
  const clause = (
    subject: ClauseSubject,
    id: string,
    sentence: string,
    source: readonly Source[],
  ): Clause => ({ id, api: api.id, subject, level: 'MUST', sentence, source });

  const operation = clause(
    'operation',
    clauseId.path(api.id),
    `The API answers at ${api.method} ${api.path}.`,
    (api.facts.lines.get('path') ?? []).map((line) => sourceAt(api.page, line)),
  );

  const headers = (side: 'request' | 'response', list: readonly Header[]): Clause[] => {
    const id = side === 'request' ? clauseId.requestHeader : clauseId.responseHeader;
    return list.flatMap((header) =>
      header.facts === undefined
        ? []
        : [
            clause(
              side,
              id(api.id, header.name, 'presence'),
              presenceSentence(side, header),
              sourcesOf(header.facts, 'presence', 'name'),
            ),
            ...aspectsOf(header.schema)
              // A header is text by nature.
              .filter((aspect) => aspect !== 'type')
              .map((aspect) =>
                clause(
                  side,
                  id(api.id, header.name, aspect),
                  `${title(side)} header ${header.name} ${has(header.schema, aspect)}.`,
                  sourceOf(header.facts, aspect),
                ),
              ),
          ],
    );
  };

  /** What the guide and clients know of a request is not promised by its page: SHOULD. */
  const promisedBy = (facts: Facts | undefined, one: Clause): Clause => ({
    ...one,
    level: facts ? 'MUST' : 'SHOULD',
  });

  const guards = api.request.headers.flatMap((header) =>
    header.guard && (header.guard !== 'key' || api.request.body.encrypted)
      ? [
          promisedBy(
            header.facts,
            clause(
              'request',
              clauseId.requestGuard(api.id, header.name),
              guardSentence[header.guard](header.name),
              sourcesOf(header.facts, 'condition', 'name'),
            ),
          ),
        ]
      : [],
  );

  const fields = (side: 'request' | 'response', body: Body): Clause[] => {
    const id = side === 'request' ? clauseId.requestField : clauseId.responseField;
    return fieldsOf(body.schema).flatMap((field) => {
      const { path, schema, required } = field;
      const facts = factsOn(api.page, schema['x-source']);
      if (facts === undefined) return [];
      const presence = presenceOf(field, facts);
      return [
        // The items of a list are neither required nor optional.
        ...(required || (side === 'request' && path.at(-1) !== ']')
          ? [
              clause(
                side,
                id(api.id, path, 'presence'),
                `${title(side)} field ${path} ${presenceWords[presence]}.`,
                sourcesOf(facts, ...(presence === 'conditional' ? ['condition'] : []), 'presence', 'name'),
              ),
            ]
          : []),
        ...aspectsOf(schema).map((aspect) =>
          clause(
            side,
            id(api.id, path, aspect),
            `${title(side)} field ${path} ${has(schema, aspect)}.`,
            sourceOf(facts, aspect),
          ),
        ),
      ];
    });
  };

  const success = api.responses.filter(({ status }) => status < 300);
  const encrypted = success.find((response) => response.body.encrypted);
  const shown = new Map<string, Clause>();
  const add = (clauses: readonly Clause[]) => {
    for (const one of clauses) if (!shown.has(one.id)) shown.set(one.id, one);
  };

  add([operation]);
  add(headers('request', api.request.headers));
  add(guards);
  if (api.request.body.encrypted) {
    const { facts } = api.request.body;
    const sentence = 'The body of a request is encrypted to the key of the server.';
    add([
      promisedBy(
        facts,
        clause('request', clauseId.requestEncryption(api.id), sentence, sourcesOf(facts, 'encrypted')),
      ),
    ]);
  }
  add(fields('request', api.request.body));
  add([
    clause(
      'response',
      clauseId.responseContentType(api.id),
      'An answer is JSON and its content type says so.',
      [],
    ),
  ]);
  for (const response of api.responses) add(headers('response', response.headers));
  if (encrypted) {
    add([
      clause(
        'response',
        clauseId.responseEncryption(api.id),
        'The body of a successful answer is encrypted to the key of the client, with an accepted algorithm.',
        sourcesOf(encrypted.body.facts, 'encrypted'),
      ),
    ]);
  }
  for (const response of success) add(fields('response', response.body));
  add(
    api.echoes.map((echo) =>
      clause('response', clauseId.echo(api.id, echo.response), echo.promise, [echo.source]),
    ),
  );
  for (const row of api.codes) add(codeClauses(row));
  add(
    api.scenarios.map((scenario) =>
      clause(
        'scenario',
        clauseId.scenario(scenario.id),
        `The prepared request "${scenario.title}" is answered with HTTP ${scenario.status} and ${scenario.code}.`,
        [scenario.source],
      ),
    ),
  );
  add(
    api.behaviours.map(({ id, promise, source }) =>
      clause('behaviour', clauseId.behaviour(api.id, id), promise, [source]),
    ),
  );
  add([
    {
      ...clause(
        'robustness',
        clauseId.graceful(api.id),
        'Whatever comes, the answer is well-formed: no 5xx, no stack trace, no version of a server.',
        [],
      ),
      level: 'SHOULD',
    },
  ]);
  return [...shown.values()];

  function codeClauses(row: CodeRow): Clause[] {
    const say = (aspect: 'status' | 'code' | 'message', sentence: string) =>
      clause('code', clauseId.code(api.id, row.code, aspect), sentence, sourcesOf(row.facts, aspect));
    const texts = row.messages.map(({ text }) => `"${text}"`).join(' or ');
    return [
      say('code', `"${row.description}" is answered with the code ${row.code}.`),
      say('status', `The code ${row.code} comes with HTTP ${row.status}.`),
      say('message', `The code ${row.code} comes with the message ${texts}.`),
    ];
  }
}

const factOf: Readonly<Record<Aspect, string>> = {
  presence: 'presence',
  type: 'type',
  length: 'limit',
  range: 'limit',
  form: 'form',
  enum: 'values',
};

function sourceOf(facts: Facts | undefined, aspect: Aspect): readonly Source[] {
  return sourcesOf(facts, factOf[aspect], 'limit', 'name');
}

function title(side: 'request' | 'response'): string {
  return side === 'request' ? 'Request' : 'Response';
}

const presenceWords: Readonly<Record<Presence, string>> = {
  required: 'is there',
  conditional: 'is there when its condition holds',
  optional: 'may be left out',
};

function presenceSentence(side: 'request' | 'response', { name, presence }: Header): string {
  return `${title(side)} header ${name} ${presenceWords[presence]}.`;
}

const guardSentence: Readonly<Record<Guard, (name: string) => string>> = {
  caller: (name) => `A request with an unknown ${name} is not accepted.`,
  integrity: (name) => `A request whose ${name} does not fit its body and the secret key is not accepted.`,
  key: (name) => `An encrypted request with an unknown ${name} is not accepted.`,
};

function has(schema: Schema, aspect: Aspect): string {
  const what = allowed(schema, aspect);
  if (aspect === 'length') return `has ${what}`;
  if (aspect === 'form') return `has the form ${what}`;
  if (aspect === 'range') return `lies in ${what}`;
  return `is ${what}`;
}
