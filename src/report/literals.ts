/**
 * A set of texts that is found in other texts in one pass, whatever the case of ASCII letters. An alternation of some
 * hundred literals, as a regular expression, took hundreds of milliseconds for one exchange.
 */
export class Literals {
  readonly #byStart = new Map<string, string[]>();
  readonly #base: Literals | undefined;

  /** @param literals of `startLength` characters at least; shorter ones are left out */
  constructor(literals: Iterable<string>, base?: Literals) {
    this.#base = base;
    for (const literal of new Set([...literals].map(lowerCase))) {
      if (literal.length < startLength) continue;
      const start = literal.slice(0, startLength);
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

/** ASCII only, so that every place stays where it is. */
function lowerCase(text: string): string {
  return text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
