/** Why a case is not judged whose run was stopped. */
export const interrupted = 'the run was interrupted';

/** Aborts so many milliseconds after another signal; never without one. */
export function abortedAfter(signal: AbortSignal | undefined, delay: number): AbortSignal {
  const late = new AbortController();
  const start = () => setTimeout(() => late.abort(signal?.reason), delay).unref();
  if (signal?.aborted) start();
  else signal?.addEventListener('abort', start, { once: true });
  return late.signal;
}
