/**
 * Lets Playwright's runner be stopped by more than Ctrl-C: by SIGTERM, by the end of the terminal, and by the channel to
 * the command that started it, which is closed when that wants the runner to stop and when it has ended. Whatever comes
 * first is handed to Playwright as the SIGINT that it knows, once; a SIGINT that the terminal sends besides is the same
 * wish. A second SIGINT is between the terminal and Playwright, which then waits for nothing.
 *
 * @returns aborts when the runner shall stop
 */
export function stopRunnerOnRequest(): AbortSignal {
  const stopped = new AbortController();
  const ownListeners = 1;
  let waiting = false;
  const interrupt = () => {
    if (stopped.signal.aborted) return;
    stopped.abort();
    if (process.listenerCount('SIGINT') > ownListeners) process.emit('SIGINT');
    else waiting = true;
  };
  process.on('SIGINT', () => {
    if (process.listenerCount('SIGINT') > ownListeners) stopped.abort();
    else interrupt();
  });
  // Playwright listens as long as it has something to stop: not yet, here.
  process.on('newListener', (event) => {
    if (event !== 'SIGINT' || !waiting) return;
    waiting = false;
    setImmediate(() => process.emit('SIGINT'));
  });
  process.on('SIGTERM', interrupt);
  process.on('SIGHUP', interrupt);
  process.on('disconnect', interrupt);
  process.channel?.unref();
  // Closed before anybody listened: there was a channel, and it is no more.
  if (process.send && !process.connected) interrupt();
  return stopped.signal;
}
