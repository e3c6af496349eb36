import { Type } from 'typebox';
import { closed, count, integer, oneOf, part, text } from '../json/define.ts';
import { checks } from './check.ts';
import { outcomes } from './outcome.ts';
import { verdicts } from './verdict.ts';

export const outcome = part(
  'outcome',
  oneOf(
    outcomes,
    'What became of a case or a check: conforms, a real answer kept the promise; waived; warns, a SHOULD was not kept; not-exercised; not-testable; setup-error; target-error, no usable answer; harness-error, a fault of the suite; violates.',
  ),
);

export const verdict = oneOf(
  verdicts,
  'conformant: everything was judged and nothing is broken. nonconformant: a documented promise is broken. incomplete: nothing broken was seen, but something could not be judged.',
);

export const answered = closed(
  {
    status: count('HTTP status.'),
    code: Type.Optional(
      text('Code; absent when there was none of the form of a code.', { pattern: '^\\d{3}_\\d{3}$' }),
    ),
  },
  'What an answer came with.',
);

export const findingFields = {
  check: oneOf(checks, 'Id of the check that made it.'),
  clause: text('Id of the clause.'),
  outcome: { ...outcome, description: 'What the check says.' },
  place: text('A JSON pointer into the body, a header (header <Name>), or the HTTP status.'),
  expected: text('What was expected there.'),
  actual: text('What was there; sensitive values masked.'),
};

export const finding = part(
  'finding',
  closed(
    {
      ...findingFields,
      answered: Type.Optional({
        ...answered,
        description: 'What the answer in which it showed came with; absent when none came.',
      }),
      waiver: Type.Optional(
        count('Of a waived one: the place of its waiver in the list of the header, from 0.'),
      ),
    },
    'One broken promise at one place.',
  ),
);

export const waiverFields = {
  clause: text('Id of the clause that it is about, which begins with that of its API.'),
  observed: closed(
    {
      code: Type.Optional(text('Code of the answer.')),
      place: Type.Optional(text('Place of the finding.')),
      status: Type.Optional(integer('HTTP status of the answer.')),
    },
    'What must have been seen, one of them at least; all of it must fit.',
    { minProperties: 1 },
  ),
  reason: text('Why it is waived.'),
  owner: text('Whose it is to end the deviation.'),
  expires: text('The last day on which it holds, until midnight UTC.', {
    pattern: '^\\d{4}-\\d{2}-\\d{2}$',
  }),
  at: text('Where the profile has it: name of the file and line.'),
};

export const aboutWaiver = 'A known deviation of the target, as its profile has it; texts masked.';

export const waiver = part('waiver', closed(waiverFields, aboutWaiver));
