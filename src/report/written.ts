import { type TSchema, Type } from 'typebox';
import { clauseAspects, clauseSubjects } from '../contract/model.ts';
import { closed, count, flag, integer, listOf, oneOf, orNull, part, text } from '../json/define.ts';
import { exitCodes } from '../judge/verdict.ts';
import { aboutWaiver, answered, findingFields, waiverFields } from '../judge/written.ts';
import {
  caseFields,
  changeFields,
  level,
  resultFields,
  runFields,
  selectionFields,
  sizeFields,
} from '../record/written.ts';
import { causeKinds } from './cause-words.ts';
import { causeOutcomes } from './causes.ts';
import { type ClauseStanding, clauseStandings, gaps } from './coverage.ts';
import { type Standing, standings } from './tally.ts';
import { waiverStates } from './waivers.ts';

const api = text('Short id of the API.');
const sentence = text('The promise in one sentence.');

const lines = part(
  'source',
  listOf(
    closed(
      {
        page: text('Number of the page in specs/pages.yaml.'),
        line: integer('Line of the page, from 1.', { minimum: 1 }),
        name: text('Name of the page.'),
        address: text('URL of the page; the path of its API where no URL is known.'),
        quote: text('Words of the line, shortened, behind those that say what they are about.'),
      },
      'One line of a page.',
    ),
    'Lines of the documentation pages; none for a fact that no page has.',
  ),
);
const source = { ...lines, description: 'Where it is documented.' };

const standing = part('standing', oneOf(standings, 'How a scenario or code row counts.'));

const standingCounts = closed(
  {
    passed: count('How many conform.'),
    failed: count('How many broke a documented promise.'),
    waived: count('How many broke nothing but what a waiver covers.'),
    'not-testable': count('How many the target has no data or capability for.'),
    'no-answer': count('How many got no usable answer, through the target, the set-up or the suite itself.'),
    'not-chosen': count('How many a selection left out.'),
  } satisfies Record<Standing, TSchema>,
  'Its documented scenarios, counted by standing.',
);

const codeRow = closed(
  {
    status: count('Documented HTTP status.'),
    code: text('Documented code.'),
    standing: { ...standing, description: 'How the row stands.' },
    scenarios: listOf(text('Id of a scenario.'), 'The scenarios that lead to this row.'),
  },
  'One code row; it passes when each of its scenarios does.',
);

const clauseCounts = {
  conforms: count('How many a real answer kept and none broke.'),
  violates: count('How many a real answer broke.'),
  warns: count('How many were broken and are a SHOULD.'),
  waived: count('How many were broken and are covered by a waiver.'),
  'not-exercised': count('How many nothing in the run showed either way.'),
  'not-testable': count('How many the target can serve no case for.'),
  untested: count('How many have no case, for a reason in specs/untested.yaml.'),
} satisfies Record<ClauseStanding, TSchema>;

const enumValues = closed({
  documented: listOf(text('One value.'), 'Every documented value.'),
  seen: listOf(text('One value.'), 'Those that a real answer had.'),
});

const clause = closed(
  {
    id: text('Stable id, <api>.<subject>.…'),
    api,
    subject: oneOf(clauseSubjects, 'What of the API it is about.'),
    part: orNull(
      oneOf(
        ['header', 'field'],
        'Of a request or response: the kind of part it is about. Null of the whole, and of any other subject.',
      ),
    ),
    name: orNull(
      text(
        'Name of the header, path of the field, the code, or the name of the scenario or behaviour. Null where there is but one.',
      ),
    ),
    aspect: oneOf(
      clauseAspects,
      'What it promises of that: the limits of a value are presence, type, length, range, form and enum.',
    ),
    level,
    sentence,
    source,
    standing: oneOf(
      clauseStandings,
      'What the run shows of it: conforms, a real answer kept it and none broke it; violates; warns, broken and a SHOULD; waived; not-exercised, nothing showed it either way; not-testable, the target can serve no case for it; untested, there is no case, for a written reason.',
    ),
    gap: orNull(
      oneOf(
        gaps,
        'Why it was not exercised: no-case, no case tests it; not-chosen, none of the chosen cases does; no-answer, its cases got no usable answer; not-reached, its cases broke off before it or another promise was broken first; not-shown, no judged answer showed it. Null in every other standing.',
      ),
    ),
    reason: text('Why there is no evidence, in one line; empty when there is.'),
    kept: count('In how many cases real answers kept it.'),
    broken: count('In how many cases real answers broke it; the findings name them.'),
    values: orNull({
      ...enumValues,
      description: 'Of an enum of an answer: its values. Null of any other clause.',
    }),
  },
  'One clause.',
);

export const gridRow = closed(
  {
    api,
    status: count('HTTP status.'),
    code: text('Code; empty for an answer without one.'),
    scenario: orNull(text('Id of the scenario; null for what no page has.')),
    documented: flag('Whether a page promises this status and code for this scenario.'),
    tested: flag('Whether a real answer to the scenario was judged.'),
    observed: flag(
      'Whether an answer came with this status and code: to the scenario, or, without one, to any case.',
    ),
    standing: orNull(oneOf(standings, 'How the scenario stands; null when there is none.')),
    cases: count('In how many cases of the run the API answered with this status and code.'),
  },
  'One cell.',
);

const { kind: _kind, level: _level, ...scenarioFields } = caseFields;

const scenario = closed(
  { ...scenarioFields, status: count('Expected HTTP status.'), code: text('Expected code.'), source },
  'One scenario.',
);

