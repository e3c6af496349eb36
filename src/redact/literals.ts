/**
 * A set of texts that is found in other texts in one pass, whatever the case of ASCII letters. An alternation of some
 * hundred literals, as a regular expression, took hundreds of milliseconds for one exchange.
 */
export class Literals {
  readonly #byStart = new Map<string, string[]>();
  readonly #base: Literals | undefined;
  /** Whether any literal, of the base too, may start with three units of this sum: most places need no closer look. */
  readonly #starts: Uint8Array;

  /** @param literals of `startLength` characters at least; shorter ones are left out */
  constructor(literals: Iterable<string>, base?: Literals) {
    this.#base = base;
    this.#starts = base ? base.#starts.slice() : new Uint8Array(sums);
    for (const literal of new Set([...literals].map(lowerCase))) {
      if (literal.length < startLength) continue;
      const start = literal.slice(0, startLength);
      this.#starts[sumAt(literal, 0)] = 1;
      this.#byStart.set(
        start,
        [...(this.#byStart.get(start) ?? []), literal].sort((a, b) => b.length - a.length),
      );
    }
  }

  /** The text with every one of them replaced, at each place the longest. */
  replaceIn(text: string, replacement: string): string {
    const lower = lowerCase(text);
    let shown = '';
    let kept = 0;
    for (let at = 0; at + startLength <= lower.length; at += 1) {
      if (this.#starts[sumAt(lower, at)] === 0) continue;
      const length = this.#lengthAt(lower, at);
      if (length === 0) continue;
      shown += text.slice(kept, at) + replacement;
      kept = at + length;
      at = kept - 1;
    }
    return kept === 0 ? text : shown + text.slice(kept);
  }

  #lengthAt(lower: string, at: number): number {
    const found = this.#byStart
      .get(lower.slice(at, at + startLength))
      ?.find((literal) => lower.startsWith(literal, at));
    return Math.max(found?.length ?? 0, this.#base ? this.#base.#lengthAt(lower, at) : 0);
  }
}

/** The shortest literal that is looked for. */
export const startLength = 6;

const sums = 0x10000;

/** Of the three units at a place. */
function sumAt(text: string, at: number): number {
  return (
    (text.charCodeAt(at) ^ (text.charCodeAt(at + 1) << 5) ^ (text.charCodeAt(at + 2) << 10)) & (sums - 1)
  );
}

/** ASCII only, so that every place stays where it is. */
function lowerCase(text: string): string {
  if (isAscii.test(text)) return text.toLowerCase();
  return text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

const isAscii = /^[\0-\x7f]*$/;
