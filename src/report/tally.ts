import type { Api, CodeRow, Contract } from '../contract/model.ts';
import type { Outcome } from '../judge/finding.ts';
import type { CaseRecord } from '../record/record.ts';

/** How a reader counts a scenario or a code row. `not-chosen`: a selection left it out. */
export const standings = ['passed', 'failed', 'waived', 'not-testable', 'no-answer', 'not-chosen'] as const;

export type Standing = (typeof standings)[number];

export type StandingCounts = Readonly<Record<Standing, number>>;

/** What a run says of one documented API. */
export interface ApiTally {
  readonly api: Api;
  readonly scenarios: StandingCounts;
  readonly codes: StandingCounts;
  readonly rows: readonly {
    readonly row: CodeRow;
    readonly standing: Standing;
    readonly scenarios: readonly string[];
  }[];
}

export function standingOf(outcome: Outcome): Standing {
  switch (outcome) {
    case 'conforms':
    case 'warns':
      return 'passed';
    case 'waived':
      return 'waived';
    case 'violates':
      return 'failed';
    case 'not-testable':
    case 'not-exercised':
      return 'not-testable';
    case 'setup-error':
    case 'target-error':
    case 'harness-error':
      return 'no-answer';
  }
}

/**
 * Per API the standing of every documented scenario and code row, run or not. A code row passes when each of its
 * scenarios does; otherwise it stands where the worst of them stands.
 */
export function tally(cases: readonly CaseRecord[], contract: Contract): readonly ApiTally[] {
  const byId = new Map(cases.map((record) => [record.id, standingOf(record.outcome)]));
  return contract.apis.map((api) => {
    const scenarios = api.scenarios.map((scenario) => ({
      scenario,
      standing: byId.get(scenario.id) ?? 'not-chosen',
    }));
    const rows = api.codes.map((row) => {
      const own = scenarios.filter(
        ({ scenario }) => scenario.code === row.code && scenario.status === row.status,
      );
      return {
        row,
        standing: worst(own.map(({ standing }) => standing)),
        scenarios: own.map(({ scenario }) => scenario.id),
      };
    });
    return {
      api,
      scenarios: count(scenarios.map(({ standing }) => standing)),
      codes: count(rows.map(({ standing }) => standing)),
      rows,
    };
  });
}

const fromWorst: readonly Standing[] = [
  'failed',
  'no-answer',
  'not-testable',
  'not-chosen',
  'waived',
  'passed',
];

function worst(list: readonly Standing[]): Standing {
  return fromWorst.find((standing) => list.includes(standing)) ?? 'not-chosen';
}

function count(list: readonly Standing[]): StandingCounts {
  const counts: Record<Standing, number> = {
    passed: 0,
    failed: 0,
    waived: 0,
    'not-testable': 0,
    'no-answer': 0,
    'not-chosen': 0,
  };
  for (const standing of list) counts[standing] += 1;
  return counts;
}

/** The interpretations that a run saw, in the order of the register, each with the number of cases that showed it. */
export function interpretationsSeen(
  cases: readonly CaseRecord[],
  contract: Contract,
): readonly {
  readonly ambiguity: string;
  readonly interpretation: string;
  readonly text: string;
  readonly cases: number;
}[] {
  return contract.ambiguities.flatMap(({ id, interpretations }) =>
    [...interpretations].flatMap(([interpretation, text]) => {
      const seen = cases.filter((record) =>
        record.interpretations.includes(`${id}.${interpretation}`),
      ).length;
      return seen === 0 ? [] : [{ ambiguity: id, interpretation, text, cases: seen }];
    }),
  );
}
