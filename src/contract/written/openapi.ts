import { type TSchema, Type } from 'typebox';
import {
  closed,
  count,
  flag,
  listOf,
  mapOf,
  oneOf,
  part,
  recursivePart,
  type Shape,
  text,
} from '../../json/define.ts';
import { id, line, words } from './parts.ts';

const facts = [
  'name',
  'mode',
  'version',
  'method',
  'path',
  'type',
  'presence',
  'limit',
  'form',
  'condition',
  'values',
  'encrypted',
  'status',
  'code',
  'message',
];

const source = part(
  'source',
  mapOf(
    mapOf(Type.Union([line, listOf(line, { minItems: 1 })]), {
      minProperties: 1,
      propertyNames: { enum: facts },
    }),
    'Number of a page → the line of each fact there; a fact on several lines has a list.',
    { minProperties: 1 },
  ),
);

const sensitive = part(
  'sensitive',
  oneOf(
    ['secret', 'card-number', 'personal', 'identifier'],
    'How a value is kept from view: secret and personal show nothing of it, card-number first 6 and last 4, identifier a pseudonym by which two of them are told apart.',
  ),
);

const guards = oneOf(
  ['caller', 'integrity', 'key'],
  'What the header is there to guard: who calls (caller), that the bytes are untouched (integrity), which key opens the body (key).',
);

const effect = part(
  'effect',
  oneOf(
    ['reads', 'writes', 'deletes'],
    'What an accepted request does to what the target keeps; POST says nothing of it. Whatever makes or changes something writes, also where it only begins to; what takes something away deletes.',
  ),
);

/** Where something stands, and whether the guide or clients alone say so. */
const origin = {
  'x-origin': Type.Optional(part('origin', oneOf(['guide', 'client']))),
  'x-source': Type.Optional(source),
};

const description = Type.Optional(text());
const size = Type.Optional(count());
/** A number of any size: some limits lie beyond 2^53. */
const limit = Type.Optional(Type.Unsafe<number | bigint>({ 'x-exact-number': true }));

/** A JSON Schema of the OpenAPI document. */
export const schema = recursivePart('schema', (self) =>
  closed({
    $ref: Type.Optional(text({ pattern: '^#/components/schemas/' })),
    description,
    type: Type.Optional(oneOf(['string', 'integer', 'number', 'boolean', 'object', 'array'])),
    properties: Type.Optional(mapOf(self)),
    required: Type.Optional(listOf(text(), { uniqueItems: true })),
    items: Type.Optional(self),
    minItems: size,
    maxItems: size,
    minLength: size,
    maxLength: size,
    minimum: limit,
    maximum: limit,
    pattern: Type.Optional(text({ format: 'regex' })),
    format: Type.Optional(oneOf(['correlation-id', 'compact-date-time', 'yymm'])),
    enum: Type.Optional(listOf(text(), { minItems: 1, uniqueItems: true })),
    const: Type.Optional(text()),
    anyOf: Type.Optional(listOf(self, { minItems: 1 })),
    allOf: Type.Optional(listOf(self, { minItems: 1 })),
    if: Type.Optional(self),
    then: Type.Optional(self),
    contentMediaType: Type.Optional(Type.Literal('application/jose')),
    contentSchema: Type.Optional(self),
    'x-envelope': Type.Optional(Type.Literal(true)),
    'x-presence-of': Type.Optional(text()),
    'x-interpretation': Type.Optional(part('interpretation', text({ pattern: '^[a-z0-9-]+\\.[a-z0-9-]+$' }))),
    'x-sensitive': Type.Optional(sensitive),
    ...origin,
  }),
);

const reference = part('ref', closed({ $ref: text({ pattern: '^#/' }) }));

/** What is written in place, or once and referred to. */
function orReference<Definition extends TSchema>(definition: Definition) {
  return Type.Unsafe<Shape<typeof reference> | Shape<Definition>>({
    if: { required: ['$ref'] },
    then: reference,
    else: definition,
  });
}

const headerWords = {
  required: Type.Optional(flag()),
  description,
  schema,
  'x-sensitive': Type.Optional(sensitive),
  ...origin,
};

const parameter = part(
  'parameter',
  closed({
    name: words(),
    in: Type.Literal('header'),
    ...headerWords,
    'x-presence': Type.Optional(Type.Literal('conditional')),
    'x-guards': Type.Optional(guards),
  }),
);

const header = part('header', closed(headerWords));

const content = part('content', closed({ 'application/json': closed({ schema }) }));

const requestBody = part(
  'requestBody',
  closed({
    required: Type.Optional(flag()),
    description,
    content,
    'x-encrypted': flag(),
    ...origin,
  }),
);

const response = part(
  'response',
  closed({
    description: text(),
    headers: Type.Optional(mapOf(orReference(header))),
    content,
    'x-encrypted': Type.Optional(flag()),
    ...origin,
  }),
);

const operation = part(
  'operation',
  closed({
    operationId: id(),
    summary: text(),
    description,
    tags: Type.Optional(listOf(text())),
    'x-page': closed({
      number: Type.String({ description: "The page's entry in specs/pages.yaml.", pattern: '^\\d{3}$' }),
      version: words(),
    }),
    'x-mode': oneOf(['sync', 'async']),
    'x-effect': effect,
    'x-source': source,
    parameters: listOf(orReference(parameter)),
    requestBody,
    responses: mapOf(orReference(response), {
      minProperties: 1,
      propertyNames: { pattern: '^([1-5]\\d\\d|[1-5]XX|default)$' },
    }),
  }),
);

export const document = closed(
  {
    openapi: text({ pattern: '^3\\.1\\.\\d+$' }),
    info: Type.Object({ title: text(), version: text() }),
    servers: Type.Optional(listOf(Type.Unknown())),
    security: Type.Optional(listOf(Type.Unknown())),
    tags: Type.Optional(listOf(Type.Unknown())),
    paths: mapOf(closed({ post: operation }), {
      minProperties: 1,
      propertyNames: { pattern: '^/' },
    }),
    components: Type.Optional(
      closed({
        securitySchemes: Type.Optional(Type.Object({})),
        parameters: Type.Optional(mapOf(parameter)),
        headers: Type.Optional(mapOf(header)),
        responses: Type.Optional(mapOf(response)),
        schemas: Type.Optional(mapOf(schema)),
      }),
    ),
  },
  'A word outside of it would be a promise that nothing tests, so it is refused.',
  { title: 'The part of OpenAPI 3.1 that this suite understands' },
);

/** What is written once and referred to, or written in place. */
export type OrRef<T> = T | Shape<typeof reference>;
/** A schema as written: `$ref` not yet resolved. */
export type WrittenSchema = Shape<typeof schema>;
export type WrittenParameter = Shape<typeof parameter>;
export type WrittenHeader = Shape<typeof header>;
export type WrittenBody = Shape<typeof requestBody>;
export type WrittenResponse = Shape<typeof response>;
export type WrittenOperation = Shape<typeof operation>;
export type WrittenDocument = Shape<typeof document>;
export type Sensitivity = Shape<typeof sensitive>;
/** What a header is there to guard. */
export type Guard = Shape<typeof guards>;
/** What an operation does to what the target keeps. */
export type Effect = Shape<typeof effect>;
/** Facts of a page → their lines, by page. */
export type SourceMap = Shape<typeof source>;
