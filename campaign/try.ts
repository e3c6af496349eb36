import { findFault } from '../sandbox/faults/catalogue.ts';
import { findVariant } from '../sandbox/variants/catalogue.ts';
import type { CaseRecord } from '../src/report/record.ts';
import { affectedCases } from './affected.ts';
import type { Trial } from './trial.ts';
import { runAgainst, type Workshop } from './workshop.ts';

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
export async function tryOne(workshop: Workshop, { kind, id }: Job): Promise<Trial> {
  const start = performance.now();
  const { contract, cases } = workshop;
  const trial = (records: readonly CaseRecord[]): Trial => ({
    kind,
    id,
    ran: records.length,
    findings: records.flatMap((record) =>
      record.findings.map((finding) => ({ ...finding, case: record.id, kind: record.kind })),
    ),
    unjudged: records
      .filter(({ outcome }) => !['conforms', 'warns', 'waived', 'violates'].includes(outcome))
      .map(({ id: caseId, outcome, reason }) => ({ case: caseId, outcome, reason })),
    duration: performance.now() - start,
  });
  if (kind === 'variant') {
    return trial(await runAgainst(workshop, cases, { deviation: findVariant(id).deviation, apis: [] }));
  }
  const fault = findFault(id, contract);
  const affected = await affectedCases(workshop, fault);
  return trial(await runAgainst(workshop, affected, { deviation: fault.deviation(), apis: fault.apis }));
}
