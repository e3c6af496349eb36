import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shareOf, workersFor } from '../../src/run/workers.ts';

test('as many workers as are wanted, but no more than cases may be in flight', () => {
  assert.deepEqual(workersFor(3, { pace: { inFlight: 4 } }), { workers: 3 });
  const { workers, note = '' } = workersFor(8, { pace: { inFlight: 4 } });
  assert.equal(workers, 4);
  assert.match(note, /4 workers in place of 8: pace\.inFlight/);
});

test('one where requests are counted or spaced', () => {
  for (const profile of [
    { pace: { inFlight: 4, requestsPerSecond: 5 } },
    { pace: { inFlight: 4 }, maxRequests: 5 },
  ]) {
    const { workers, note } = workersFor(2, profile);
    assert.equal(workers, 1);
    assert.match(note ?? '', /one process alone keeps to (?:pace\.requestsPerSecond|maxRequests)/);
    assert.deepEqual(workersFor(1, profile), { workers: 1 });
  }
});

test('workers share out what may be in flight, and leave nothing', () => {
  for (const [inFlight, workers] of [
    [4, 1],
    [4, 3],
    [7, 7],
    [9, 2],
  ] as const) {
    const shares = Array.from({ length: workers }, (_, worker) => shareOf(inFlight, workers, worker));
    assert.equal(
      shares.reduce((sum, one) => sum + one, 0),
      inFlight,
    );
  }
});
