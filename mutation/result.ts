import type { Fault } from '../sandbox/faults/fault.ts';
import type { Variant } from '../sandbox/variants/variant.ts';
import type { Case } from '../src/cases/case.ts';
import type { Contract } from '../src/contract/model.ts';
import { assessFault, assessVariant, type FaultResult, type VariantResult } from './assess.ts';
import { type CheckRemoval, removeEachCheck } from './check-removal.ts';
import type { Reasons } from './reasons.ts';
import type { Trial } from './trial.ts';

/** A case that caught no fault, or a clause that none breaks, and why that is so. */
export interface Explained {
  readonly id: string;
  /** Undefined when mutation/never-catches.yaml or unbroken.yaml says nothing. */
  readonly reason: string | undefined;
}

/** What a mutation test came to; the JSON of it is this. */
export interface MutationTestResult {
  readonly mutationTest: 1;
  readonly documents: { readonly title: string; readonly version: string; readonly digest: string };
  readonly seed: number;
  /** Seconds. */
  readonly duration: number;
  readonly processes: number;
  /** Every fault and variant, so that what nobody broke and caught can be told. */
  readonly whole: boolean;
  /** How many cases there are, and how often one ran. */
  readonly cases: { readonly all: number; readonly ran: number; readonly spared: number };
  readonly counts: {
    readonly faults: number;
    readonly caught: number;
    readonly missed: number;
    readonly noisy: number;
    /** Of the caught ones: those whose findings have one cause, and those whose first cause names what is broken. */
    readonly oneCause: number;
    readonly firstNames: number;
    readonly variants: number;
    readonly failed: number;
  };
  readonly faults: readonly FaultResult[];
  readonly variants: readonly VariantResult[];
  /** Clauses that no fault lists. */
  readonly unbroken: readonly Explained[];
  /** Clauses that faults list and no finding ever names: those of a scenario, for example, are told by their code. */
  readonly unnamed: readonly string[];
  /** Cases that caught nothing. */
  readonly idle: readonly Explained[];
  /** Reasons that nothing needs any more. */
  readonly stale: readonly string[];
  readonly removals: readonly CheckRemoval[];
}

/** Puts the trials of a mutation test together. */
export function mutationTestResult(given: {
  readonly contract: Contract;
  readonly cases: readonly Case[];
  readonly faults: readonly Fault[];
  readonly variants: readonly Variant[];
  readonly trials: readonly Trial[];
  readonly whole: boolean;
  readonly reasons: { readonly idle: Reasons; readonly unbroken: Reasons };
  readonly run: Pick<MutationTestResult, 'seed' | 'duration' | 'processes'>;
}): MutationTestResult {
  const { contract, cases, trials, whole, run } = given;
  const trialOf = (kind: Trial['kind'], id: string): Trial => {
    const found = trials.find((trial) => trial.kind === kind && trial.id === id);
    if (!found) throw new Error(`the ${kind} ${id} was not tried`);
    return found;
  };
  const faults = given.faults.map((fault) => assessFault(fault, trialOf('fault', fault.id), contract));
  const variants = given.variants.map((variant) => assessVariant(variant, trialOf('variant', variant.id)));
  const broken = new Set(faults.flatMap(({ breaks }) => breaks));
  const named = new Set(faults.flatMap((one) => one.named));
  const clever = new Set(faults.flatMap(({ by }) => by));
  const ran = trials.reduce((sum, trial) => sum + trial.ran, 0);
  // Either answer to a case that observes conforms: it tells which interpretation a target follows.
  const idle = cases
    .filter(({ id, expectation }) => expectation.kind !== 'observed' && !clever.has(id))
    .map(({ id }) => id);
  const unbroken = [...contract.clauses.keys()].filter((id) => !broken.has(id));
  const { reasons } = given;
  const explained = (ids: readonly string[], { reasonFor }: Reasons) =>
    whole ? ids.map((id) => ({ id, reason: reasonFor(id) })) : [];
  return {
    mutationTest: 1,
    documents: { title: contract.title, version: contract.version, digest: contract.digest },
    ...run,
    whole,
    cases: { all: cases.length, ran, spared: cases.length * trials.length - ran },
    counts: {
      faults: faults.length,
      caught: faults.filter(({ caught }) => caught).length,
      missed: faults.filter(({ caught }) => !caught).length,
      noisy: faults.filter(({ noise }) => noise.length > 0).length,
      oneCause: faults.filter(({ caught, causes }) => caught && causes === 1).length,
      firstNames: faults.filter(({ caught, firstNames }) => caught && firstNames).length,
      variants: variants.length,
      failed: variants.filter(({ trouble }) => trouble.length > 0).length,
    },
    faults,
    variants,
    unbroken: explained(unbroken, reasons.unbroken),
    unnamed: whole ? [...broken].filter((id) => !named.has(id)) : [],
    idle: explained(idle, reasons.idle),
    stale: whole ? [...reasons.idle.staleFor(idle), ...reasons.unbroken.staleFor(unbroken)] : [],
    removals: whole ? removeEachCheck(given.faults, trials, contract) : [],
  };
}

/** Of the caught faults, how many have one cause, and of how many the first cause names what is broken: parts of one. */
export const causeGoals = { oneCause: 0.95, firstNames: 0.99 } as const;

/**
 * 1 when a fault is missed or noisy, a variant fails, a case is kept without a reason, or the faults of a whole test
 * have too many causes or wrong ones; 0 otherwise.
 */
export function exitCodeOf({ counts, whole, idle, stale }: MutationTestResult): 0 | 1 {
  const holds =
    counts.missed === 0 &&
    counts.noisy === 0 &&
    counts.failed === 0 &&
    (!whole ||
      (['oneCause', 'firstNames'] as const).every((one) => counts[one] >= causeGoals[one] * counts.caught)) &&
    idle.every(({ reason }) => reason !== undefined) &&
    stale.length === 0;
  return holds ? 0 : 1;
}
