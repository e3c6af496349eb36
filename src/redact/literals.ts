/** One text that is looked for, folded. */
export interface Literal {
  readonly units: string;
}

/** The shortest literal that is looked for, in units. */
export const shortestLiteral = 3;

/** What is longer is looked for in pieces of half of this. */
const longestLiteral = 64;

interface Bucket<L> {
  /** The lengths there are, longest first: they are few, however many the literals. */
  readonly lengths: number[];
  readonly literals: Map<string, L>;
}

/**
 * A set of literals that is looked for in one pass, in time linear in the text, however many there are: an alternation
 * of some hundred as a regular expression took hundreds of milliseconds for one exchange, and of thousands was refused.
 */
export class Literals<L extends Literal> {
  readonly #byStart = new Map<string, Bucket<L>>();
  readonly #base: Literals<L> | undefined;
  /** By their sums, how literals start, those of the base too: most places of a text need no closer look. */
  readonly #starts: Uint8Array;
  readonly #longStarts: Uint8Array;
  readonly #shortStarts: Uint8Array;

  /** @param literals of `shortestLiteral` units at least, shorter ones are left out; of two of the same the first counts */
  constructor(literals: Iterable<L>, base?: Literals<L>) {
    this.#base = base;
    this.#starts = base ? base.#starts.slice() : new Uint8Array(sums / 8);
    this.#longStarts = base ? base.#longStarts.slice() : new Uint8Array(sums / 8);
    this.#shortStarts = base ? base.#shortStarts.slice() : new Uint8Array(sums / 8);
    for (const literal of literals) {
      for (const units of piecesOf(literal.units))
        this.#add(units === literal.units ? literal : { ...literal, units });
    }
  }

  /** Tells each place at which one begins of the longest that is accepted there; they may overlap. */
  find(units: string, found: (literal: L, start: number) => boolean): void {
    for (let at = 0; at + shortestLiteral <= units.length; at += 1) {
      const sum = sumAt(units, at);
      if (!has(this.#starts, sum)) continue;
      if (has(this.#longStarts, longSumAt(units, at)) || has(this.#shortStarts, sum))
        this.#findAt(units, at, found);
    }
  }

  #findAt(units: string, at: number, found: (literal: L, start: number) => boolean): void {
    const bucket = this.#byStart.get(units.slice(at, at + shortestLiteral));
    for (const length of bucket?.lengths ?? []) {
      const literal = bucket?.literals.get(units.slice(at, at + length));
      if (literal && found(literal, at)) break;
    }
    if (this.#base) this.#base.#findAt(units, at, found);
  }

  #add(literal: L): void {
    const { units } = literal;
    if (units.length < shortestLiteral) return;
    const start = units.slice(0, shortestLiteral);
    const bucket: Bucket<L> = this.#byStart.get(start) ?? { lengths: [], literals: new Map() };
    this.#byStart.set(start, bucket);
    if (bucket.literals.has(units)) return;
    bucket.literals.set(units, literal);
    if (!bucket.lengths.includes(units.length)) {
      bucket.lengths.push(units.length);
      bucket.lengths.sort((a, b) => b - a);
    }
    add(this.#starts, sumAt(units, 0));
    if (units.length < longStart) add(this.#shortStarts, sumAt(units, 0));
    else add(this.#longStarts, longSumAt(units, 0));
  }
}

/** Pieces that cover the whole of a long text. */
function piecesOf(units: string): readonly string[] {
  if (units.length <= longestLiteral) return [units];
  const length = longestLiteral / 2;
  const pieces: string[] = [];
  for (let at = 0; at + length < units.length; at += length) pieces.push(units.slice(at, at + length));
  return [...pieces, units.slice(-length)];
}

const sums = 0x10000;
const longStart = 6;

/** Of the three units at a place. */
function sumAt(text: string, at: number): number {
  return (
    (text.charCodeAt(at) ^ (text.charCodeAt(at + 1) << 5) ^ (text.charCodeAt(at + 2) << 10)) & (sums - 1)
  );
}

/** Of the six units at a place. */
function longSumAt(text: string, at: number): number {
  return (sumAt(text, at) ^ (sumAt(text, at + 3) * 31)) & (sums - 1);
}

function has(bits: Uint8Array, sum: number): boolean {
  return ((bits[sum >> 3] ?? 0) & (1 << (sum & 7))) !== 0;
}

function add(bits: Uint8Array, sum: number): void {
  bits[sum >> 3] = (bits[sum >> 3] ?? 0) | (1 << (sum & 7));
}
