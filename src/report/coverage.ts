import { clauseId } from '../contract/clauses.ts';
import type { Api, Clause, Contract } from '../contract/model.ts';
import { fieldsOf } from '../contract/schema.ts';
import { clausesTestedBy } from '../contract/tested-by.ts';
import { type Outcome, worstOf } from '../judge/finding.ts';
import type { CaseRecord } from '../record/record.ts';
import type { Ledger } from './ledger/ledger.ts';

/**
 * What a run shows of a clause: `conforms`, a real answer kept it and none broke it; `violates`, `warns`, `waived`, a
 * real answer broke it; `not-testable`, the target can't serve any case that tests it; `untested`, there is no case, for
 * a written reason; `not-exercised`, nothing showed it either way.
 */
export const clauseStandings = [
  'conforms',
  'violates',
  'warns',
  'waived',
  'not-exercised',
  'not-testable',
  'untested',
] as const;

export type ClauseStanding = (typeof clauseStandings)[number];

/** How the standings are called at the head of a column. */
export const clauseLabels: Readonly<Record<ClauseStanding, string>> = {
  conforms: 'conform',
  violates: 'violated',
  warns: 'warned',
  waived: 'waived',
  'not-exercised': 'not exercised',
  'not-testable': 'not testable',
  untested: 'untested',
};

/** Why a clause was not exercised, in words. */
export const gaps = {
  'no-case': 'no case tests it',
  'not-chosen': 'none of the chosen cases tests it',
  'no-answer': 'its cases got no usable answer',
  'not-reached': 'its cases broke off before it, or another promise was broken first',
  'not-shown': 'no judged answer showed it',
} as const;

export type Gap = keyof typeof gaps;

export interface ClauseCoverage {
  readonly clause: Clause;
  readonly standing: ClauseStanding;
  /** In how many cases real answers kept it, and broke it. */
  readonly kept: number;
  readonly broken: number;
  /** Set when it was not exercised. */
  readonly gap?: Gap;
  /** Why there is no evidence, in one line; empty when there is. */
  readonly reason: string;
  /** Of an enum of an answer: its documented values, and those that came. */
  readonly values?: { readonly documented: readonly string[]; readonly seen: readonly string[] };
}

/** The clauses of one API, counted. */
export interface ApiClauses {
  readonly api: Api;
  readonly counts: Readonly<Record<ClauseStanding, number>>;
}

interface Found {
  kept: number;
  broken: number;
  worst: Outcome;
  /** The cases that test it and came to nothing for it: the first of each kind, and how many. */
  readonly without: Map<Gap | 'not-testable', { readonly first: CaseRecord; count: number }>;
  readonly seen: Set<string>;
}

/**
 * What a run shows of every clause of the contract, in its order. Evidence alone counts: what real answers kept and
 * broke, whatever a case was there to test; the clause of a scenario is kept and broken with its code and status. Nothing that a record
 * says counts when the suite itself failed in it.
 *
 * @param untested clause id → why there is no case (`specs/untested.yaml`)
 */
export function clauseCoverage(
  { header, cases }: Pick<Ledger, 'header' | 'cases'>,
  contract: Contract,
  untested: ReadonlyMap<string, string>,
): readonly ClauseCoverage[] {
  const found = new Map<string, Found>();
  const testedBy = clausesTestedBy(contract);
  for (const record of cases) gather(record, testedBy(record), found);
  const partial = header.cases.planned < header.cases.all;
  const documented = new Map(contract.apis.flatMap(documentedValues));
  return [...contract.clauses.values()].map((clause) => {
    const evidence = found.get(clause.id);
    const values = documented.get(clause.id);
    return {
      clause,
      kept: evidence?.kept ?? 0,
      broken: evidence?.broken ?? 0,
      ...standing(evidence, untested.get(clause.id), partial),
      ...(values && {
        values: { documented: values, seen: values.filter((value) => evidence?.seen.has(value)) },
      }),
    };
  });
}

/** The clauses of each API of the contract, counted by what the run shows of them. */
export function countClauses(coverage: readonly ClauseCoverage[], contract: Contract): readonly ApiClauses[] {
  const byApi = new Map(contract.apis.map((api) => [api.id, { api, counts: noClauses() }]));
  for (const { clause, standing } of coverage) {
    const counts = byApi.get(clause.api)?.counts;
    if (counts) counts[standing] += 1;
  }
  return [...byApi.values()];
}

function noClauses(): Record<ClauseStanding, number> {
  return {
    conforms: 0,
    violates: 0,
    warns: 0,
    waived: 0,
    'not-exercised': 0,
    'not-testable': 0,
    untested: 0,
  };
}

