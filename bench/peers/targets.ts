import { allFaults } from '../../sandbox/faults/catalogue.ts';
import { type Fault, families } from '../../sandbox/faults/fault.ts';
import type { Deviation } from '../../sandbox/stages.ts';
import { allVariants } from '../../sandbox/variants/catalogue.ts';
import type { Contract } from '../../src/contract/model.ts';

/** A deviating target that every tool is tried against. */
export interface Target {
  readonly kind: 'fault' | 'variant';
  readonly id: string;
  /** Made anew for each tool. */
  readonly deviation: () => Deviation;
  /** The APIs that it can affect; all without. */
  readonly apis?: readonly string[];
}

/** Every `every`-th fault of each family, the first one always. */
export function chosenFaults(contract: Contract, every: number): readonly Fault[] {
  const all = allFaults(contract);
  const chosen = new Set(
    families.flatMap((family) =>
      all.filter((one) => one.family === family).filter((_, index) => index % every === 0),
    ),
  );
  return all.filter((one) => chosen.has(one));
}

/** The variants first, since all APIs are tried against each. */
export function targetsOf(contract: Contract, faults: readonly Fault[]): readonly Target[] {
  return [
    ...allVariants(contract).map(
      ({ id, deviation }) => ({ kind: 'variant', id, deviation: () => deviation }) as const,
    ),
    ...faults.map(({ id, deviation, apis }) => ({ kind: 'fault', id, deviation, apis }) as const),
  ];
}
