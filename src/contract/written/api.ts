import { Type } from 'typebox';
import { closed, mapOf, part, type Shape } from '../../json/define.ts';
import { schema } from './openapi.ts';
import { id, promise, source, text } from './parts.ts';

const pointer = part(
  'pointer',
  Type.String({ description: 'A JSON pointer (RFC 6901).', pattern: '^(/[^/]+)+$' }),
);

const scenario = closed({
  id: id('Fixed for good.'),
  title: text('As written on the page.'),
  status: Type.Integer({ description: 'The HTTP status of the answer.', minimum: 100, maximum: 599 }),
  code: text('A code that the OpenAPI document lists for this status.'),
  given: text('What must be true beforehand.'),
  breaksRequest: Type.Optional(
    Type.Boolean({ description: 'The prepared request breaks a limit on purpose.' }),
  ),
  body: Type.Optional({
    ...schema,
    description: "What the answer's body must be beyond its schema: a JSON Schema.",
  }),
  ambiguities: Type.Optional(Type.Array(Type.String(), { uniqueItems: true })),
  source,
});

const behaviour = closed({
  id: id(),
  ...promise,
  words: text('The words of the page that it rests on, to the letter.'),
});

export const api = closed(
  {
    api: text('The operationId in the OpenAPI document.'),
    scenarios: Type.Array(scenario, {
      description: "The page's list of prepared test data, one entry each.",
      minItems: 1,
    }),
    behaviours: Type.Optional(
      Type.Array(behaviour, { description: 'What the page promises of behaviour over time.' }),
    ),
    rejections: Type.Optional(
      mapOf(Type.Array(Type.String(), { minItems: 1, uniqueItems: true }), {
        description:
          "Request field → documented codes that may answer a bad value of it, where the page's words cover it.",
      }),
    ),
    echoes: Type.Optional(
      Type.Array(closed({ response: pointer, request: pointer, ...promise }), {
        description: 'Values of the answer that must equal what was sent.',
      }),
    ),
  },
  { title: 'What a page promises of one API beyond the OpenAPI document' },
);

/** A file of `specs/apis/`. */
export type WrittenApi = Shape<typeof api>;
