import { createHash } from 'node:crypto';
import { faker } from '@faker-js/faker/locale/base';

/** The generator of values, set so that what comes next depends on nothing but the seed and what it is for. */
export function seededFaker(seed: number, purpose: string): typeof faker {
  faker.seed(hashed(`${seed} ${purpose}`));
  return faker;
}

/** Numbers in [0, 1), each of which depends on the seed, what it is for, and how many came before it. */
export function seededNumbers(seed: number, purpose: string): () => number {
  let count = 0;
  return () => {
    count += 1;
    return hashed(`${seed} ${purpose} ${count}`) / 2 ** 32;
  };
}

function hashed(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32LE();
}
