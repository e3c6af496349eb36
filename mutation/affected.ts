import type { Fault } from '../sandbox/faults/fault.ts';
import type { Case } from '../src/cases/case.ts';
import { changesAny } from './baseline.ts';
import type { Fixture } from './fixture.ts';

/** The APIs that work on the same accounts and registrations; the other one only reads cards that never change. */
const sharedState = ['ars-register', 'ars-inquiry', 'account-info', 'account-delete'];
const writers = ['ars-register', 'account-delete'];

/**
 * The cases that can tell a fault from its absence. All others come out as they do without it, or are not exercised:
 *
 * - the hooks of a fault act on requests to its own APIs alone (`fault()` in sandbox/faults sees to that);
 * - a request to another API is answered otherwise only if the state behind it is another one, and only ars-register
 *   and account-delete write any, when a request reaches their business. A fault that changes what reaches it, or the
 *   business itself, takes all four APIs with that state along;
 * - every other fault that remembers nothing is held against the baseline, a run without a fault in which every step
 *   of the target was recorded: where its hooks leave each step of a case as it was, the target answers as it did. The
 *   steps of a control belong to the case that sends it. When a control fails by the fault, the cases that wait for
 *   it are not exercised, which is neither a catch nor noise;
 * - a case over time sends requests to several APIs, so it is there whenever one of them is reached.
 */
export async function affectedCases(
  { cases, baseline }: Pick<Fixture, 'cases' | 'baseline'>,
  fault: Fault,
): Promise<readonly Case[]> {
  const deviation = fault.deviation();
  const { leavesOut, open, act } = deviation;
  const mayWrite = Boolean(leavesOut ?? open ?? act) && writers.some((api) => fault.apis.includes(api));
  const reached = new Set([...fault.apis, ...(mayWrite ? sharedState : [])]);
  const candidates = cases.filter(({ kind, api }) => {
    if (reached.has(api.id)) return true;
    return kind === 'over-time' && sharedState.some((one) => reached.has(one));
  });
  if (mayWrite || fault.remembers) return candidates;
  const affected = await Promise.all(
    candidates.map(({ id }) => changesAny(deviation, baseline.get(id) ?? [])),
  );
  return candidates.filter((_, index) => affected[index]);
}
