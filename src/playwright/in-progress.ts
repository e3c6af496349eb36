import { interrupted } from '../engine/interrupted.ts';

/** Cases that are under way in this process, and the wish that they end. */
export class InProgress {
  readonly #controller = new AbortController();
  readonly #underWay = new Set<Promise<unknown>>();

  /** Aborts when no further case is wanted. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Waits for a case; meanwhile it counts as under way. */
  async do<T>(work: () => Promise<T>): Promise<T> {
    const one = work();
    this.#underWay.add(one);
    try {
      return await one;
    } finally {
      this.#underWay.delete(one);
    }
  }

  /** From now on nothing more is sent, but for cleaning up. */
  abort(): void {
    this.#controller.abort(new Error(interrupted));
  }

  /** Stops all cases that are under way, and waits until each has cleaned up and written its record. */
  async stop(): Promise<void> {
    this.abort();
    await Promise.allSettled(this.#underWay);
  }
}

/** The cases of this worker. */
export const casesInProgress = new InProgress();
