/** Where a piece of work stands among the others. */
export interface Turn {
  /** What it shares with other work; those of different groups never wait for each other. */
  readonly group: string;
  /** Whether nothing else of its group may be under way meanwhile. */
  readonly alone: boolean;
}

interface Waiting extends Turn {
  readonly start: () => void;
}

/**
 * Does work that is handed over piece by piece, so many at once. Within a group pieces begin in the order in which they
 * came: one that must be alone waits for all before it, and all behind it wait for it.
 */
export class InFlight {
  readonly #limit: number;
  readonly #waiting: Waiting[] = [];
  /** By group, what is under way. */
  readonly #underWay = new Map<string, { count: number; readonly alone: boolean }>();
  #count = 0;

  /** @param limit how many at once, whatever their groups */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Begins as soon as it may, at once where nothing is before it, and settles as the work does. */
  do<T>(turn: Turn, work: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const start = () => {
        void work()
          .then(resolve, reject)
          .finally(() => this.#ended(turn.group));
      };
      this.#waiting.push({ ...turn, start });
      this.#startNext();
    });
  }

  #startNext(): void {
    const held = new Set<string>();
    for (let at = 0; at < this.#waiting.length && this.#count < this.#limit; ) {
      const next = this.#waiting[at];
      if (!next) return;
      if (held.has(next.group) || !this.#mayStart(next)) {
        held.add(next.group);
        at += 1;
        continue;
      }
      this.#waiting.splice(at, 1);
      this.#count += 1;
      const { count = 0 } = this.#underWay.get(next.group) ?? {};
      this.#underWay.set(next.group, { count: count + 1, alone: next.alone });
      next.start();
    }
  }

  #mayStart({ group, alone }: Turn): boolean {
    const underWay = this.#underWay.get(group);
    return !underWay || !(alone || underWay.alone);
  }

  #ended(group: string): void {
    this.#count -= 1;
    const { count = 0, alone = false } = this.#underWay.get(group) ?? {};
    if (count > 1) this.#underWay.set(group, { count: count - 1, alone });
    else this.#underWay.delete(group);
    this.#startNext();
  }
}

/**
 * Does work on items ahead of whoever takes the results, and gives those in the order of the items.
 *
 * @param ahead how many are handed to `work` and not yet taken, at most
 */
export async function* inOrder<Item, Result>(
  items: Iterable<Item>,
  ahead: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void, undefined> {
  const begun: Promise<Result>[] = [];
  for (const item of items) {
    const one = work(item);
    // Whoever takes it gets the error; until then nobody listens.
    one.catch(() => undefined);
    begun.push(one);
    if (begun.length < ahead) continue;
    const first = begun.shift();
    if (first) yield await first;
  }
  for (const one of begun) yield await one;
}
