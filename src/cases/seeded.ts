import { createHash } from 'node:crypto';
import { faker } from '@faker-js/faker/locale/base';

/** The generator of values, set so that what comes next depends on nothing but the seed and what it is for. */
export function seededFaker(seed: number, purpose: string): typeof faker {
  faker.seed(createHash('sha256').update(`${seed} ${purpose}`).digest().readUInt32LE());
  return faker;
}
