import { Type } from 'typebox';
import { closed, flag, integer, listOf, mapOf, part, text } from '../../json/define.ts';
import { schema } from './openapi.ts';
import { id, promise, source, words } from './parts.ts';

const pointer = part('pointer', text('A JSON pointer (RFC 6901).', { pattern: '^(/[^/]+)+$' }));

const scenario = closed({
  id: id('Fixed for good.'),
  title: words('As written on the page.'),
  status: integer('The HTTP status of the answer.', { minimum: 100, maximum: 599 }),
  code: words('A code that the OpenAPI document lists for this status.'),
  given: words('What must be true beforehand.'),
  breaksRequest: Type.Optional(flag('The prepared request breaks a limit on purpose.')),
  body: Type.Optional({
    ...schema,
    description: "What the answer's body must be beyond its schema: a JSON Schema.",
  }),
  ambiguities: Type.Optional(listOf(text(), { uniqueItems: true })),
  source,
});

const behaviour = closed({
  id: id(),
  ...promise,
  words: words('The words of the page that it rests on, to the letter.'),
});

const echo = closed({ response: pointer, request: pointer, ...promise });

export const api = closed(
  {
    api: words('The operationId in the OpenAPI document.'),
    scenarios: listOf(scenario, "The page's list of prepared test data, one entry each.", { minItems: 1 }),
    behaviours: Type.Optional(listOf(behaviour, 'What the page promises of behaviour over time.')),
    rejections: Type.Optional(
      mapOf(
        listOf(text(), { minItems: 1, uniqueItems: true }),
        "Request field → documented codes that may answer a bad value of it, where the page's words cover it.",
      ),
    ),
    echoes: Type.Optional(listOf(echo, 'Values of the answer that must equal what was sent.')),
  },
  { title: 'What a page promises of one API beyond the OpenAPI document' },
);
