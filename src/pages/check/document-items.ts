import { clauseId } from '../../contract/clauses.ts';
import { factsOn } from '../../contract/facts.ts';
import { formats } from '../../contract/formats.ts';
import { type Aspect, allowed } from '../../contract/limits.ts';
import type {
  Api,
  Body,
  CodeRow,
  Contract,
  Facts,
  Header,
  Presence,
  Scenario,
} from '../../contract/model.ts';
import { type Field, fieldsOf, type Schema } from '../../contract/schema.ts';
import * as labels from '../labels.ts';
import type { Limits, ParameterSectionName } from '../page.ts';
import { samplesOf } from './form.ts';
import {
  bodyTitle,
  type DocumentFact,
  type DocumentItem,
  type FactName,
  type Match,
  normal,
  type PageFact,
  titleOf,
} from './item.ts';

type Clauses = Pick<Contract['clauses'], 'has'>;

/** Every fact of an API that its page must state, in the common form. Nesting and catalogue are compared apart. */
export function documentItems(api: Api, clauses: Clauses): readonly DocumentItem[] {
  return [
    operation(api, clauses),
    ...api.request.headers.map((header) => headerItem('requestHeaders', header, api.id, clauses)),
    ...body('requestParameters', api.request.body, api, clauses),
    ...responseHeaders(api).map((header) => headerItem('responseHeaders', header, api.id, clauses)),
    ...responseBodies(api).flatMap((one) => body('responseParameters', one, api, clauses)),
    ...api.codes.map((row) => codeItem(row, api.id, clauses)),
    ...api.scenarios.map((scenario) => scenarioItem(scenario, clauses)),
  ];
}

/** The bodies that the page's "Response Parameters" describe: those of successes; of equal ones the first. */
function responseBodies(api: Api): readonly Body[] {
  const [first, ...rest] = api.responses
    .filter(({ status }) => status < 300)
    .map((response) => response.body);
  if (first === undefined) return [];
  const known = new Set(fieldsOf(first.schema).map(({ path }) => path));
  return [first, ...rest.filter((other) => fieldsOf(other.schema).some(({ path }) => !known.has(path)))];
}

/** The headers of all answers, each name once. */
function responseHeaders(api: Api): readonly Header[] {
  const found = new Map<string, Header>();
  for (const { headers } of api.responses) {
    for (const header of headers) if (!found.has(header.name)) found.set(header.name, header);
  }
  return [...found.values()];
}

/** Headers that one documented status lacks although another one has them: the page makes no such difference. */
export function headersMissing(api: Api): readonly { readonly status: number; readonly name: string }[] {
  const all = responseHeaders(api).filter(({ facts }) => facts !== undefined);
  return api.responses.flatMap(({ status, headers }) =>
    all
      .filter((header) => !headers.some(({ name }) => name === header.name))
      .map(({ name }) => ({ status, name })),
  );
}

function operation(api: Api, clauses: Clauses): DocumentItem {
  const one = (fact: FactName, text: string) =>
    textFact(fact, text, api.facts, fact === 'path' ? existing(clauses, clauseId.path(api.id)) : []);
  return {
    group: 'operation',
    title: 'operation',
    keys: ['operation'],
    cited: true,
    facts: [
      one('name', api.name),
      one('mode', api.mode),
      one('version', api.version),
      one('method', api.method),
      one('path', api.path),
    ],
  };
}

function existing(clauses: Clauses, ...ids: readonly string[]): string[] {
  return ids.filter((id) => clauses.has(id));
}

function citedLines(facts: Facts | undefined, fact: FactName): readonly number[] {
  return facts?.lines.get(fact) ?? [];
}

function textFact(
  fact: FactName,
  text: string,
  facts: Facts | undefined,
  clauses: readonly string[],
): DocumentFact {
  const own = normal(text);
  return {
    fact,
    text: own,
    lines: citedLines(facts, fact),
    promised: facts !== undefined,
    clauses,
    matches: (stated) => ({ same: stated.text === own }),
  };
}

