import { Type } from 'typebox';
import { closed, count, listOf, oneOf, text } from '../../json/define.ts';
import { runId, selectionFields } from '../../record/written.ts';

const second = { pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$' };

export const runMarker = closed(
  {
    run: Type.Literal(1, { description: 'Version of this form.' }),
    runId,
    state: oneOf(
      ['unfinished', 'finished'],
      'unfinished: at work, or ended before its end. finished: everything is written.',
    ),
    target: text('Name of the profile.'),
    selection: closed(selectionFields, 'What of the suite was chosen.'),
    startedAt: text('When the folder was made, UTC.', second),
    finishedAt: Type.Optional(text('When everything was written, UTC; only of a finished run.', second)),
    pid: count('The process that began the run.'),
    basis: Type.Optional(
      closed(
        {
          tool: text("SHA-256 over the suite's own files, hexadecimal."),
          documents: text('SHA-256 over the documents, hexadecimal.'),
          target: Type.Optional(
            text(
              'SHA-256 over the settings of the profile, hexadecimal; absent for a target that is launched.',
            ),
          ),
        },
        'What cases are judged by: a run goes on with nothing else. Absent of one that was put together from others.',
      ),
    ),
    resumed: Type.Optional(
      listOf(
        closed(
          {
            at: text('When, UTC.', second),
            kept: count('How many cases had been judged before, and are not done again.'),
          },
          'Once.',
        ),
        'How often a run that was broken off went on; absent when it never did.',
        { minItems: 1 },
      ),
    ),
    note: Type.Optional(text('Why the run will stay unfinished, if that was known at its start.')),
  },
  'Marks the folder of one run: the first file written there and the last one changed. Without the state finished nothing else in the folder is a result.',
  { title: 'run.json' },
);
