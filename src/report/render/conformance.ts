import type { Contract } from '../../contract/model.ts';
import type { Shape } from '../../json/define.ts';
import { brokenBy, causesOf } from '../causes.ts';
import { changesOf } from '../changes.ts';
import { clauseCoverage, countClauses } from '../coverage.ts';
import { codeGrid } from '../grid.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { interpretationsSeen, standingOf, tally } from '../tally.ts';
import { exitCodeOf, waiverStandings } from '../waivers.ts';
import type { conformance } from '../written.ts';
import { repeatCommand } from './repeat.ts';

/** `conformance.json`, a run for programs. */
export type ConformanceReport = Shape<typeof conformance>;

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
  const causes = causesOf(cases, contract);
  const causeOf = new Map(causes.flatMap(({ id, findings }) => findings.map(({ finding }) => [finding, id])));
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
    broken: brokenBy(causes),
    causes: causes.map(({ findings, example, words: _words, ...cause }) => ({
      ...cause,
      findings: findings.length,
      example: {
        case: example.case,
        clause: example.finding.clause,
        place: example.finding.place,
        expected: example.finding.expected,
        actual: example.finding.actual,
      },
    })),
    problems: footer.problems,
    changes: changesOf(cases),
    apis: tally(cases, contract).map(({ api, scenarios, rows }) => ({
      id: api.id,
      name: api.name,
      scenarios,
      codes: rows.map(({ row, ...rest }) => ({ status: row.status, code: row.code, ...rest })),
    })),
    clauses: {
      apis: countClauses(coverage, contract).map(({ api, counts }) => ({ api: api.id, ...counts })),
      list: coverage.map(({ clause, standing, gap, reason, kept, broken, values }) => ({
        id: clause.id,
        api: clause.api,
        subject: clause.subject,
        part: clause.part ?? null,
        name: clause.name ?? null,
        aspect: clause.aspect,
        level: clause.level,
        sentence: clause.sentence,
        source: clause.source,
        standing,
        gap: gap ?? null,
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
          cause: causeOf.get(finding) ?? null,
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
