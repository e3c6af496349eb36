import type { ProfileBase } from '../target/profile.ts';

/**
 * How many processes do cases side by side: each has one in flight at least, and what counts requests, or spaces them,
 * is one process.
 */
export function workersFor(
  wanted: number,
  { pace, maxRequests }: Pick<ProfileBase, 'pace' | 'maxRequests'>,
): { readonly workers: number; readonly note?: string } {
  if (wanted > 1 && (pace.requestsPerSecond !== undefined || maxRequests !== undefined)) {
    const field = maxRequests === undefined ? 'pace.requestsPerSecond' : 'maxRequests';
    return {
      workers: 1,
      note: `1 worker in place of ${wanted}: one process alone keeps to ${field} of the profile`,
    };
  }
  if (wanted > pace.inFlight) {
    const { inFlight } = pace;
    return {
      workers: inFlight,
      note: `${inFlight} ${inFlight === 1 ? 'worker' : 'workers'} in place of ${wanted}: pace.inFlight of the profile is ${inFlight}`,
    };
  }
  return { workers: wanted };
}

/** How many of all that may be in flight are those of one worker, the first of which is 0. */
export function shareOf(inFlight: number, workers: number, worker: number): number {
  return Math.max(1, Math.floor(inFlight / workers) + (worker % workers < inFlight % workers ? 1 : 0));
}
