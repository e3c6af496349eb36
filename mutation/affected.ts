import type { Fault } from '../sandbox/faults/fault.ts';
import type { Case } from '../src/cases/case.ts';
import { writersIn } from '../src/contract/arazzo/model.ts';
import { changesAny } from './baseline.ts';
import { apisOf, type Fixture } from './fixture.ts';

/**
 * The cases that can tell a fault from its absence. All others come out as they do without it, or are not exercised:
 *
 * - the hooks of a fault act on requests to its own APIs alone (`fault()` in sandbox/faults sees to that);
 * - a request to another API is answered otherwise only if the state behind it is another one, and only the APIs that
 *   start, move or remove something in a workflow write any, when a request reaches their business. A fault that changes
 *   what reaches it, or the business itself, takes all APIs of that workflow along;
 * - every other fault that remembers nothing is held against the baseline, a run without a fault in which every step
 *   of the target was recorded: where its hooks leave each step of a case as it was, the target answers as it did. The
 *   steps of a control belong to the case that sends it. When a control fails by the fault, the cases that wait for
 *   it are not exercised, which is neither a catch nor noise;
 * - the case of a workflow sends requests to several APIs, so it is there whenever one of them is reached.
 */
export async function affectedCases(
  { contract, cases, baseline }: Pick<Fixture, 'contract' | 'cases' | 'baseline'>,
  fault: Fault,
): Promise<readonly Case[]> {
  const deviation = fault.deviation();
  const { leavesOut, open, act } = deviation;
  const changesBusiness = Boolean(leavesOut ?? open ?? act);
  const written = contract.workflows.filter(
    (one) => changesBusiness && fault.apis.some((api) => writersIn(one).has(api)),
  );
  const reached = new Set([...fault.apis, ...written.flatMap(({ apis }) => apis)]);
  const candidates = cases.filter((one) => apisOf(one).some((id) => reached.has(id)));
  if (written.length > 0 || fault.remembers) return candidates;
  const affected = await Promise.all(
    candidates.map(({ id }) => changesAny(deviation, baseline.get(id) ?? [])),
  );
  return candidates.filter((_, index) => affected[index]);
}
