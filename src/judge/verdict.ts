import type { Outcome } from './outcome.ts';

/** What a run says of a target. */
export const verdicts = ['conformant', 'nonconformant', 'incomplete'] as const;

export type Verdict = (typeof verdicts)[number];

/** The exit code of a run; 2, usage or configuration, is told before there is a run. */
export const exitCodes: Readonly<Record<Verdict, 0 | 1 | 3>> = {
  conformant: 0,
  nonconformant: 1,
  incomplete: 3,
};

export const usageExitCode = 2;

/** How one case counts for the verdict. */
export interface CaseOutcome {
  readonly outcome: Outcome;
  /** The profile says, with a reason, that it can't serve this case. */
  readonly acknowledged: boolean;
}

/**
 * One broken promise makes a run nonconformant. Otherwise whatever kept a case from being judged makes it incomplete,
 * and so does a run without a single judged case: nothing is green by silence.
 */
export function verdictOf(cases: readonly CaseOutcome[]): Verdict {
  if (cases.some(({ outcome }) => outcome === 'violates')) return 'nonconformant';
  const judged = cases.filter(
    ({ outcome }) => outcome === 'conforms' || outcome === 'warns' || outcome === 'waived',
  );
  const unjudged = cases.filter((one) => !judged.includes(one));
  const accounted = unjudged.every(({ outcome, acknowledged }) => outcome === 'not-testable' && acknowledged);
  return judged.length > 0 && accounted ? 'conformant' : 'incomplete';
}
