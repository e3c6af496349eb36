import { setTimeout as wait } from 'node:timers/promises';

/** What an engine measures time with, and waits by. */
export interface Clock {
  /** Milliseconds, never going back. */
  readonly now: () => number;
  /** Resolves behind so many milliseconds; rejects with the reason of the signal. */
  readonly wait: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

export const machineClock: Clock = {
  now: () => performance.now(),
  async wait(milliseconds, signal) {
    try {
      await wait(milliseconds, undefined, { ...(signal && { signal }) });
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  },
};
