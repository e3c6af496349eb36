import type { Check } from './checks.ts';
import type { Refusal } from './own-codes.ts';
import type { Situation } from './stages.ts';

/** Stops the request unless the check holds; a deviation may leave a check out. */
export function demand(at: Situation, check: Check, holds: boolean, refusal: () => Refusal): void {
  if (!holds && at.deviation.leavesOut?.(check, at) !== true) throw refusal();
}
