import { factsOn, presenceOf, sourceAt, sourcesOf } from './facts.ts';
import { type Aspect, allowed, aspectsOf } from './limits.ts';
import type {
  Api,
  Body,
  Clause,
  ClauseAspect,
  ClauseKey,
  CodeRow,
  Facts,
  Guard,
  Header,
  Presence,
  Source,
} from './model.ts';
import { fieldsOf, type Schema } from './schema.ts';

/** What each clause is about. */
const clauseKey = {
  path: (api: string): ClauseKey => ({ api, subject: 'operation', aspect: 'path' }),
  requestEncryption: (api: string): ClauseKey => ({ api, subject: 'request', aspect: 'encryption' }),
  requestHeader: (api: string, name: string, aspect: Aspect) =>
    partKey(api, 'request', 'header', name, aspect),
  requestField: (api: string, path: string, aspect: Aspect) => partKey(api, 'request', 'field', path, aspect),
  requestGuard: (api: string, name: string) => partKey(api, 'request', 'header', name, 'guard'),
  responseContentType: (api: string): ClauseKey => ({ api, subject: 'response', aspect: 'content-type' }),
  responseEncryption: (api: string): ClauseKey => ({ api, subject: 'response', aspect: 'encryption' }),
  responseHeader: (api: string, name: string, aspect: Aspect) =>
    partKey(api, 'response', 'header', name, aspect),
  responseField: (api: string, path: string, aspect: Aspect) =>
    partKey(api, 'response', 'field', path, aspect),
  echo: (api: string, pointer: string) =>
    partKey(api, 'response', 'field', pointer.slice(1).replaceAll('/', '.'), 'echo'),
  behaviour: (api: string, name: string): ClauseKey => ({
    api,
    subject: 'behaviour',
    name,
    aspect: 'behaviour',
  }),
  graceful: (api: string): ClauseKey => ({ api, subject: 'robustness', aspect: 'graceful' }),
  code: (api: string, code: string, aspect: 'status' | 'code' | 'message'): ClauseKey => ({
    api,
    subject: 'code',
    name: code,
    aspect,
  }),
  scenario: (scenarioId: string): ClauseKey => {
    const [api = '', name = ''] = scenarioId.split('/');
    return { api, subject: 'scenario', name, aspect: 'outcome' };
  },
};

function partKey(
  api: string,
  subject: 'request' | 'response',
  part: 'header' | 'field',
  name: string,
  aspect: ClauseAspect,
): ClauseKey {
  return { api, subject, part, name, aspect };
}

/** Ids of clauses. */
export const clauseId = {
  path: idBy(clauseKey.path),
  requestEncryption: idBy(clauseKey.requestEncryption),
  requestHeader: idBy(clauseKey.requestHeader),
  requestField: idBy(clauseKey.requestField),
  requestGuard: idBy(clauseKey.requestGuard),
  responseContentType: idBy(clauseKey.responseContentType),
  responseEncryption: idBy(clauseKey.responseEncryption),
  responseHeader: idBy(clauseKey.responseHeader),
  responseField: idBy(clauseKey.responseField),
  echo: idBy(clauseKey.echo),
  behaviour: idBy(clauseKey.behaviour),
  graceful: idBy(clauseKey.graceful),
  code: idBy(clauseKey.code),
  scenario: idBy(clauseKey.scenario),
};

function idBy<About extends readonly unknown[]>(
  key: (...about: About) => ClauseKey,
): (...about: About) => string {
  return (...about) => idOf(key(...about));
}

/** The one place that knows how an id is written. */
function idOf({ api, subject, part, name, aspect }: ClauseKey): string {
  // A scenario and a behaviour are one promise each.
  const isWhole = subject === 'scenario' || subject === 'behaviour';
  return [api, subject, part === 'header' ? part : undefined, name, isWhole ? undefined : aspect]
    .filter((text) => text !== undefined)
    .join('.');
}

/** The API of a clause by its id, whether or not a contract has the clause. */
export function apiOfClause(id: string): string {
  return id.slice(0, id.indexOf('.'));
}

