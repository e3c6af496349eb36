import type { CaseKind } from '../../cases/case.ts';
import type { Contract, Level, Source } from '../../contract/model.ts';
import type { CheckId } from '../../judge/check.ts';
import type { Answered, Outcome } from '../../judge/finding.ts';
import type { Verdict } from '../../judge/verdict.ts';
import type { Waiver } from '../../judge/waivers.ts';
import type { LedgerFooter, LedgerHeader } from '../../record/record.ts';
import {
  type ApiClauses,
  type Cause,
  type ClauseCoverage,
  type ClauseStanding,
  clauseCoverage,
  countClauses,
} from '../coverage.ts';
import { codeGrid, type GridRow } from '../grid.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { interpretationsSeen, type Standing, type StandingCounts, standingOf, tally } from '../tally.ts';
import { exitCodeOf, type WaiverState, waiverStandings } from '../waivers.ts';
import { repeatCommand } from './repeat.ts';

/** `conformance.json`, a run for programs; described by `reports/conformance.schema.json`. */
export interface ConformanceReport {
  readonly report: 1;
  readonly runId: string;
  readonly verdict: Verdict;
  readonly exitCode: 0 | 1 | 3;
  readonly target: LedgerHeader['target'];
  readonly tool: LedgerHeader['tool'];
  readonly documents: LedgerHeader['documents'];
  readonly seed: number;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly selection: LedgerHeader['selection'] & LedgerHeader['cases'];
  /** What was told of profile and settings before the run. */
  readonly notes: readonly string[];
  readonly counts: LedgerFooter['counts'];
  readonly problems: readonly string[];
  readonly apis: readonly {
    readonly id: string;
    readonly name: string;
    readonly scenarios: StandingCounts;
    readonly codes: readonly {
      readonly status: number;
      readonly code: string;
      readonly standing: Standing;
      readonly scenarios: readonly string[];
    }[];
  }[];
  readonly clauses: {
    readonly apis: readonly ({ readonly api: string } & ApiClauses['counts'])[];
    readonly list: readonly ReportedClause[];
  };
  readonly grid: readonly GridRow[];
  readonly cases: readonly {
    readonly id: string;
    readonly api: string;
    readonly kind: CaseKind;
    readonly level: Level;
    readonly title: string;
    readonly outcome: Outcome;
    readonly acknowledged: boolean;
    readonly reason: string;
    readonly notes: readonly string[];
  }[];
  readonly scenarios: readonly {
    readonly id: string;
    readonly api: string;
    readonly title: string;
    readonly status: number;
    readonly code: string;
    readonly outcome: Outcome;
    readonly acknowledged: boolean;
    readonly reason: string;
    readonly notes: readonly string[];
    readonly source: readonly Source[];
  }[];
  readonly findings: readonly {
    readonly check: CheckId;
    readonly clause: string;
    readonly sentence: string;
    readonly level: Level;
    readonly outcome: Outcome;
    readonly case: string;
    readonly place: string;
    readonly expected: string;
    readonly actual: string;
    readonly source: readonly Source[];
    /** Null when no answer came. */
    readonly answered: Answered | null;
    /** Its place in `waivers`, from 0; null unless it is waived. */
    readonly waiver: number | null;
    readonly repeat: string;
  }[];
  readonly waivers: readonly (Waiver & {
    readonly api: string;
    readonly state: WaiverState;
    readonly why: string;
    readonly findings: number;
    readonly cases: readonly string[];
  })[];
  readonly interpretations: readonly {
    readonly ambiguity: string;
    readonly interpretation: string;
    readonly text: string;
    readonly cases: number;
  }[];
  readonly notTestable: readonly {
    readonly case: string;
    readonly reason: string;
    readonly acknowledged: boolean;
  }[];
}

