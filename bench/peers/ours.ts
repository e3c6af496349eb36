import { assessFault, assessVariant } from '../../mutation/assess.ts';
import { tryAll } from '../../mutation/pool.ts';
import type { Fault } from '../../sandbox/faults/fault.ts';
import { allVariants } from '../../sandbox/variants/catalogue.ts';
import type { Contract } from '../../src/contract/model.ts';
import type { Target } from './targets.ts';

/** What the project's own cases said of the same targets. */
export interface OwnPass {
  /** Faults with any violation or warning: what is asked of the peers. */
  readonly caught: ReadonlySet<string>;
  /** Faults of which a finding names the broken clause: what is asked of this suite. */
  readonly named: ReadonlySet<string>;
  readonly falseAlarms: ReadonlyMap<string, readonly string[]>;
  /** Milliseconds, start of the processes included. */
  readonly duration: number;
}

/** Tries the own cases as the mutation test does: over HTTP, each fault with the cases that it can affect. */
export async function ownPass(
  contract: Contract,
  faults: readonly Fault[],
  targets: readonly Target[],
  { processes, told }: { readonly processes: number; readonly told: () => void },
): Promise<OwnPass> {
  const start = performance.now();
  const jobs = targets.map(({ kind, id }) => ({ kind, id }));
  const trials = await tryAll(jobs, { processes, seed: 1 }, told);
  const duration = performance.now() - start;
  const caught = new Set<string>();
  const named = new Set<string>();
  const falseAlarms = new Map<string, readonly string[]>();
  for (const trial of trials) {
    if (trial.kind === 'variant') {
      const variant = allVariants(contract).find(({ id }) => id === trial.id);
      const trouble = variant ? assessVariant(variant, trial).trouble : [];
      if (trouble.length > 0) falseAlarms.set(trial.id, trouble);
      continue;
    }
    if (trial.findings.length > 0) caught.add(trial.id);
    const fault = faults.find(({ id }) => id === trial.id);
    if (fault && assessFault(fault, trial, contract).caught) named.add(trial.id);
  }
  return { caught, named, falseAlarms, duration };
}
