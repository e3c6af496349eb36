import type { Case } from '../cases/case.ts';
import type { Contract } from '../contract/model.ts';
import { choice } from './chosen.ts';
import type { Plan } from './plan.ts';
import type { Shard } from './settings.ts';

/**
 * The cases that see what another one has done to the target: those of every API of a workflow do, with prepared data
 * that a target may well use for several of them. They are done one behind the other, in one process, on one machine.
 * What one case of any other API does, no other case sees.
 */
export function sharingState(
  cases: readonly Case[],
  { workflows }: Pick<Contract, 'workflows'>,
): ReadonlySet<Case> {
  const apis = new Set(workflows.flatMap((one) => one.apis));
  return new Set(cases.filter(({ api }) => apis.has(api.id)));
}

/** The cases that a run does: those of its shard that were chosen, in the order of the plan. */
export function casesOfRun(
  { cases, settings }: Pick<Plan, 'cases' | 'settings'>,
  shared: ReadonlySet<Case>,
): readonly Case[] {
  return shardOf(cases, shared, settings.shard).filter(choice(settings.chosen));
}

/** The tag of cases that share state. */
export const sharedStateTag = '@shared-state';

/**
 * The cases of one shard, in their order: those that share state are all in the first one, the others are dealt out so
 * that the shards are as even as that allows.
 *
 * @param shared those of all cases that share state
 */
export function shardOf(
  cases: readonly Case[],
  shared: ReadonlySet<Case>,
  shard: Shard | undefined,
): readonly Case[] {
  if (shard === undefined || shard.of === 1) return cases;
  const { part, of } = shard;
  const free = cases.filter((one) => !shared.has(one));
  const inFirst = Math.max(0, Math.ceil(cases.length / of) - shared.size);
  const others = free.slice(inFirst);
  const from = (index: number) => Math.ceil((others.length * index) / (of - 1));
  const own = new Set(
    part === 1 ? [...shared, ...free.slice(0, inFirst)] : others.slice(from(part - 2), from(part - 1)),
  );
  return cases.filter((one) => own.has(one));
}
