import type { Finding, Outcome } from '../src/judge/finding.ts';
import type { Cause } from '../src/report/causes.ts';

/** A finding, and the case that made it. */
export interface TrialFinding extends Finding {
  readonly case: string;
}

/** What the cases said of one deviating target. */
export interface Trial {
  readonly kind: 'fault' | 'variant';
  readonly id: string;
  /** How many cases ran; all others are those that can't be affected. */
  readonly ran: number;
  /** What the findings have in common, as a report of the whole suite would tell it. */
  readonly causes: readonly Pick<Cause, 'id' | 'clauses' | 'outcome'>[];
  /** Violations and warnings. */
  readonly findings: readonly TrialFinding[];
  /** Cases that came to something else than conforms, warns or violates. */
  readonly unjudged: readonly { readonly case: string; readonly outcome: Outcome; readonly reason: string }[];
  /** Milliseconds. */
  readonly duration: number;
}
