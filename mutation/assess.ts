import type { Fault } from '../sandbox/faults/fault.ts';
import type { Contract } from '../src/contract/model.ts';
import type { Trial, TrialFinding } from './trial.ts';

/** What a trial of a fault proves of the suite. */
export interface FaultResult {
  readonly id: string;
  readonly family: Fault['family'];
  readonly sentence: string;
  readonly breaks: readonly string[];
  readonly apis: readonly string[];
  /** A finding names a clause that the fault breaks. */
  readonly caught: boolean;
  /** The listed clauses that findings name. */
  readonly named: readonly string[];
  /** The cases with such a finding. */
  readonly by: readonly string[];
  /** Findings that name another clause, and cases that the fault must not keep from being judged. */
  readonly noise: readonly string[];
  /** How many causes its findings have; of what breaks a SHOULD alone, its warnings. */
  readonly causes: number;
  /** The cause that is told first begins with a clause that the fault breaks. */
  readonly firstNames: boolean;
  /** The clauses that those findings name. */
  readonly strange: readonly string[];
  readonly ran: number;
  readonly duration: number;
}

export interface VariantResult {
  readonly id: string;
  readonly sentence: string;
  /** Violations, and cases without a judgement; none is right. */
  readonly trouble: readonly string[];
  readonly ran: number;
  readonly duration: number;
}

/** A violation, or of a clause that is no more than a SHOULD a warning. */
export function counts({ outcome, clause }: TrialFinding, contract: Contract): boolean {
  return outcome === 'violates' || (outcome === 'warns' && contract.clauses.get(clause)?.level === 'SHOULD');
}

/**
 * Holds the findings of a trial against what the fault breaks: caught when one of them names a clause of the fault,
 * noisy when a violation names any other one or the suite itself failed. A case whose control no longer holds is not
 * exercised, which is no noise. A warning of a SHOULD is none either: faults may be bad manners too.
 */
export function assessFault(fault: Fault, trial: Trial, contract: Contract): FaultResult {
  const { id, family, sentence, breaks, apis } = fault;
  const right = trial.findings.filter((one) => breaks.includes(one.clause) && counts(one, contract));
  const wrong = trial.findings.filter(
    ({ clause, outcome }) => outcome === 'violates' && !breaks.includes(clause),
  );
  const level = breaks.every((clause) => contract.clauses.get(clause)?.level === 'SHOULD')
    ? 'warns'
    : 'violates';
  const causes = trial.causes.filter(({ outcome }) => outcome === level);
  return {
    id,
    family,
    sentence,
    breaks,
    apis,
    caught: right.length > 0,
    named: breaks.filter((clause) => right.some((one) => one.clause === clause)),
    by: [...new Set(right.map((one) => one.case))],
    noise: [
      ...wrong.map(shown),
      ...trial.unjudged
        .filter(({ outcome }) => outcome === 'harness-error')
        .map(({ case: caseId, reason }) => `${caseId}: harness-error, ${reason}`),
    ],
    causes: causes.length,
    firstNames: breaks.some((clause) => clause === causes[0]?.clauses[0]),
    strange: [...new Set(wrong.map(({ clause }) => clause))],
    ran: trial.ran,
    duration: trial.duration,
  };
}

/** A variant must be judged by every case, and violate nothing. */
export function assessVariant(
  { id, sentence }: { readonly id: string; readonly sentence: string },
  trial: Trial,
): VariantResult {
  return {
    id,
    sentence,
    trouble: [
      ...trial.findings.filter(({ outcome }) => outcome === 'violates').map(shown),
      ...trial.unjudged.map(({ case: caseId, outcome, reason }) => `${caseId}: ${outcome}, ${reason}`),
    ],
    ran: trial.ran,
    duration: trial.duration,
  };
}

function shown({ case: caseId, clause, place, expected, actual }: TrialFinding): string {
  return `${caseId}: ${clause} at ${place}: expected ${expected}, got ${actual}`;
}
