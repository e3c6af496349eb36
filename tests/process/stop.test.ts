import assert from 'node:assert/strict';
import { afterEach, mock, test } from 'node:test';
import { abortedAfter } from '../../src/engine/interrupted.ts';
import { InProgress } from '../../src/playwright/in-progress.ts';
import { onStop } from '../../src/process/stop.ts';

afterEach(() => mock.reset());

function listening() {
  let now = 0;
  mock.method(performance, 'now', () => now);
  const seen: string[] = [];
  const end = onStop(
    () => seen.push('first'),
    () => seen.push('again'),
  );
  return {
    seen,
    end,
    /** What comes so many milliseconds after the last one. */
    comes(event: NodeJS.Signals | 'disconnect', after: number) {
      now += after;
      if (event === 'disconnect') process.emit('disconnect');
      else process.emit(event);
    },
  };
}

test('signals within a second are one wish; a later one is a second wish', () => {
  const { seen, end, comes } = listening();
  comes('SIGINT', 0);
  comes('SIGINT', 2);
  comes('SIGTERM', 998);
  assert.deepEqual(seen, ['first']);
  comes('SIGINT', 1);
  assert.deepEqual(seen, ['first', 'again']);
  end();
});

test('the end of the launcher is a first wish, never a second one', () => {
  const { seen, end, comes } = listening();
  comes('disconnect', 0);
  comes('disconnect', 5000);
  assert.deepEqual(seen, ['first']);
  comes('SIGHUP', 1);
  assert.deepEqual(seen, ['first', 'again']);
  end();
  assert.equal(process.listenerCount('SIGHUP'), 0);
});

test('a stop waits for all that is under way, also for what fails', async () => {
  const cases = new InProgress();
  let finish = () => {};
  const slow = cases.do(() => new Promise<void>((resolve) => (finish = resolve)));
  const failing = cases.do(() => Promise.reject(new Error('no')));
  await assert.rejects(failing, /no/);
  let hasStopped = false;
  const stopping = cases.stop().then(() => {
    hasStopped = true;
  });
  assert.equal(cases.signal.aborted, true);
  await new Promise(setImmediate);
  assert.equal(hasStopped, false);
  finish();
  await Promise.all([slow, stopping]);
  assert.equal(hasStopped, true);
});

test('a late signal aborts with the reason of the first one, and not before', () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const controller = new AbortController();
  const late = abortedAfter(controller.signal, 100);
  mock.timers.tick(1000);
  assert.equal(late.aborted, false);
  controller.abort('enough');
  mock.timers.tick(99);
  assert.equal(late.aborted, false);
  mock.timers.tick(1);
  assert.deepEqual([late.aborted, late.reason], [true, 'enough']);
});
