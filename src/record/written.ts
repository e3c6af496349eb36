import { type TSchema, Type } from 'typebox';
import { caseKinds } from '../cases/case.ts';
import { levels } from '../contract/model.ts';
import { closed, count, flag, listOf, number, oneOf, part, text } from '../json/define.ts';
import type { Outcome } from '../judge/outcome.ts';
import { answered, finding, outcome, verdict, waiver } from '../judge/written.ts';
import { shownProfile } from '../target/written.ts';

const digest = { pattern: '^[0-9a-f]{64}$' };

/** ISO 8601 in UTC. */
export function moment(about: string) {
  return text(about, { pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$' });
}

const ids = (about: string) => listOf(text('Id of a clause.'), about);
const notes = listOf(text('One note.'), 'What a reader should know besides.');

export const level = oneOf(levels, 'How binding it is; SHOULD is reported apart from the verdict.');

export const runId = text('The same in all files of a run, and of all its shards.', {
  pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$',
});

/** What a selection has in it; without any of them the whole suite was chosen. */
export const selectionFields = {
  grep: Type.Optional(
    text('What chose cases, as the user wrote it; such a run is a part that someone repeats.'),
  ),
  shard: Type.Optional(text('The part of the suite that was chosen, x/y.')),
};

export const sizeFields = {
  planned: count('How many were chosen; so many case lines are in the ledger.'),
  all: count('How many there are without a selection.'),
};

/** What ran, and against what. */
export const runFields = {
  runId,
  tool: closed(
    {
      name: text('Name of the package.'),
      version: text('Version of the package.'),
      digest: Type.Optional(text("SHA-256 over the suite's own files, hexadecimal.", digest)),
    },
    'The suite that ran.',
  ),
  documents: closed(
    {
      title: text('Title of the OpenAPI document.'),
      version: text('Version of the OpenAPI document.'),
      digest: text('SHA-256 over the documents, hexadecimal.', digest),
      folder: Type.Optional(text('Where they lie, from the root of the project; absent for its own.')),
    },
    'The documents that the target was held against.',
  ),
  target: Type.Partial(shownProfile, {
    description: 'What may be shown of the profile of the target; no credential.',
  }),
  seed: count('Seed of generated values; the same seed makes the same cases.'),
  startedAt: moment('When the run began, ISO 8601 in UTC: the clock of the run.'),
};

export const header = part(
  'header',
  closed(
    {
      type: Type.Literal('header', { description: 'Which line this is.' }),
      ledger: Type.Literal(1, { description: 'Version of this form.' }),
      ...runFields,
      waivers: Type.Optional(
        listOf(waiver, 'The waivers of the profile, in its order; absent when it has none.', { minItems: 1 }),
      ),
      notes: Type.Optional(
        listOf(
          text(),
          "What the person who started the run was told of profile and settings beforehand: variables of the environment that stand in place of the profile's values, plain http, keys of another length than documented. Absent without any.",
          { minItems: 1 },
        ),
      ),
      selection: closed(selectionFields, 'What of the suite was chosen; empty for all of it.'),
      cases: closed(sizeFields, 'How many cases there are.'),
    },
    'The first line: what ran, against what.',
  ),
);

const documentedOutcome = closed(
  { status: count('HTTP status.'), code: text('Code of the answer.') },
  'A documented outcome.',
);

/** Name and value. Written out: TypeBox has the tuples of an older draft. */
const pair = Type.Unsafe<[name: string, value: string]>({
  description: 'Name and value.',
  type: 'array',
  prefixItems: [text('Name.'), text('Value.')],
  items: false,
  minItems: 2,
  maxItems: 2,
});

const message = {
  headers: listOf(pair, 'Headers in their order, masked.'),
  body: text(
    'What stood on the wire, masked and cut when long; an encrypted message is told by its algorithms and length.',
  ),
  plaintext: Type.Optional(text('The decrypted body, when the wire had an encrypted one.')),
};

export const exchange = part(
  'exchange',
  closed(
    {
      request: closed({ method: text('HTTP method.'), url: text('Where it went.'), ...message }, 'As sent.'),
      response: Type.Optional(
        closed({ status: count('HTTP status.'), ...message }, 'As received; absent when none came.'),
      ),
      failure: Type.Optional(
        closed({ kind: text('What kind of trouble.'), message: text('In words.') }, 'Why no answer came.'),
      ),
      duration: number('In milliseconds.', { minimum: 0 }),
    },
    'One request and what came of it.',
  ),
);

/** Requests that may have changed something. */
export const changeFields = {
  api: text('Short id of the API.'),
  effect: oneOf(['writes', 'deletes'], 'What a request that is taken does.'),
  taken: count('How many were taken: answered as a success.'),
  unknown: count('Of how many nobody knows: they got no answer, or one that does not tell.'),
};

/** What every report says of a case. */
export const caseFields = {
  id: text('Id of the case, <api>/<scenario> or <api>/<kind>/<what>/<how>.', { minLength: 1 }),
  api: text('Short id of the API.'),
  kind: oneOf(
    caseKinds,
    'What it is for: scenario, replays prepared data; request, breaks one documented limit of a request; integrity, token and keys; encryption, the encryption of messages; workflow, promises over several requests; robustness, what no page promises and a good server does all the same.',
  ),
  level,
  title: text('What it does, in a few words; of a scenario the title on its page.'),
  outcome: { ...outcome, description: 'What became of it.' },
  acknowledged: flag(
    'Whether the profile of the target says, with a reason, that it can not serve this case.',
  ),
  reason: text('Why, in one line; empty when it conforms.'),
  notes,
};

export const caseRecord = part(
  'case',
  closed(
    {
      type: Type.Literal('case', { description: 'Which line this is.' }),
      ...caseFields,
      position: Type.Optional(
        count('Its place among all cases that there are, from 0; the ledgers of shards are merged by it.'),
      ),
      expected: Type.Union([text('In words.'), documentedOutcome], {
        description: 'What must come: a documented outcome, or a text.',
      }),
      clauses: ids('The clauses that it is there to test; answers may show others too.'),
      findings: listOf(finding, 'Every check that a real answer did not pass.'),
      kept: ids('The clauses that a real answer was seen to keep.'),
      seen: Type.Optional(
        listOf(
          closed(
            {
              clause: text('Id of the clause.'),
              values: listOf(text('One value.'), 'The values that came, each once.'),
            },
            'The values of one enum.',
          ),
          "The values of enums that real answers had: documented ones alone, so that none is anybody's secret.",
        ),
      ),
      answered: Type.Optional({ ...answered, description: 'What the judged answer came with.' }),
      interpretations: listOf(
        text('<ambiguity>.<interpretation>, see specs/ambiguities.yaml.'),
        'The interpretations of ambiguities that the target was seen to follow.',
      ),
      changes: Type.Optional(
        listOf(
          closed(changeFields, 'Those of one operation.'),
          'Requests to operations that write or delete, controls included, that the target has taken or may have taken. Absent without any.',
        ),
      ),
      made: Type.Optional(
        listOf(text('One line.'), 'What a workflow has started at the target, by owner and number.'),
      ),
      gone: Type.Optional(listOf(text('One line.'), 'What of that was taken back.')),
      left: Type.Optional(
        listOf(text('One line.'), 'What the case has registered at the target and may have left there.'),
      ),
      trouble: Type.Optional(
        text(
          'Why no answer came after a promise had been broken, if so: once that is waived, this is what is left.',
        ),
      ),
      exchanges: listOf(exchange, 'Every request as sent and answer as received, masked.'),
      startedAt: moment('When it began, ISO 8601 in UTC.'),
      duration: number('How long it took, in milliseconds.', { minimum: 0 }),
    },
    'What the run says of one case.',
  ),
);

/** What a run comes to. */
export const resultFields = {
  finishedAt: moment('When the run ended, ISO 8601 in UTC.'),
  counts: closed(
    {
      conforms: count('Cases whose answers kept every promise.'),
      waived: count('Cases whose broken promises are covered by a waiver.'),
      warns: count('Cases that broke nothing but a SHOULD.'),
      'not-exercised': count('Cases that nothing showed either way.'),
      'not-testable': count('Cases that the target has no data or capability for.'),
      'setup-error': count('Cases whose preconditions could not be brought about.'),
      'target-error': count('Cases without a usable answer.'),
      'harness-error': count('Cases in which the suite itself failed.'),
      violates: count('Cases that broke a documented promise.'),
    } satisfies Record<Outcome, TSchema>,
    'How many cases came to each outcome.',
  ),
  problems: listOf(
    text('One line.'),
    'Trouble of the run itself, such as a worker that crashed; any of it keeps the verdict from being conformant.',
  ),
  verdict,
};

export const footer = part(
  'footer',
  closed(
    { type: Type.Literal('footer', { description: 'Which line this is.' }), ...resultFields },
    'The last line: the sums, and the verdict.',
  ),
);

export const ledger = Type.Union([header, caseRecord, footer], {
  title: 'A line of ledger.jsonl',
  description:
    'The record of one run, one JSON value a line: a header, one case a line in the planned order, a footer. Without its footer, or with counts that disagree with its cases, a run is incomplete. Secrets, card and personal data are masked.',
});
