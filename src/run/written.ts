import { Type } from 'typebox';
import { allowances } from '../cases/permission.ts';
import { closed, count, flag, integer, listOf, oneOf, text } from '../json/define.ts';
import { runId } from '../record/written.ts';

const shard = closed(
  {
    part: integer('Which part, from 1.', { minimum: 1 }),
    of: integer('How many parts there are.', { minimum: 1 }),
  },
  'Which part of all cases is done; absent: all.',
);

const chosen = Type.Union(
  [
    closed({ cases: listOf(text('Id of a case.'), 'These cases.', { minItems: 1 }) }),
    closed({ matching: text('Cases whose id or tags match this regular expression, in either case.') }),
  ],
  { description: 'Which cases are done, as the command line chose them; absent: all.' },
);

export const settings = closed(
  {
    target: text('A name below targets/ or a path to a profile.'),
    documents: text('The folder with openapi/ and specs/, absolute: that of the project, or a draft.'),
    seed: count('Seed of generated values; the same seed makes the same cases.'),
    reports: text('The folder of reports, absolute; the run has one of its own in it.'),
    runId: Type.Optional({
      ...runId,
      description: 'What all files of the run, and all its shards, call it; absent when nobody has said.',
    }),
    page: flag('Whether the run makes its HTML page, which takes some seconds.'),
    pages: Type.Optional(
      text(
        'A folder with captured documentation pages, absolute, whose whole text the report shows; absent: the lines alone that the documents cite.',
      ),
    ),
    envFile: text('The file of environment variables, absolute; empty: none.'),
    preflight: flag(
      'Whether the run first looks, with a request that changes nothing, whether the target is there and takes the credentials.',
    ),
    workers: integer('How many processes do cases side by side.', { minimum: 1 }),
    effects: Type.Optional(
      oneOf(allowances, 'What may be done to the target at most; absent: what its profile allows.'),
    ),
    shard: Type.Optional(shard),
    chosen: Type.Optional(chosen),
    failTests: flag(
      'Whether the test of a case that kept no promise fails, as users of the test runner expect. The command takes outcomes from the records alone, since the runner starts a new worker, for a second or two, after each failed test.',
    ),
  },
  'What one run was started with, by the command line or the environment, for its other processes and for whoever reads its folder.',
  { title: 'settings.json' },
);
