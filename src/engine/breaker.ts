import type { Clock } from './clock.ts';
import { notSent } from './not-sent.ts';

/** How much trouble is borne. */
export interface Patience {
  /** So many exchanges in a row without an answer, and the target is asked whether it is there. */
  readonly target: number;
  /** So many in a row without one, and nothing more is sent to their API. */
  readonly api: number;
  /** Milliseconds from the first request of the row on, in which a target that has answered before may come back. */
  readonly comingBack: number;
  /** Milliseconds between two tries whether it is there: the first pause, and the longest. */
  readonly pause: { readonly first: number; readonly longest: number };
  /** Milliseconds that are spent in such pauses, in all of a run. */
  readonly pauses: number;
}

export const usualPatience: Patience = {
  target: 3,
  api: 5,
  comingBack: 40_000,
  pause: { first: 1_000, longest: 30_000 },
  pauses: 60_000,
};

/** Asks the target whether it is there, with a request that changes nothing. */
export interface Probe {
  /** For a person. */
  readonly name: string;
  /** @param limit milliseconds at most; as long as for any other unless given */
  readonly ask: (limit?: number) => Promise<boolean>;
}

export interface BreakerOptions {
  readonly clock: Clock;
  readonly patience: Patience;
  /** Undefined: there is no request that only reads. */
  readonly probe: Probe | undefined;
  /** Once it aborts nothing is asked or waited for. */
  readonly signal: AbortSignal | undefined;
  /** How many exchanges in a row had no answer before. */
  readonly row?: number | undefined;
  /** Told how many in a row have none, whenever that changes. */
  readonly onRow?: ((row: number) => void) | undefined;
  /** Told why nothing more is to be sent. */
  readonly stop: (sentence: string) => void;
  /** Told why nothing more is to be sent to an API. */
  readonly stopApi: (api: string, sentence: string) => void;
}

/** When a request was sent: in which time between two troubles, and at which moment. */
export interface Sending {
  readonly era: number;
  readonly at: number;
}

/** Watches for exchanges in a row without an answer, in the order in which they end. */
export class Breaker {
  readonly #options: BreakerOptions;
  /** By API, exchanges in a row without an answer. */
  readonly #rows = new Map<string, number>();
  #row: number;
  #rowSince: number;
  #era = 0;
  #hasAnswered = false;
  #paused = 0;
  /** Whether the doubt is another process's, which has not come to ask. */
  #isInherited: boolean;
  #asking: Promise<void> | undefined;

  constructor(options: BreakerOptions) {
    this.#options = options;
    this.#row = options.row ?? 0;
    this.#rowSince = options.clock.now();
    this.#isInherited = this.#row >= options.patience.target;
  }

  /** Resolves when nothing is in doubt: the target is there, or it has been given up. */
  async settled(): Promise<void> {
    if (this.#isInherited) {
      this.#isInherited = false;
      this.#beginAsking('as told of the cases before');
    }
    while (this.#asking !== undefined) await this.#asking;
  }

  sending(): Sending {
    return { era: this.#era, at: this.#options.clock.now() };
  }

  answered(api: string): void {
    this.#hasAnswered = true;
    this.#setRow(0);
    this.#rows.delete(api);
  }

  /**
   * What was under way when the target fell silent is one trouble with it, however much that was.
   *
   * @param why in words
   * @param expected it says nothing of its API: a target may well not answer such a request
   */
  unanswered(api: string, { era, at }: Sending, why: string, expected: boolean): void {
    if (era !== this.#era) return;
    const { patience, stopApi } = this.#options;
    if (!expected) {
      const row = (this.#rows.get(api) ?? 0) + 1;
      this.#rows.set(api, row);
      if (row === patience.api) {
        stopApi(api, `${notSent} to ${api}: ${row} requests to it in a row got no answer (${why})`);
      }
    }
    this.#rowSince = this.#row === 0 ? at : Math.min(this.#rowSince, at);
    this.#setRow(this.#row + 1);
    if (this.#row < patience.target) return;
    this.#beginAsking(why);
  }

  #beginAsking(why: string): void {
    this.#era += 1;
    this.#asking = this.#ask(why).finally(() => {
      this.#asking = undefined;
    });
  }

  #setRow(row: number): void {
    if (row === this.#row) return;
    this.#row = row;
    this.#options.onRow?.(row);
  }

  /** Asks until an answer comes, or as long as patience lasts. One that has never answered is asked once. */
  async #ask(why: string): Promise<void> {
    const { clock, patience, probe, signal, stop } = this.#options;
    const since = this.#rowSince;
    const until = since + (this.#hasAnswered ? patience.comingBack : 0);
    const seconds = () => `${Math.max(1, Math.round((clock.now() - since) / 1000))} s`;
    const row = `${this.#row} requests in a row got no answer (${why})`;
    if (!probe) return stop(`${notSent}: ${row}`);
    let pause = 0;
    for (let tries = 1; !signal?.aborted; tries += 1) {
      if (await (tries === 1 ? probe.ask() : probe.ask(until - clock.now()))) {
        this.#setRow(0);
        return;
      }
      if (signal?.aborted) return;
      pause = pause === 0 ? patience.pause.first : Math.min(pause * 2, patience.pause.longest);
      if (clock.now() + pause >= until || this.#paused + pause > patience.pauses) {
        const then = tries === 1 ? 'nor did a further try' : `nor did ${tries} further tries`;
        return stop(`${notSent}: ${row}, ${then} with ${probe.name}, for ${seconds()} in all`);
      }
      this.#paused += pause;
      await clock.wait(pause, signal).catch(() => undefined);
    }
  }
}
