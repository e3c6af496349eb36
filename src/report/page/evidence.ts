import type { Finding } from '../../judge/finding.ts';
import type { CaseRecord } from '../../record/record.ts';
import { promiseOfScenario } from '../coverage.ts';

/** What a run has to show of one clause. */
export interface ClauseEvidence {
  readonly kept: readonly CaseRecord[];
  readonly broken: readonly { readonly record: CaseRecord; readonly finding: Finding }[];
}

const none: ClauseEvidence = { kept: [], broken: [] };

/** Which cases show a clause, and how; scenarios first, since they send what the platform itself prepared. */
export class EvidenceIndex {
  readonly #byClause = new Map<string, { kept: CaseRecord[]; broken: ClauseEvidence['broken'][number][] }>();

  constructor(cases: readonly CaseRecord[]) {
    const scenariosFirst = [
      ...cases.filter(({ kind }) => kind === 'scenario'),
      ...cases.filter(({ kind }) => kind !== 'scenario'),
    ];
    for (const record of scenariosFirst) {
      // Nothing that a record says counts when the suite itself failed in it.
      if (record.outcome === 'harness-error') continue;
      const broken = new Set<string>();
      for (const finding of record.findings) this.#breaks(finding.clause, record, finding, broken);
      const kept = new Set(record.kept);
      const own = promiseOfScenario(record);
      if (own) {
        const against = record.findings.find(({ clause }) => own.says.includes(clause));
        if (against) this.#breaks(own.clause, record, against, broken);
        else if (record.outcome === 'conforms' || own.says.every((clause) => kept.has(clause)))
          kept.add(own.clause);
      }
      for (const clause of kept) if (!broken.has(clause)) this.#at(clause).kept.push(record);
    }
  }

  of(clause: string): ClauseEvidence {
    return this.#byClause.get(clause) ?? none;
  }

  /** Of each case the first finding: the others say the same of other places. */
  #breaks(clause: string, record: CaseRecord, finding: Finding, broken: Set<string>): void {
    if (!broken.has(clause)) this.#at(clause).broken.push({ record, finding });
    broken.add(clause);
  }

  #at(clause: string) {
    const known = this.#byClause.get(clause) ?? { kept: [], broken: [] };
    this.#byClause.set(clause, known);
    return known;
  }
}