/** A header of one side as the documents have it. */
export function headerItem(
  group: 'requestHeaders' | 'responseHeaders',
  header: Header,
  api: string,
  clauses: Clauses,
): DocumentItem {
  const request = group === 'requestHeaders';
  const id = request ? clauseId.requestHeader : clauseId.responseHeader;
  const guard = request ? existing(clauses, clauseId.requestGuard(api, header.name)) : [];
  return {
    group,
    title: titleOf(group, header.name),
    keys: keysOf(header.name, header.facts),
    cited: header.facts !== undefined,
    facts: valueFacts(
      header.name,
      header.schema,
      header.presence,
      header.facts,
      (aspect) => existing(clauses, id(api, header.name, aspect)),
      guard,
    ),
  };
}

function keysOf(name: string, facts: Facts | undefined): string[] {
  return [...citedLines(facts, 'name').map((line) => `${name}@${line}`), name];
}

function body(
  group: 'requestParameters' | 'responseParameters',
  { encrypted, schema, facts }: Body,
  api: Api,
  clauses: Clauses,
): DocumentItem[] {
  const request = group === 'requestParameters';
  const id = request ? clauseId.requestField : clauseId.responseField;
  const encryption = request ? clauseId.requestEncryption : clauseId.responseEncryption;
  const mark: DocumentItem = {
    group,
    title: bodyTitle(group),
    keys: [':body'],
    cited: facts?.lines.has('encrypted') === true,
    facts: [textFact('encrypted', 'encrypted', facts, existing(clauses, encryption(api.id)))],
  };
  const fields = merged(fieldsOf(schema));
  return [
    ...(encrypted ? [mark] : []),
    ...fields.map((field): DocumentItem => {
      const own = factsOn(api.page, field.schema['x-source']);
      const name = pageName(field, fields);
      return {
        group,
        title: titleOf(group, field.path),
        keys: keysOf(name, own),
        cited: own !== undefined,
        places: field.places,
        facts: valueFacts(name, field.schema, field.required ? 'required' : 'optional', own, (aspect) =>
          existing(clauses, id(api.id, field.path, aspect)),
        ),
      };
    }),
  ];
}

/** Fields below one whose nesting is open come once for each place of it: here each once, with all its places. */
function merged(fields: readonly Field[]): readonly Field[] {
  const found = new Map<string, Field>();
  for (const field of fields) {
    const known = found.get(field.path);
    found.set(
      field.path,
      known === undefined ? field : { ...known, places: [...known.places, ...field.places] },
    );
  }
  return [...found.values()];
}

/** The page calls the items of a list `<list>_item`. */
function pageName(field: Field, fields: readonly Field[]): string {
  if (field.name !== '[]') return field.name;
  const list = fields.find(({ path }) => `${path}[]` === field.path);
  return `${list?.name ?? ''}_item`;
}

