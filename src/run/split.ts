import type { Case } from '../cases/case.ts';
import { stateGroups } from '../cases/state-groups.ts';
import type { Contract } from '../contract/model.ts';
import { choice } from './chosen.ts';
import type { Plan } from './plan.ts';
import type { Shard } from './settings.ts';

/**
 * Tells of a case whether it sees what another one has done to the target: those of every API of a workflow do, with
 * prepared data that a target may well use for several of them. What one case of any other API does, no other case sees.
 */
export function sharingState({ workflows }: Pick<Contract, 'workflows'>): (one: Case) => boolean {
  const groups = stateGroups(workflows);
  return ({ api }) => groups.has(api.id);
}

/** The cases that a run does: those of its shard that were chosen, in the order of the plan. */
export function casesOfRun({
  cases,
  contract,
  settings,
}: Pick<Plan, 'cases' | 'contract' | 'settings'>): readonly Case[] {
  return shardOf(cases, contract, settings.shard).filter(choice(settings.chosen));
}

/** The tag of cases that share state. */
export const sharedStateTag = '@shared-state';

/**
 * The cases of one shard, in their order. Those that see each other's effects are done on one machine: such groups are
 * dealt out first, the largest first, each to the shard that has least; all other cases fill the shards up evenly.
 */
export function shardOf(
  cases: readonly Case[],
  { workflows }: Pick<Contract, 'workflows'>,
  shard: Shard | undefined,
): readonly Case[] {
  if (shard === undefined || shard.of === 1) return cases;
  const { part, of } = shard;
  const groups = stateGroups(workflows);
  const sizes = new Map<string, number>();
  for (const { api } of cases) {
    const group = groups.get(api.id);
    if (group !== undefined) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  }
  const loads = new Array<number>(of).fill(0);
  const placeOf = new Map<string, number>();
  for (const [group, size] of [...sizes].sort(([, one], [, other]) => other - one)) {
    const place = leastOf(loads);
    placeOf.set(group, place);
    loads[place] = (loads[place] ?? 0) + size;
  }
  const free = cases.filter(({ api }) => !groups.has(api.id));
  const [from, to] = shareOf(free.length, loads, part - 1);
  const own = new Set(free.slice(from, to));
  return cases.filter((one) => {
    const group = groups.get(one.api.id);
    return group === undefined ? own.has(one) : placeOf.get(group) === part - 1;
  });
}

/** From where to where a shard takes of cases that may be done anywhere; neighbours, since they have the same controls. */
function shareOf(
  count: number,
  loads: readonly number[],
  place: number,
): readonly [from: number, to: number] {
  const filled = [...loads];
  for (let left = count; left > 0; left -= 1) {
    const least = leastOf(filled);
    filled[least] = (filled[least] ?? 0) + 1;
  }
  const taken = filled.map((load, index) => load - (loads[index] ?? 0));
  const from = taken.slice(0, place).reduce((sum, some) => sum + some, 0);
  return [from, from + (taken[place] ?? 0)];
}

function leastOf(loads: readonly number[]): number {
  return loads.indexOf(Math.min(...loads));
}
