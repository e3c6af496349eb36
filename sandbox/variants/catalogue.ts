import { didYouMean } from '../../src/yaml/nearest.ts';
import { SandboxError } from '../error.ts';
import { bodyVariants } from './bodies.ts';
import { interpretationVariants } from './interpretations.ts';
import { lifeVariants } from './lives.ts';
import type { Variant } from './variant.ts';
import { wireVariants } from './wire.ts';

export const allVariants: readonly Variant[] = [
  ...interpretationVariants,
  ...wireVariants,
  ...bodyVariants,
  ...lifeVariants,
];

/** @throws {SandboxError} when there is none of this id */
export function findVariant(id: string): Variant {
  const found = allVariants.find((one) => one.id === id);
  if (found) return found;
  const near = didYouMean(
    id,
    allVariants.map((one) => one.id),
  );
  throw new SandboxError(`--variant: no variant "${id}"${near}; --variants lists them`);
}