/** What a run shows of one clause. */
export interface ReportedClause {
  readonly id: string;
  readonly api: string;
  readonly level: Level;
  readonly sentence: string;
  readonly source: readonly Source[];
  readonly standing: ClauseStanding;
  /** Null unless it was not exercised. */
  readonly cause: Cause | null;
  readonly reason: string;
  readonly kept: number;
  readonly broken: number;
  /** Null unless it is an enum of an answer. */
  readonly values: ClauseCoverage['values'] | null;
}

/**
 * Makes `conformance.json` of a ledger.
 *
 * @param untested clause id → why there is no case (`specs/untested.yaml`)
 */
export function conformanceReport(
  ledger: Ledger,
  contract: Contract,
  untested: ReadonlyMap<string, string> = new Map(),
): ConformanceReport {
  const { header, cases, footer } = ledger;
  const sources = new Map(
    contract.apis.flatMap(({ scenarios }) => scenarios.map(({ id, source }) => [id, source] as const)),
  );
  const coverage = clauseCoverage(ledger, contract, untested);
  return {
    report: 1,
    runId: header.runId,
    verdict: footer.verdict,
    exitCode: exitCodeOf(ledger, contract),
    target: header.target,
    tool: header.tool,
    documents: header.documents,
    seed: header.seed,
    startedAt: header.startedAt,
    finishedAt: footer.finishedAt,
    selection: { ...header.selection, ...header.cases },
    notes: header.notes ?? [],
    counts: footer.counts,
    problems: footer.problems,
    apis: tally(cases, contract).map(({ api, scenarios, rows }) => ({
      id: api.id,
      name: api.name,
      scenarios,
      codes: rows.map(({ row, ...rest }) => ({ status: row.status, code: row.code, ...rest })),
    })),
    clauses: {
      apis: countClauses(coverage, contract).map(({ api, counts }) => ({ api: api.id, ...counts })),
      list: coverage.map(({ clause, standing, cause, reason, kept, broken, values }) => ({
        id: clause.id,
        api: clause.api,
        level: clause.level,
        sentence: clause.sentence,
        source: clause.source,
        standing,
        cause: cause ?? null,
        reason,
        kept,
        broken,
        values: values ?? null,
      })),
    },
    grid: codeGrid(ledger, contract),
    cases: cases.map(({ id, api, kind, level, title, outcome, acknowledged, reason, notes }) => ({
      id,
      api,
      kind,
      level,
      title,
      outcome,
      acknowledged,
      reason,
      notes,
    })),
    scenarios: cases.flatMap((record) => {
      if (record.kind !== 'scenario' || typeof record.expected === 'string') return [];
      const source = sources.get(record.id);
      return [
        {
          id: record.id,
          api: record.api,
          title: record.title,
          status: record.expected.status,
          code: record.expected.code,
          outcome: record.outcome,
          acknowledged: record.acknowledged,
          reason: record.reason,
          notes: record.notes,
          source: source ? [source] : [],
        },
      ];
    }),
    findings: cases.flatMap((record) =>
      record.findings.map((finding) => {
        const clause = contract.clauses.get(finding.clause);
        return {
          check: finding.check,
          clause: finding.clause,
          sentence: clause?.sentence ?? '',
          level: clause?.level ?? 'MUST',
          outcome: finding.outcome,
          case: record.id,
          place: finding.place,
          expected: finding.expected,
          actual: finding.actual,
          source: clause?.source ?? [],
          answered: finding.answered ?? null,
          waiver: finding.waiver ?? null,
          repeat: repeatCommand(header, record),
        };
      }),
    ),
    waivers: waiverStandings(ledger, contract).map(({ waiver, state, why, cases: showing, findings }) => ({
      ...waiver,
      api: contract.clauses.get(waiver.clause)?.api ?? '',
      state,
      why,
      findings: findings.length,
      cases: showing,
    })),
    interpretations: interpretationsSeen(cases, contract),
    notTestable: cases
      .filter(({ outcome }) => standingOf(outcome) === 'not-testable')
      .map(({ id, reason, acknowledged }) => ({ case: id, reason, acknowledged })),
  };
}
