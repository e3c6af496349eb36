import type { Contract } from '../../src/contract/model.ts';
import { didYouMean } from '../../src/yaml/nearest.ts';
import { SandboxError } from '../error.ts';
import { bodyVariants } from './bodies.ts';
import { contractVariants } from './from-contract.ts';
import { interpretationVariants } from './interpretations.ts';
import { registrationVariants } from './registrations.ts';
import type { Variant } from './variant.ts';
import { wireVariants } from './wire.ts';

/** Every variant; those that the contract leaves open are made from it. */
export function allVariants(contract: Contract): readonly Variant[] {
  return [
    ...interpretationVariants,
    ...contractVariants(contract),
    ...wireVariants,
    ...bodyVariants,
    ...registrationVariants,
  ];
}

/** @throws {SandboxError} when there is none of this id */
export function findVariant(id: string, contract: Contract): Variant {
  const all = allVariants(contract);
  const found = all.find((one) => one.id === id);
  if (found) return found;
  const near = didYouMean(
    id,
    all.map((one) => one.id),
  );
  throw new SandboxError(`--variant: no variant "${id}"${near}; --variants lists them`);
}
