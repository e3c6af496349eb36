import { closed, listOf, text } from '../../json/define.ts';
import { words } from './parts.ts';

const excuse = closed({
  clauses: listOf(
    words(),
    'Ids of clauses; * stands for any text. Each fits at least one clause, and none that has a case.',
    { minItems: 1, uniqueItems: true },
  ),
  reason: text("Why no case can test them: out of reach for a client, or in need of the platform's help.", {
    minLength: 10,
  }),
});

export const untested = closed(
  { untested: listOf(excuse, 'One entry for each reason; none when every clause has a case.') },
  { title: 'Clauses without a case, each with the reason' },
);
