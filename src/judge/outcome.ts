/**
 * What became of a clause or a case, from best to worst:
 *
 * - `conforms`: a real answer kept the promise
 * - `waived`: it did not, and a waiver covers it
 * - `warns`: a SHOULD was not kept
 * - `not-exercised`: nothing in the run showed it either way
 * - `not-testable`: the target's profile has no data or capability for it
 * - `setup-error`: what must be true beforehand could not be brought about
 * - `target-error`: no usable answer came
 * - `harness-error`: our own fault
 * - `violates`: a real answer broke the promise
 */
export const outcomes = [
  'conforms',
  'waived',
  'warns',
  'not-exercised',
  'not-testable',
  'setup-error',
  'target-error',
  'harness-error',
  'violates',
] as const;

export type Outcome = (typeof outcomes)[number];

/** The worst of some outcomes; `conforms` of none. */
export function worstOf(list: readonly Outcome[]): Outcome {
  return list.reduce<Outcome>(
    (worst, one) => (outcomes.indexOf(one) > outcomes.indexOf(worst) ? one : worst),
    'conforms',
  );
}
