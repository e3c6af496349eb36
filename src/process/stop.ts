/** A Ctrl-C reaches every process of a terminal, and through npm and the launcher once more: all that is one wish. */
const sameWish = 1000;

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Incomplete: nobody is there to be told more. */
const leave = () => process.exit(3);

/** Ends this process when the launcher that started it has gone, until {@link onStop} knows better. */
export function endWithLauncher(): void {
  if (!process.connected) return;
  process.on('disconnect', leave);
  // Listening must not keep the process alive.
  process.channel?.unref();
}

/**
 * Listens for whatever wants this process to stop: signals, and the end of the launcher.
 *
 * @param first called once
 * @param again called when a signal comes later on
 * @returns ends listening
 */
export function onStop(first: () => void, again: () => void): () => void {
  let since: number | undefined;
  const gone = () => {
    if (since !== undefined) return;
    since = performance.now();
    first();
  };
  const signalled = () => {
    if (since === undefined) gone();
    else if (performance.now() - since > sameWish) again();
  };
  process.off('disconnect', leave);
  process.on('disconnect', gone);
  process.channel?.unref();
  for (const signal of signals) process.on(signal, signalled);
  return () => {
    process.off('disconnect', gone);
    for (const signal of signals) process.off(signal, signalled);
  };
}
