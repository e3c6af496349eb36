/** Begins work ahead of those who wait for it, in its order. */
export class Ahead<Item, Result> {
  readonly #certain: readonly Item[];
  readonly #count: number;
  readonly #work: (item: Item) => Promise<Result>;
  readonly #begun = new Map<Item, Promise<Result>>();
  #next = 0;

  /**
   * @param certain what is sure to be asked for, in this order
   * @param count how many are begun and not yet asked for, at most
   */
  constructor(certain: readonly Item[], count: number, work: (item: Item) => Promise<Result>) {
    this.#certain = certain;
    this.#count = count;
    this.#work = work;
  }

  /** The result of one; what comes behind it is begun meanwhile. */
  async result(item: Item): Promise<Result> {
    const at = this.#certain.indexOf(item, Math.max(0, this.#next - this.#count));
    const until = at === -1 ? 0 : Math.min(at + this.#count, this.#certain.length);
    for (; this.#next < until; this.#next += 1) {
      const one = this.#certain[this.#next];
      if (one === undefined) break;
      const begun = this.#work(one);
      // Whoever asks gets the error; until then nobody listens.
      begun.catch(() => undefined);
      this.#begun.set(one, begun);
    }
    const begun = this.#begun.get(item) ?? this.#work(item);
    this.#begun.delete(item);
    return begun;
  }
}