/** Every clause of one API, in the order of its page. */
export function clausesOf(api: Api): readonly Clause[] {
  const clause = (key: ClauseKey, sentence: string, source: readonly Source[]): Clause => ({
    id: idOf(key),
    ...key,
    level: 'MUST',
    sentence,
    source,
  });

  const operation = clause(
    clauseKey.path(api.id),
    `The API answers at ${api.method} ${api.path}.`,
    (api.facts.lines.get('path') ?? []).map((line) => sourceAt(api.page, line)),
  );

  const headers = (side: 'request' | 'response', list: readonly Header[]): Clause[] => {
    const key = side === 'request' ? clauseKey.requestHeader : clauseKey.responseHeader;
    return list.flatMap((header) =>
      header.facts === undefined
        ? []
        : [
            clause(
              key(api.id, header.name, 'presence'),
              presenceSentence(side, header),
              sourcesOf(header.facts, 'presence', 'name'),
            ),
            ...aspectsOf(header.schema)
              // A header is text by nature.
              .filter((aspect) => aspect !== 'type')
              .map((aspect) =>
                clause(
                  key(api.id, header.name, aspect),
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
              clauseKey.requestGuard(api.id, header.name),
              guardSentence[header.guard](header.name),
              sourcesOf(header.facts, 'condition', 'name'),
            ),
          ),
        ]
      : [],
  );

  const fields = (side: 'request' | 'response', body: Body): Clause[] => {
    const key = side === 'request' ? clauseKey.requestField : clauseKey.responseField;
    return fieldsOf(body.schema).flatMap((field) => {
      const { path, schema, required, conditions } = field;
      const facts = factsOn(api.page, schema['x-source']);
      if (facts === undefined) return [];
      const presence = presenceOf(field, facts);
      return [
        // Of an answer, what may be left out promises nothing; the items of a list are neither required nor optional.
        ...(required || conditions.length > 0 || (side === 'request' && path.at(-1) !== ']')
          ? [
              clause(
                key(api.id, path, 'presence'),
                `${title(side)} field ${path} ${presenceWords[presence]}.`,
                sourcesOf(facts, ...(presence === 'conditional' ? ['condition'] : []), 'presence', 'name'),
              ),
            ]
          : []),
        ...aspectsOf(schema).map((aspect) =>
          clause(
            key(api.id, path, aspect),
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
      promisedBy(facts, clause(clauseKey.requestEncryption(api.id), sentence, sourcesOf(facts, 'encrypted'))),
    ]);
  }
  add(fields('request', api.request.body));
  add([clause(clauseKey.responseContentType(api.id), 'An answer is JSON and its content type says so.', [])]);
  for (const response of api.responses) add(headers('response', response.headers));
  if (encrypted) {
    add([
      clause(
        clauseKey.responseEncryption(api.id),
        'The body of a successful answer is encrypted to the key of the client, with an accepted algorithm.',
        sourcesOf(encrypted.body.facts, 'encrypted'),
      ),
    ]);
  }
  for (const response of success) add(fields('response', response.body));
  add(api.echoes.map((echo) => clause(clauseKey.echo(api.id, echo.response), echo.promise, [echo.source])));
  for (const row of api.codes) add(codeClauses(row));
  add(
    api.scenarios.map((scenario) =>
      clause(
        clauseKey.scenario(scenario.id),
        `The prepared request "${scenario.title}" is answered with HTTP ${scenario.status} and ${scenario.code}.`,
        [scenario.source],
      ),
    ),
  );
  add(
    api.behaviours.map(({ id, promise, source }) =>
      clause(clauseKey.behaviour(api.id, id), promise, [source]),
    ),
  );
  add([
    {
      ...clause(
        clauseKey.graceful(api.id),
        'Whatever comes, the answer is well-formed: no 5xx, no stack trace, no version of a server.',
        [],
      ),
      level: 'SHOULD',
    },
  ]);
  return [...shown.values()];

  function codeClauses(row: CodeRow): Clause[] {
    const say = (aspect: 'status' | 'code' | 'message', sentence: string) =>
      clause(clauseKey.code(api.id, row.code, aspect), sentence, sourcesOf(row.facts, aspect));
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
