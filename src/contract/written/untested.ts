import { Type } from 'typebox';
import { closed } from '../../json/define.ts';
import { text } from './parts.ts';

const excuse = closed({
  clauses: Type.Array(text(), {
    description:
      'Ids of clauses; * stands for any text. Each fits at least one clause, and none that has a case.',
    minItems: 1,
    uniqueItems: true,
  }),
  reason: Type.String({
    description: "Why no case can test them: out of reach for a client, or in need of the platform's help.",
    minLength: 10,
  }),
});

export const untested = closed(
  {
    untested: Type.Array(excuse, {
      description: 'One entry for each reason; none when every clause has a case.',
    }),
  },
  { title: 'Clauses without a case, each with the reason' },
);
