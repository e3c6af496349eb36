import type { Case } from '../cases/case.ts';
import { stateGroups } from '../cases/state-groups.ts';
import type { Contract } from '../contract/model.ts';
import { controlId } from './control.ts';
import type { Turn } from './in-flight.ts';

/**
 * Tells of each case, asked in the order of the plan, what may be in flight with it. The APIs of a workflow see each
 * other's effects and are one group; every other API is one by itself. What may change the target's state is alone in
 * its group, so that states change in the order of the plan: a request to an operation that writes or deletes, unless
 * it is to be rejected.
 */
export function turnsOf({ workflows }: Pick<Contract, 'workflows'>): (one: Case) => Turn {
  const groups = stateGroups(workflows);
  const controls = new Set<string>();
  return (one) => {
    const { api, plan, expectation } = one;
    const group = groups.get(api.id) ?? api.id;
    if (!plan.ready) return { group, alone: false };
    if (expectation.kind === 'workflow') return { group, alone: true };
    if (api.effect === 'reads') return { group, alone: false };
    if (expectation.kind !== 'rejected') return { group, alone: true };
    const control = controlId(one, expectation.control);
    // The control, which is to be accepted, is sent with the first case that needs it.
    const sendsControl = !controls.has(control);
    controls.add(control);
    return { group, alone: sendsControl };
  };
}
