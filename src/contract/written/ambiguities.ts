import { Type } from 'typebox';
import { closed, mapOf, type Shape } from '../../json/define.ts';
import { id, line, text } from './parts.ts';

const observed = closed({
  by: Type.Enum(['schema', 'answer', 'probe', 'never'], {
    description:
      "schema: an alternative of the OpenAPI document bears the interpretation's id. answer: the judge tells it from an answer. probe: a case made for it tells. never: no run can tell.",
  }),
  how: text('How a run can tell which interpretation a target follows.'),
});

const ambiguity = closed({
  id: id(),
  text: text('What the documents say, and where that leaves room.'),
  apis: Type.Optional(Type.Array(Type.String(), { description: 'The APIs concerned; all when left out.' })),
  sources: mapOf(Type.Array(line, { minItems: 1 }), { description: 'Number of a page → lines.' }),
  interpretations: mapOf(text(), {
    description: 'Interpretation id → what it says. Each conforms.',
    minProperties: 1,
    propertyNames: { pattern: '^[a-z0-9][a-z0-9-]*$' },
  }),
  assumed: Type.String({
    description: 'The interpretation by which the suite sends and the embedded target answers.',
  }),
  why: text(),
  observed,
});

export const ambiguities = closed(
  { ambiguities: Type.Array(ambiguity) },
  { title: 'Every place where the documents allow several interpretations' },
);

/** How a run can tell which interpretation of an ambiguity a target follows. */
export type Observed = Shape<typeof observed>;