function gather(record: CaseRecord, tested: ReadonlySet<string>, found: Map<string, Found>): void {
  const at = (clause: string): Found => {
    const known = found.get(clause) ?? {
      kept: 0,
      broken: 0,
      worst: 'conforms',
      without: new Map(),
      seen: new Set(),
    };
    found.set(clause, known);
    return known;
  };
  const shown = new Set<string>();
  const keep = (clause: string) => {
    shown.add(clause);
    at(clause).kept += 1;
  };
  const breaks = (clause: string, outcome: Outcome) => {
    const evidence = at(clause);
    if (!shown.has(clause)) evidence.broken += 1;
    shown.add(clause);
    evidence.worst = worstOf([evidence.worst, outcome]);
  };

  if (record.outcome !== 'harness-error') {
    for (const { clause, outcome } of record.findings) if (isBroken(outcome)) breaks(clause, outcome);
    const own = promiseOfScenario(record);
    if (own) {
      const against = record.findings.filter(
        ({ clause, outcome }) => own.says.includes(clause) && isBroken(outcome),
      );
      if (against.length > 0) breaks(own.clause, worstOf(against.map(({ outcome }) => outcome)));
      else if (record.outcome === 'conforms' || own.says.every((clause) => record.kept.includes(clause)))
        keep(own.clause);
    }
    for (const clause of record.kept) if (!shown.has(clause)) keep(clause);
    for (const { clause, values } of record.seen ?? [])
      for (const value of values) at(clause).seen.add(value);
  }
  for (const clause of tested) {
    if (shown.has(clause)) continue;
    const { without } = at(clause);
    const why = gapOf(record.outcome);
    const before = without.get(why);
    if (before) before.count += 1;
    else without.set(why, { first: record, count: 1 });
  }
}

/** The clause of a scenario, and those that say the same of its answer: its code and the HTTP status of that. */
export function promiseOfScenario({
  id,
  api,
  kind,
  expected,
}: CaseRecord): { readonly clause: string; readonly says: readonly string[] } | undefined {
  if (kind !== 'scenario' || typeof expected === 'string') return undefined;
  const says = (['code', 'status'] as const).map((aspect) => clauseId.code(api, expected.code, aspect));
  return { clause: clauseId.scenario(id), says };
}

function isBroken(outcome: Outcome): boolean {
  return outcome === 'violates' || outcome === 'warns' || outcome === 'waived';
}

/** Why a case with this outcome says nothing of a clause that it tests. */
function gapOf(outcome: Outcome): Gap | 'not-testable' {
  switch (outcome) {
    case 'not-testable':
      return 'not-testable';
    case 'target-error':
    case 'harness-error':
      return 'no-answer';
    case 'setup-error':
    case 'not-exercised':
    case 'violates':
    case 'waived':
      return 'not-reached';
    case 'conforms':
    case 'warns':
      return 'not-shown';
  }
}

/** What says most first. */
const telling = ['not-shown', 'not-reached', 'no-answer'] as const;

function standing(
  evidence: Found | undefined,
  untested: string | undefined,
  partial: boolean,
): Pick<ClauseCoverage, 'standing' | 'gap' | 'reason'> {
  if (evidence && evidence.broken > 0) return { standing: brokenAs(evidence.worst), reason: '' };
  if (evidence && evidence.kept > 0) return { standing: 'conforms', reason: '' };
  for (const gap of telling) {
    const cases = evidence?.without.get(gap);
    if (!cases) continue;
    return { standing: 'not-exercised', gap, reason: `${gaps[gap]}: ${told(cases)}` };
  }
  const notTestable = evidence?.without.get('not-testable');
  if (notTestable) return { standing: 'not-testable', reason: told(notTestable) };
  if (untested !== undefined) return { standing: 'untested', reason: untested };
  const gap = partial ? 'not-chosen' : 'no-case';
  return { standing: 'not-exercised', gap, reason: gaps[gap] };
}

function brokenAs(worst: Outcome): ClauseStanding {
  return worst === 'warns' || worst === 'waived' ? worst : 'violates';
}

function told({ first, count }: { readonly first: CaseRecord; readonly count: number }): string {
  const reason = first.reason === '' ? '' : ` (${first.reason})`;
  return `${first.id}${reason}${count === 1 ? '' : ` and ${count - 1} more`}`;
}

/** The enums of an API's answers: clause id → documented values. */
function documentedValues(api: Api): readonly (readonly [string, readonly string[]])[] {
  return api.responses
    .filter(({ status }) => status < 300)
    .flatMap(({ body }) => fieldsOf(body.schema))
    .flatMap(({ path, schema }) => {
      const values = [schema, ...(schema.anyOf ?? [])].flatMap((part) => part.enum ?? []);
      return values.length === 0 ? [] : [[clauseId.responseField(api.id, path, 'enum'), values] as const];
    });
}
