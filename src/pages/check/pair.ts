import type { Group } from './item.ts';

interface Keyed {
  readonly group: Group;
  readonly keys: readonly string[];
}

/** Two sides, item by item. */
export interface Pairing<Left, Right> {
  readonly pairs: readonly (readonly [Left, Right])[];
  /** Items of the left side that the right one lacks, in their order. */
  readonly left: readonly Left[];
  readonly right: readonly Right[];
}

/**
 * Pairs the items of two sides: by their strongest key first, then by weaker ones, at last by `alike`; each item
 * once, in the order of the sides.
 */
export function pair<Left extends Keyed, Right extends Keyed>(
  left: readonly Left[],
  right: readonly Right[],
  alike: (left: Left, right: Right) => boolean = () => false,
): Pairing<Left, Right> {
  const partners = new Map<Left, Right>();
  const taken = new Set<Right>();
  const match = (fits: (one: Left, other: Right) => boolean) => {
    for (const one of left) {
      if (partners.has(one)) continue;
      const other = right.find((item) => item.group === one.group && !taken.has(item) && fits(one, item));
      if (other === undefined) continue;
      partners.set(one, other);
      taken.add(other);
    }
  };
  const ranks = Math.max(0, ...left.map(({ keys }) => keys.length));
  for (let rank = 0; rank < ranks; rank++) {
    match((one, other) => {
      const key = one.keys[rank];
      return key !== undefined && key !== '' && other.keys.includes(key);
    });
  }
  match(alike);
  return {
    pairs: left.flatMap((one) => {
      const other = partners.get(one);
      return other === undefined ? [] : [[one, other] as const];
    }),
    left: left.filter((one) => !partners.has(one)),
    right: right.filter((other) => !taken.has(other)),
  };
}
