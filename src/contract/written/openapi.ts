import { type TSchema, Type } from 'typebox';
import { closed, mapOf, part, recursivePart, type Shape } from '../../json/define.ts';
import { id, line, text } from './parts.ts';

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
    mapOf(Type.Union([line, Type.Array(line, { minItems: 1 })]), {
      minProperties: 1,
      propertyNames: { enum: facts },
    }),
    {
      description: 'Number of a page → the line of each fact there; a fact on several lines has a list.',
      minProperties: 1,
    },
  ),
);

const sensitive = part(
  'sensitive',
  Type.Enum(['secret', 'card-number', 'personal', 'identifier'], {
    description:
      'How a value is kept from view: secret and personal show nothing of it, card-number first 6 and last 4, identifier a pseudonym by which two of them are told apart.',
  }),
);

const guards = Type.Enum(['caller', 'integrity', 'key'], {
  description:
    'What the header is there to guard: who calls (caller), that the bytes are untouched (integrity), which key opens the body (key).',
});

/** Where something stands, and whether the guide or clients alone say so. */
const origin = {
  'x-origin': Type.Optional(part('origin', Type.Enum(['guide', 'client']))),
  'x-source': Type.Optional(source),
};

const description = Type.Optional(Type.String());
const size = Type.Optional(Type.Integer({ minimum: 0 }));
/** A number of any size: some limits lie beyond 2^53. */
const limit = Type.Optional(Type.Unsafe<number | bigint>({ 'x-exact-number': true }));

/** A JSON Schema of the OpenAPI document. */
export const schema = recursivePart('schema', (self) =>
  closed({
    $ref: Type.Optional(Type.String({ pattern: '^#/components/schemas/' })),
    description,
    type: Type.Optional(Type.Enum(['string', 'integer', 'number', 'boolean', 'object', 'array'])),
    properties: Type.Optional(mapOf(self)),
    required: Type.Optional(Type.Array(Type.String(), { uniqueItems: true })),
    items: Type.Optional(self),
    minItems: size,
    maxItems: size,
    minLength: size,
    maxLength: size,
    minimum: limit,
    maximum: limit,
    pattern: Type.Optional(Type.String({ format: 'regex' })),
    format: Type.Optional(Type.Enum(['correlation-id', 'compact-date-time', 'yymm'])),
    enum: Type.Optional(Type.Array(Type.String(), { minItems: 1, uniqueItems: true })),
    const: Type.Optional(Type.String()),
    anyOf: Type.Optional(Type.Array(self, { minItems: 1 })),
    allOf: Type.Optional(Type.Array(self, { minItems: 1 })),
    if: Type.Optional(self),
    then: Type.Optional(self),
    contentMediaType: Type.Optional(Type.Literal('application/jose')),
    contentSchema: Type.Optional(self),
    'x-envelope': Type.Optional(Type.Literal(true)),
    'x-presence-of': Type.Optional(Type.String()),
    'x-interpretation': Type.Optional(
      part('interpretation', Type.String({ pattern: '^[a-z0-9-]+\\.[a-z0-9-]+$' })),
    ),
    'x-sensitive': Type.Optional(sensitive),
    ...origin,
  }),
);

const reference = part('ref', closed({ $ref: Type.String({ pattern: '^#/' }) }));

/** What is written in place, or once and referred to. */
function orReference<Definition extends TSchema>(definition: Definition) {
  return Type.Unsafe<Shape<typeof reference> | Shape<Definition>>({
    if: { required: ['$ref'] },
    then: reference,
    else: definition,
  });
}

const headerWords = {
  required: Type.Optional(Type.Boolean()),
  description,
  schema,
  'x-sensitive': Type.Optional(sensitive),
  ...origin,
};

const parameter = part(
  'parameter',
  closed({
    name: text(),
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
    required: Type.Optional(Type.Boolean()),
    description,
    content,
    'x-encrypted': Type.Boolean(),
    ...origin,
  }),
);

const response = part(
  'response',
  closed({
    description: Type.String(),
    headers: Type.Optional(mapOf(orReference(header))),
    content,
    'x-encrypted': Type.Optional(Type.Boolean()),
    ...origin,
  }),
);

const operation = part(
  'operation',
  closed({
    operationId: id(),
    summary: Type.String(),
    description,
    tags: Type.Optional(Type.Array(Type.String())),
    'x-page': closed({
      number: Type.String({ description: "The page's entry in specs/pages.yaml.", pattern: '^\\d{3}$' }),
      version: text(),
    }),
    'x-mode': Type.Enum(['sync', 'async']),
    'x-source': source,
    parameters: Type.Array(orReference(parameter)),
    requestBody,
    responses: mapOf(orReference(response), {
      minProperties: 1,
      propertyNames: { pattern: '^([1-5]\\d\\d|[1-5]XX|default)$' },
    }),
  }),
);

export const document = closed(
  {
    openapi: Type.String({ pattern: '^3\\.1\\.\\d+$' }),
    info: Type.Object({ title: Type.String(), version: Type.String() }),
    servers: Type.Optional(Type.Array(Type.Unknown())),
    security: Type.Optional(Type.Array(Type.Unknown())),
    tags: Type.Optional(Type.Array(Type.Unknown())),
    paths: mapOf(closed({ post: operation }), { minProperties: 1, propertyNames: { pattern: '^/' } }),
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
  {
    title: 'The part of OpenAPI 3.1 that this suite understands',
    description: 'A word outside of it would be a promise that nothing tests, so it is refused.',
  },
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
/** Facts of a page → their lines, by page. */
export type SourceMap = Shape<typeof source>;
