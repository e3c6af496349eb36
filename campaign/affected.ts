import type { Deviation } from '../sandbox/deviation.ts';
import type { Case } from '../src/cases/case.ts';
import type { Contract } from '../src/contract/model.ts';

/** What a trial is about to change in the target. */
export interface Reach {
  /** The APIs whose requests are handled otherwise. */
  readonly apis: readonly string[];
  readonly breaks: readonly string[];
  readonly deviation: Deviation;
}

/** The APIs that work on the same accounts and registrations; the other one only reads cards that never change. */
const sharedState = ['ars-register', 'ars-inquiry', 'account-info', 'account-delete'];
const writers = ['ars-register', 'account-delete'];

/**
 * The cases whose result a fault can change. All others come out as they do without it:
 *
 * - the hooks of a fault act on requests to its own APIs alone (`fault()` in sandbox/faults sees to that);
 * - a request to another API is answered otherwise only if the state behind it is another one, and only
 *   ars-register and account-delete write any, when a request reaches their business. So a fault that changes what
 *   reaches it, or the business itself, takes all four APIs with that state along;
 * - a case over time sends requests to several APIs and runs whenever one of them is reached;
 * - a case of robustness can only warn, so it runs for the faults that are bad manners themselves.
 */
export function affectedCases(cases: readonly Case[], contract: Contract, reach: Reach): readonly Case[] {
  const { leavesOut, open, act } = reach.deviation;
  const mayWrite = Boolean(leavesOut ?? open ?? act) && writers.some((api) => reach.apis.includes(api));
  const reached = new Set([...reach.apis, ...(mayWrite ? sharedState : [])]);
  const isBadManners = reach.breaks.some((id) => contract.clauses.get(id)?.subject === 'robustness');
  return cases.filter(({ kind, api }) => {
    if (kind === 'robustness' && !isBadManners) return false;
    if (reached.has(api.id)) return true;
    return kind === 'over-time' && sharedState.some((one) => reached.has(one));
  });
}
