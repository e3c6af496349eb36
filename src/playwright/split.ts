import type { Case } from '../cases/case.ts';
import type { Shard } from '../run/settings.ts';

/**
 * Whether a case sees what another one has done to the target: those of every API with promises over time do (a
 * registration, its account, the deletion, with prepared members that a target may well use for several of them). They
 * are done one behind the other, in one process, on one machine. What one case of any other API does, no other case sees.
 */
export function sharesState({ api }: Case): boolean {
  return api.behaviours.length > 0;
}

/** The tag of cases that share state. */
export const sharedStateTag = '@shared-state';

/**
 * The cases of one shard, in their order: those that share state are all in the first one, the others are dealt out so
 * that the shards are as even as that allows.
 */
export function shardOf(cases: readonly Case[], shard: Shard | undefined): readonly Case[] {
  if (shard === undefined || shard.of === 1) return cases;
  const { part, of } = shard;
  const shared = new Set(cases.filter(sharesState));
  const free = cases.filter((one) => !shared.has(one));
  const inFirst = Math.max(0, Math.ceil(cases.length / of) - shared.size);
  const others = free.slice(inFirst);
  const from = (index: number) => Math.ceil((others.length * index) / (of - 1));
  const own = new Set(
    part === 1 ? [...shared, ...free.slice(0, inFirst)] : others.slice(from(part - 2), from(part - 1)),
  );
  return cases.filter((one) => own.has(one));
}
