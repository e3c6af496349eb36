import { Type } from 'typebox';
import { closed, listOf, mapOf, oneOf, type Shape, text } from '../../json/define.ts';
import { id, line, words } from './parts.ts';

const observed = closed({
  by: oneOf(
    ['schema', 'answer', 'probe', 'never'],
    "schema: an alternative of the OpenAPI document bears the interpretation's id. answer: the judge tells it from an answer. probe: a case made for it tells. never: no run can tell.",
  ),
  how: words('How a run can tell which interpretation a target follows.'),
});

const ambiguity = closed({
  id: id(),
  text: words('What the documents say, and where that leaves room.'),
  apis: Type.Optional(listOf(text(), 'The APIs concerned; all when left out.')),
  sources: mapOf(listOf(line, { minItems: 1 }), 'Number of a page → lines.'),
  interpretations: mapOf(words(), 'Interpretation id → what it says. Each conforms.', {
    minProperties: 1,
    propertyNames: { pattern: '^[a-z0-9][a-z0-9-]*$' },
  }),
  assumed: text('The interpretation by which the suite sends and the embedded target answers.'),
  why: words(),
  observed,
});

export const ambiguities = closed(
  { ambiguities: listOf(ambiguity) },
  {
    title: 'Every place where the documents allow several interpretations',
  },
);

/** How a run can tell which interpretation of an ambiguity a target follows. */
export type Observed = Shape<typeof observed>;
