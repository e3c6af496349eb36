import type { CheckId } from './check.ts';

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

/** What an answer came with, as far as it may be written down: no code when it had none of the form of a code. */
export interface Answered {
  readonly status: number;
  readonly code?: string;
}

/** What a check says of an exchange. Texts are for persons and hold no secret, card or personal data. */
export interface Finding {
  readonly check: CheckId;
  /** The id of the clause. */
  readonly clause: string;
  readonly outcome: Outcome;
  /** A JSON pointer into the body (`/parcel/size`), `header <Name>`, or `HTTP status`. */
  readonly place: string;
  readonly expected: string;
  readonly actual: string;
  /** What the answer in which it showed came with; absent when none came. */
  readonly answered?: Answered;
  /** Of a waived one: the place of its waiver among those of the run, from 0. */
  readonly waiver?: number;
}

/** The worst of some outcomes; `conforms` of none. */
export function worstOf(list: readonly Outcome[]): Outcome {
  return list.reduce<Outcome>(
    (worst, one) => (outcomes.indexOf(one) > outcomes.indexOf(worst) ? one : worst),
    'conforms',
  );
}
