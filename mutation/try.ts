import { findFault } from '../sandbox/faults/catalogue.ts';
import { findVariant } from '../sandbox/variants/catalogue.ts';
import type { CaseRecord } from '../src/record/record.ts';
import { causesOf } from '../src/report/causes.ts';
import { affectedCases } from './affected.ts';
import { type Fixture, runAgainst } from './fixture.ts';
import type { Trial } from './trial.ts';

/** A deviating target to try. */
export interface Job {
  readonly kind: 'fault' | 'variant';
  readonly id: string;
}

/**
 * Tries one fault, with the cases that it can affect, or one variant, with all of them.
 *
 * @throws {SandboxError} for an unknown id
 */
export async function tryOne(fixture: Fixture, { kind, id }: Job): Promise<Trial> {
  const start = performance.now();
  const { contract, cases, records: unbroken } = fixture;
  const trial = (records: readonly CaseRecord[]): Trial => {
    const byId = new Map(records.map((record) => [record.id, record]));
    const all = unbroken.map((record) => byId.get(record.id) ?? record);
    return {
      kind,
      id,
      ran: records.length,
      causes: causesOf(all, contract).map((cause) => ({
        id: cause.id,
        clauses: cause.clauses,
        outcome: cause.outcome,
      })),
      findings: records.flatMap((record) =>
        record.findings.map((finding) => ({ ...finding, case: record.id })),
      ),
      unjudged: records
        .filter(({ outcome }) => !['conforms', 'warns', 'waived', 'violates'].includes(outcome))
        .map(({ id: caseId, outcome, reason }) => ({ case: caseId, outcome, reason })),
      duration: performance.now() - start,
    };
  };
  if (kind === 'variant') {
    return trial(
      await runAgainst(fixture, cases, { deviation: findVariant(id, contract).deviation, apis: [] }),
    );
  }
  const fault = findFault(id, contract);
  const affected = await affectedCases(fixture, fault);
  return trial(await runAgainst(fixture, affected, { deviation: fault.deviation(), apis: fault.apis }));
}
