import type { Case, CaseKind } from '../cases/case.ts';

/** Cases that one process does, in this order. */
export type Part = readonly Case[];

/** Parts at most of one file: for each part the runner copies the file's whole list, which must not become quadratic. */
const mostParts = 32;
/** Cases that a part has at least, so that processes are not handed crumbs. */
const fewestCases = 50;

/**
 * The cases of a kind's file, in parts that may be done side by side.
 *
 * Cases that see what another one has done to the target keep the order of the plan, in one process, however many there
 * are: those of every API with promises over time (a registration, its account, the deletion, with prepared members that
 * a target may well use for several of them). They are one part, in the file `over-time`, whatever their kind. The cases
 * over time themselves live through theirs with a member of their own. What one case of any other API does, no other
 * case sees.
 */
export function partsOf(cases: readonly Case[], kind: CaseKind): readonly Part[] {
  const own = cases.filter((one) => one.kind === kind);
  if (kind === 'over-time') {
    const dependent = cases.filter((one) => one.kind !== kind && seesOthers(one));
    return [dependent, own].filter((part) => part.length > 0);
  }
  const free = own.filter((one) => !seesOthers(one));
  const size = Math.max(fewestCases, Math.ceil(free.length / mostParts));
  return Array.from({ length: Math.ceil(free.length / size) }, (_, index) =>
    free.slice(index * size, (index + 1) * size),
  );
}

function seesOthers({ api }: Case): boolean {
  return api.behaviours.length > 0;
}
