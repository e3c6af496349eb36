import type { Allowance } from '../cases/permission.ts';
import type { Window } from './window.ts';

/** How precious a target is. */
export const environments = ['production', 'sandbox', 'local'] as const;

/** What a profile says of how careful a run must be. */
export interface Safety {
  readonly environment: (typeof environments)[number];
  /** What may be done to the target. */
  readonly effects: Allowance;
  /** Whether requests are sent that no page speaks of. */
  readonly robustness: boolean;
  /** The hours in which it may be tested; undefined: any. */
  readonly window?: Window;
}
