import { _baseTest } from '@playwright/test';
import { casesInProgress } from './in-progress.ts';

/**
 * Playwright's test without its browser fixtures, which cost each test tens of milliseconds and are not needed here.
 * It is exported under a private name: this is the one file that knows it, and the version is pinned.
 *
 * A worker that is stopped leaves its test where it is and tears down its fixtures: here, then, the case under way is
 * stopped, and waited for. The second time, when the runner has gone meanwhile, nothing is waited for.
 */
export const test = _baseTest.extend<object, { readonly stopping: undefined }>({
  stopping: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names of the fixtures here, and none is used.
    async ({}, use) => {
      // A terminal tells all its processes; the runner, which tells its workers to stop, takes a moment.
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
        process.on(signal, () => casesInProgress.abort());
      }
      process.on('disconnect', () => {
        if (casesInProgress.signal.aborted) process.exit();
      });
      await use(undefined);
      await casesInProgress.stop();
    },
    { scope: 'worker', auto: true },
  ],
});