function valueFacts(
  name: string,
  schema: Schema,
  presence: Presence,
  facts: Facts | undefined,
  clausesOf: (aspect: Aspect) => readonly string[],
  guard: readonly string[] = [],
): DocumentFact[] {
  const promised = facts !== undefined;
  const of = (...aspects: Aspect[]) => aspects.flatMap(clausesOf);
  const limited = alternatives(schema).some(({ schema: one }) => boundsOf(one) !== undefined);
  const formed = alternatives(schema).filter(({ schema: one }) => one.format ?? one.pattern);
  const values = schema.enum ?? (schema.const === undefined ? [] : [schema.const]);
  const cited = citedLines(facts, 'values');
  const conditions = citedLines(facts, 'condition');
  return [
    textFact('name', name, facts, guard),
    {
      fact: 'type',
      text:
        schema.items?.type === undefined ? (schema.type ?? 'any') : `${schema.type} of ${schema.items.type}s`,
      lines: citedLines(facts, 'type'),
      promised,
      clauses: of('type'),
      matches: ({ text }) => ({ same: sameType(text, schema) }),
    },
    {
      fact: 'presence',
      text: presence,
      lines: citedLines(facts, 'presence'),
      promised,
      clauses: of('presence'),
      // OpenAPI has no word for a field that is required at times: it is optional, and its condition is cited.
      matches: ({ text }) => ({
        same:
          text.toLowerCase() === presence ||
          (text === 'Conditional' && presence === 'optional' && conditions.length > 0),
      }),
    },
    ...(limited
      ? [
          {
            fact: 'limit' as const,
            text: [allowed(schema, 'length'), allowed(schema, 'range'), itemsText(schema)]
              .filter(Boolean)
              .join(', '),
            lines: citedLines(facts, 'limit'),
            promised,
            clauses: of('length', 'range'),
            matches: (stated: PageFact) => matchLimits(stated.limits, schema),
          },
        ]
      : []),
    ...(formed.length > 0
      ? [
          {
            fact: 'form' as const,
            text: allowed(schema, 'form'),
            lines: citedLines(facts, 'form'),
            // A form in one of several interpretations comes from elsewhere than the page, unless the page is cited for it.
            promised:
              promised &&
              (facts.lines.has('form') || formed.some(({ interpretation }) => interpretation === undefined)),
            clauses: of('form'),
            matches: (stated: PageFact) => matchForm(stated, formed),
          },
        ]
      : []),
    ...conditions.map(
      (line): DocumentFact => ({
        fact: 'condition',
        text: 'a condition',
        lines: [line],
        promised,
        clauses: of('presence'),
        // The documents have the sense of the sentence and not its words: only that there is one can be compared, and where.
        matches: () => ({ same: true }),
      }),
    ),
    ...values.map((value, index): DocumentFact => {
      const line = cited[index];
      return {
        fact: 'values',
        text: value,
        lines: line === undefined ? [] : [line],
        promised,
        clauses: of('enum'),
        matches: ({ text }) => ({ same: text === normal(value) }),
      };
    }),
    // Lines cited beyond the values: each is a promise without a value.
    ...cited.slice(values.length).map(
      (line): DocumentFact => ({
        fact: 'values',
        text: 'no value in the documents',
        lines: [line],
        promised: true,
        clauses: of('enum'),
        matches: () => ({ same: false }),
      }),
    ),
  ];
}

/**
 * Of several interpretations the first is what the page says, when it says one of them: what equals a later one has changed,
 * although it conforms.
 */
function matchFirst<One extends { readonly interpretation: string | undefined }>(
  interpretations: readonly One[],
  equals: (one: One) => boolean,
): Match {
  const index = interpretations.findIndex(equals);
  const interpretation = interpretations[index]?.interpretation;
  return { same: index === 0, ...(interpretation === undefined ? {} : { interpretation }) };
}

/** A schema once for each of its alternatives, with what stands beside them. */
function alternatives(
  schema: Schema,
): readonly { readonly schema: Schema; readonly interpretation: string | undefined }[] {
  if (schema.anyOf === undefined) return [{ schema, interpretation: undefined }];
  return schema.anyOf.map((one) => ({
    schema: { ...schema, ...one },
    interpretation: one['x-interpretation'],
  }));
}

interface Bounds {
  readonly min: bigint | undefined;
  readonly max: bigint | undefined;
}

/** What limits a value: the length of text, the range of a number, the number of items. */
function boundsOf(schema: Schema): Bounds | undefined {
  const pairs = [
    [schema.minLength, schema.maxLength],
    [schema.minimum, schema.maximum],
    [schema.minItems, schema.maxItems],
  ] as const;
  const found = pairs.find(([min, max]) => min !== undefined || max !== undefined);
  if (found === undefined) return undefined;
  const [min, max] = found;
  return { min: whole(min), max: whole(max) };
}

/** Limits are whole numbers on the pages; a fraction in the documents equals none of them. */
function whole(limit: number | bigint | undefined): bigint | undefined {
  if (limit === undefined || typeof limit === 'bigint') return limit;
  return Number.isInteger(limit) ? BigInt(limit) : -1n;
}

function itemsText({ minItems, maxItems }: Schema): string {
  return minItems === undefined && maxItems === undefined
    ? ''
    : `${minItems ?? 0} to ${maxItems ?? 'any'} items`;
}