const finding = closed(
  {
    ...findingFields,
    sentence,
    level,
    cause: orNull(text('Id of its cause; null when the suite itself failed in the case.')),
    case: text('Id of the case in which it showed.'),
    source,
    answered: orNull({
      ...answered,
      description: 'What the answer in which it showed came with; null when none came.',
    }),
    waiver: orNull(count('Of a waived one: the place of its waiver in waivers, from 0; null otherwise.')),
    repeat: text('The command that repeats the case.'),
  },
  'One broken promise at one place.',
);

const cause = closed(
  {
    id: text('Short, and the same in every run that shows it.'),
    kind: oneOf(causeKinds, 'What kind of thing is wrong.'),
    outcome: oneOf(causeOutcomes, 'What its findings are: broken promises, waived ones or warnings.'),
    sentence: text('What is wrong, in one sentence.'),
    mend: text('What would end it, most likely.'),
    clauses: listOf(text('Id of a clause.'), 'The clauses that it breaks, first the one that says it best.'),
    findings: count('How many findings it has.'),
    answers: count('How many answers show it.'),
    apis: listOf(api, 'The APIs whose promises it breaks.'),
    cases: listOf(text('Id of a case.'), 'The cases in which it shows.'),
    blocks: count('How many cases it keeps from passing: those, and those whose control fails by it.'),
    source: { ...lines, description: 'Where the first clause is documented.' },
    example: closed(
      {
        case: text('Id of the case.'),
        clause: findingFields.clause,
        place: findingFields.place,
        expected: findingFields.expected,
        actual: findingFields.actual,
      },
      'One finding of the first clause.',
    ),
  },
  'Findings that one mend would end.',
);

const waiver = closed(
  {
    ...waiverFields,
    api: text('Short id of the API of its clause.'),
    state: oneOf(
      waiverStates,
      'used: a finding fits it. expired: its last day is over. stale: a whole run showed nothing that fits it. undecided: nothing fitted it, and not everything was seen. Expired and stale ones make the exit code 1.',
    ),
    why: text('Why, and what to do, in one line; empty when it is used.'),
    findings: count('How many findings fit it.'),
    cases: listOf(text('Id of a case.'), 'The cases in which they showed.'),
  },
  aboutWaiver,
);

const interpretation = closed(
  {
    ambiguity: text('Id of the ambiguity, see specs/ambiguities.yaml.'),
    interpretation: text('Id of the interpretation.'),
    text: text('The interpretation in words.'),
    cases: count('How many cases showed it.'),
  },
  'One interpretation.',
);

const notTestable = closed(
  {
    case: text('Id of the case.'),
    reason: text('Why.'),
    acknowledged: flag('Whether the profile of the target says so itself.'),
  },
  'One case.',
);

const told = (about: string) =>
  listOf(
    closed({ case: text('Id of the case.'), what: text('In a line, ids masked.') }, 'One of them.'),
    about,
  );

const changes = closed(
  {
    operations: listOf(
      closed(changeFields, 'Those of one operation.'),
      'Requests to operations that write or delete that the target has taken or may have taken, controls included.',
    ),
    made: told('What workflows have started, by owner and number.'),
    gone: told('What of that was taken back.'),
    left: told('What may be left on the target.'),
  },
  'What the run has done to what the target keeps.',
);

export const conformance = closed(
  {
    report: Type.Literal(1, { description: 'Version of this form.' }),
    ...runFields,
    ...resultFields,
    exitCode: oneOf(
      Object.values(exitCodes),
      'The exit code of the run: 0 conformant, 1 nonconformant, or a waiver is expired or stale, 3 incomplete.',
    ),
    selection: closed({ ...selectionFields, ...sizeFields }, 'What of the suite was chosen.'),
    notes: listOf(text(), 'What was told of profile and settings before the run, one line each.'),
    apis: listOf(
      closed(
        {
          id: api,
          name: text('The name on its page.'),
          scenarios: standingCounts,
          codes: listOf(codeRow, 'The code rows of its page.'),
        },
        'One documented API.',
      ),
      'Every documented API.',
    ),
    clauses: closed(
      {
        apis: listOf(
          closed({ api, ...clauseCounts }, 'One API.'),
          'The clauses of each API, counted by standing.',
        ),
        list: listOf(clause, 'Every clause, in the order of the documents.'),
      },
      'What the run shows of every clause: of each documented promise. Evidence of real answers alone counts.',
    ),
    grid: listOf(
      gridRow,
      'API × code × scenario: every documented scenario with its status and code, then what was observed and no page has.',
    ),
    cases: listOf(closed(caseFields, 'One case.'), 'Every chosen case of any kind, in the planned order.'),
    scenarios: listOf(scenario, 'Every chosen scenario, in the order of the documents.'),
    broken: closed(
      {
        causes: count('How many causes.'),
        findings: count('How many findings they have.'),
        cases: count('In how many cases those showed.'),
        clauses: count('How many clauses they violate.'),
      },
      'What counts against the target, as the headline has it; warnings and what is waived are apart.',
    ),
    causes: listOf(
      cause,
      'What is wrong, broken promises first, then by how many cases each keeps from passing; each finding belongs to one.',
    ),
    findings: listOf(finding, 'Every check that a real answer did not pass.'),
    waivers: listOf(
      waiver,
      'The known deviations that the profile of the target waives, and what the run says of each.',
    ),
    interpretations: listOf(
      interpretation,
      'Where the documents allow several interpretations: those that the target was seen to follow.',
    ),
    changes,
    notTestable: listOf(notTestable, 'The cases that the target could not be tested with.'),
  },
  'What one run of the conformance suite says of one target.',
  { title: 'conformance.json' },
);
