import { createHash } from 'node:crypto';

/** A number of 256 bits for a purpose: the same one each time it is asked, whatever else was asked. */
export type Draw = (purpose: string) => bigint;

/** Draws that depend on nothing but the seed and what they are for. */
export function drawFrom(...seed: readonly (string | number)[]): Draw {
  return (purpose) => {
    const digest = createHash('sha256')
      .update(JSON.stringify([...seed, purpose]))
      .digest('hex');
    return BigInt(`0x${digest}`);
  };
}

/** A number from `least` to `most`, both included. */
export function between(drawn: bigint, least: bigint, most: bigint): bigint {
  return least + (drawn % (most - least + 1n));
}

export function oneOf<T>(drawn: bigint, list: readonly [T, ...T[]]): T {
  return list[Number(drawn % BigInt(list.length))] ?? list[0];
}