/** `Length : n` is exactly n characters, `Min`/`Max` bound the length of text and the value of a number. */
function matchLimits(limits: Limits | undefined, schema: Schema): Match {
  if (limits === undefined) return { same: false };
  const isText = schema.type !== 'integer' && schema.type !== 'number';
  const exact = limits.length ?? limits.value;
  const twice = limits.length !== undefined && limits.value !== undefined;
  const mixed = exact !== undefined && (limits.min !== undefined || limits.max !== undefined);
  // The length of a number may count digits: what is meant is for a person to say.
  if (twice || mixed || (!isText && limits.length !== undefined)) return { same: false };
  const min = exact?.value ?? limits.min?.value;
  const max = exact?.value ?? limits.max?.value;
  const bounded = alternatives(schema).filter(({ schema: one }) => boundsOf(one) !== undefined);
  return matchFirst(bounded, ({ schema: one }) => {
    const bounds = boundsOf(one);
    return bounds?.min === min && bounds?.max === max;
  });
}

function matchForm(stated: PageFact, formed: ReturnType<typeof alternatives>): Match {
  const samples = samplesOf(stated.text, stated.explanations ?? []);
  if (samples === undefined) return { same: false };
  return matchFirst(formed, ({ schema }) => {
    const fits = (text: string) =>
      (schema.format === undefined || formats[schema.format](text)) &&
      (schema.pattern === undefined || new RegExp(schema.pattern, 'u').test(text));
    return samples.allowed.every(fits) && !samples.refused.some(fits);
  });
}

const TYPES: Readonly<Record<string, readonly string[]>> = {
  string: ['string', 'date', 'datetime', '문자열'],
  integer: ['number', 'integer', 'int', 'long', '숫자', '정수'],
  number: ['number', 'float', 'double', 'decimal', '숫자'],
  boolean: ['boolean'],
  object: labels.OBJECT_TYPES,
};

/** Whether a type as the pages write it, such as `array of objects`, is that of a schema. */
export function sameType(text: string, schema: Schema): boolean {
  if (schema.type === undefined) return false;
  if (schema.type !== 'array') return (TYPES[schema.type] ?? []).includes(text);
  const of =
    /^(?:array|list) of (\w+?)s?$/.exec(text)?.[1] ??
    { '객체 배열': 'object', '문자열 배열': 'string' }[text];
  if (of === undefined) return labels.ARRAY_TYPES.includes(text);
  return schema.items !== undefined && sameType(of, schema.items);
}

function codeItem(row: CodeRow, api: string, clauses: Clauses): DocumentItem {
  const of = (aspect: 'status' | 'code' | 'message') =>
    existing(clauses, clauseId.code(api, row.code, aspect));
  return {
    group: 'responseCode',
    title: `code row ${row.status} ${row.code}`,
    keys: [`${row.status} ${row.code}`, row.code],
    cited: true,
    facts: [
      textFact('status', String(row.status), row.facts, of('status')),
      textFact('code', row.code, row.facts, of('code')),
      {
        fact: 'message',
        text: row.messages.map(({ text }) => text).join(' | '),
        lines: citedLines(row.facts, 'message'),
        promised: true,
        clauses: of('message'),
        matches: (stated) => matchFirst(row.messages, ({ text }) => normal(text) === stated.text),
      },
    ],
  };
}

function scenarioItem(scenario: Scenario, clauses: Clauses): DocumentItem {
  const title = normal(scenario.title).replace(/^([1-5]\d\d)\s*[-–—]\s*/, '$1 - ');
  const fact: DocumentFact = {
    fact: 'title',
    text: title,
    lines: [scenario.source.line],
    promised: true,
    clauses: existing(clauses, clauseId.scenario(scenario.id)),
    matches: ({ text }) => ({ same: text === title && text.startsWith(`${scenario.status} - `) }),
  };
  return { group: 'testData', title: `scenario ${scenario.id}`, keys: [title], cited: true, facts: [fact] };
}

/** The groups whose items are fields of a body. */
export const FIELD_GROUPS = [
  'requestParameters',
  'responseParameters',
] as const satisfies ParameterSectionName[];
