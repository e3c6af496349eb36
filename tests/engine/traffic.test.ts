import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Probe, usualPatience } from '../../src/engine/breaker.ts';
import type { Clock } from '../../src/engine/clock.ts';
import { retryAfter, Stopped, Traffic, type TrafficOptions, type Try } from '../../src/engine/traffic.ts';
import type { TransportFailure } from '../../src/wire/exchange.ts';
import { contract } from '../project.ts';

// Against a clock that goes only where somebody waits, or where an exchange is said to have taken time.

class Time implements Clock {
  at = 0;
  readonly waits: number[] = [];
  readonly now = () => this.at;
  readonly wait = async (milliseconds: number, signal?: AbortSignal) => {
    signal?.throwIfAborted();
    this.waits.push(milliseconds);
    this.at += milliseconds;
  };
}

function apiThat(effect: string) {
  const found = contract.apis.find((api) => api.effect === effect);
  assert.ok(found);
  return found;
}

const reading = apiThat('reads');
const writing = apiThat('writes');
const request = { method: 'POST', url: 'http://t.example/', headers: [], body: new Uint8Array() };
const gone: TransportFailure = { kind: 'timeout', message: 'no complete answer within 10000 ms' };
const idle: TransportFailure = { kind: 'reset', message: 'the connection was lost', idleConnection: true };

function lost(failure = gone): Try {
  return {
    exchange: { request, outcome: { ok: false, failure }, startedAt: 0, duration: 1 },
    reception: { usable: false, why: failure.message, answered: false },
  };
}

function answer(status = 200, headers: readonly (readonly [string, string])[] = []): Try {
  const response = { status, headers, body: new Uint8Array() };
  const isThere = status < 400;
  return {
    exchange: { request, outcome: { ok: true, response }, startedAt: 0, duration: 1 },
    reception: isThere
      ? { usable: true, response, envelope: undefined }
      : { usable: false, why: `HTTP ${status}: the target is not available now`, answered: false },
  };
}

function open(options: Partial<TrafficOptions> = {}) {
  const time = new Time();
  const traffic = new Traffic({
    clock: time,
    pace: { inFlight: 4 },
    maxRequests: undefined,
    limit: 900_000,
    patience: usualPatience,
    probe: undefined,
    signal: undefined,
    ...options,
  });
  return { time, traffic };
}

/** A probe that is answered from the given try on, and takes so long until then. */
function probe(
  time: () => Time,
  from: number,
  takes = 10_000,
): Probe & { readonly limits: (number | undefined)[] } {
  const limits: (number | undefined)[] = [];
  return {
    limits,
    name: 'parcels/found',
    async ask(limit) {
      limits.push(limit);
      if (limits.length >= from) return true;
      time().at += Math.min(takes, limit ?? takes);
      return false;
    },
  };
}

/** Requests of a kind, one behind the other, each taking ten seconds, until one is not sent: why, and how many were. */
async function until(
  traffic: Traffic,
  time: Time,
  api = reading,
  most = 50,
): Promise<[string | undefined, number]> {
  for (let sent = 0; sent < most; sent += 1) {
    try {
      await traffic.send(api, async () => {
        time.at += 10_000;
        return lost();
      });
    } catch (error) {
      assert.ok(error instanceof Stopped);
      return [error.message, sent];
    }
  }
  return [undefined, most];
}

test('a target that has never answered is asked once more and then left alone', async () => {
  const asked = probe(() => time, 99);
  const { time, traffic } = open({ probe: asked });
  const [why, sent] = await until(traffic, time);
  assert.equal(sent, 3);
  assert.match(
    why ?? '',
    /^nothing more was sent: 3 requests in a row got no answer \(no complete answer.*\), nor did a further try with parcels\/found, for 40 s in all$/,
  );
  assert.deepEqual(asked.limits, [undefined]);
  assert.equal(traffic.stopped, why);
});

test('one that has answered before may come back, within 40 s of the first request that got no answer', async () => {
  const asked = probe(() => time, 99, 1);
  const { time, traffic } = open({ probe: asked });
  await traffic.send(reading, async () => answer());
  for (let nth = 0; nth < 3; nth += 1) await traffic.send(reading, async () => lost());
  const [why] = await until(traffic, time);
  assert.match(why ?? '', /nor did 6 further tries/);
  assert.deepEqual(time.waits, [1000, 2000, 4000, 8000, 16_000]);
  assert.ok(time.at < 40_000, String(time.at));
});

test('when it comes back, requests go on, and nothing is lost but what was under way', async () => {
  const { time, traffic } = open({ probe: probe(() => time, 3, 1) });
  await traffic.send(reading, async () => answer());
  for (let nth = 0; nth < 3; nth += 1) await traffic.send(reading, async () => lost());
  const { exchange } = await traffic.send(reading, async () => answer());
  assert.equal(exchange.outcome.ok, true);
  assert.deepEqual(time.waits, [1000, 2000]);
  assert.equal(traffic.stopped, undefined);
});

test('a row goes on where another process has left it', async () => {
  const rows: number[] = [];
  const { time, traffic } = open({ probe: probe(() => time, 99), row: 2, onRow: (row) => rows.push(row) });
  const [why, sent] = await until(traffic, time);
  assert.deepEqual([sent, rows], [1, [3]]);
  assert.match(why ?? '', /3 requests in a row got no answer/);
});

test('one that was long enough when its process ended is asked about before anything is sent', async () => {
  const { time, traffic } = open({ probe: probe(() => time, 99), row: 3 });
  const [why, sent] = await until(traffic, time);
  assert.equal(sent, 0);
  assert.match(
    why ?? '',
    /3 requests in a row got no answer \(as told of the cases before\), nor did a further try/,
  );
});

test('what is lost together is one trouble, however many were in flight', async () => {
  const asked = probe(() => time, 1);
  const { time, traffic } = open({ probe: asked });
  const ends: ((one: Try) => void)[] = [];
  const all = Array.from({ length: 12 }, () =>
    traffic.send(reading, () => new Promise<Try>((resolve) => ends.push(resolve))),
  );
  await new Promise((resolve) => setImmediate(resolve));
  for (const end of ends) end(lost());
  await Promise.all(all);
  assert.equal((await traffic.send(reading, async () => answer())).exchange.outcome.ok, true);
  assert.equal(asked.limits.length, 1);
});

test('an answer in between breaks the row', async () => {
  const asked = probe(() => time, 99);
  const { time, traffic } = open({ probe: asked });
  for (let nth = 0; nth < 20; nth += 1) {
    await traffic.send(reading, async () => (nth % 3 === 2 ? answer() : lost()));
  }
  assert.equal(asked.limits.length, 0);
});

test('five in a row without an answer end what is sent to their API, and to no other', async () => {
  const { time, traffic } = open({ probe: probe(() => time, 1) });
  const [why, sent] = await until(traffic, time, writing);
  assert.equal(sent, 5);
  assert.match(why ?? '', new RegExp(`^nothing more was sent to ${writing.id}: 5 requests to it in a row`));
  assert.equal((await traffic.send(reading, async () => answer())).exchange.outcome.ok, true);
  assert.equal(traffic.stopped, undefined);
});

test('an API that closes the connection is not left alone for that, as long as the target is there', async () => {
  const { time, traffic } = open({ probe: probe(() => time, 1) });
  const closed: TransportFailure = { kind: 'reset', message: 'the connection was lost' };
  for (let count = 0; count < 20; count += 1) await traffic.send(writing, async () => lost(closed));
  assert.equal((await traffic.send(writing, async () => answer())).exchange.outcome.ok, true);
  assert.equal(traffic.stopped, undefined);
});

test('requests that may well get no answer say nothing of their API', async () => {
  const { time, traffic } = open({ probe: probe(() => time, 1) });
  for (let nth = 0; nth < 20; nth += 1) {
    await traffic.send(writing, async () => lost(), { mayBeUnanswered: true });
  }
  assert.equal((await traffic.send(writing, async () => answer())).exchange.outcome.ok, true);
});

test('a broken connection that was idle is no trouble for what only reads, once, and said', async () => {
  const { traffic } = open();
  const tries: number[] = [];
  const { exchange, notes } = await traffic.send(reading, async (nth) => {
    tries.push(nth);
    return nth === 0 ? lost(idle) : answer();
  });
  assert.deepEqual([exchange.outcome.ok, tries], [true, [0, 1]]);
  assert.match(notes.join(), /sent once more, since the request only reads/);
  const twice = await traffic.send(reading, async () => lost(idle));
  assert.equal(twice.exchange.outcome.ok, false);
});

test('but a request that may have been obeyed is never sent twice, nor one whose connection was a new one', async () => {
  for (const [api, failure] of [
    [writing, idle],
    [apiThat('deletes'), idle],
    [reading, { ...gone, kind: 'reset' }],
  ] as const) {
    const { traffic } = open();
    let tries = 0;
    await traffic.send(api, async () => {
      tries += 1;
      return lost(failure);
    });
    assert.equal(tries, 1);
  }
});

test('what cleans up is tried for some seconds, where nothing of it can have come to the target', async () => {
  for (const [kind, tries] of [
    ['refused', [0, 1000, 3000, 7000]],
    ['reset', [0]],
    ['timeout', [0]],
  ] as const) {
    const { time, traffic } = open({ patience: { ...usualPatience, target: 99, api: 99 } });
    const at: number[] = [];
    const send = async () => {
      at.push(time.at);
      return lost({ kind, message: 'no connection' });
    };
    await traffic.send(apiThat('deletes'), send, { cleaning: true });
    assert.deepEqual(at, tries);
  }
});

test('a target that puts off is asked again when it wants, and everything else waits too', async () => {
  const { time, traffic } = open();
  const at: number[] = [];
  const { exchange, notes } = await traffic.send(writing, async (nth) => {
    at.push(time.at);
    return nth < 3 ? answer(nth === 1 ? 503 : 429, [['Retry-After', '2']]) : answer();
  });
  assert.deepEqual([exchange.outcome.ok, at], [true, [0, 2000, 4000, 6000]]);
  assert.equal(notes.length, 2);
  assert.match(notes[0] ?? '', /HTTP 429 with Retry-After/);
});

test('for 30 s; then its API is left alone', async () => {
  const { time, traffic } = open();
  let tries = 0;
  const send = () =>
    traffic.send(writing, async () => {
      tries += 1;
      return answer(429, [['Retry-After', '12']]);
    });
  const { reception } = await send();
  assert.deepEqual([reception.usable, tries, time.at], [false, 3, 24_000]);
  await assert.rejects(
    send(),
    /nothing more was sent to .* puts its requests off for longer than 30 s \(HTTP 429/,
  );
  assert.equal((await traffic.send(reading, async () => answer())).exchange.outcome.ok, true);
});

test('without Retry-After it is a gateway behind which nobody is', async () => {
  const { time, traffic } = open({ probe: probe(() => time, 99, 1) });
  for (let nth = 0; nth < 3; nth += 1) await traffic.send(reading, async () => answer(503));
  const [why] = await until(traffic, time);
  assert.match(why ?? '', /HTTP 503: the target is not available now/);
});

test('Retry-After is seconds or a date, by the clock of whoever wrote it', () => {
  const now = Date.parse('2026-11-21T10:00:00Z');
  assert.equal(retryAfter([['Retry-After', '7']], now), 7000);
  assert.equal(retryAfter([['retry-after', 'Sat, 21 Nov 2026 10:00:09 GMT']], now), 9000);
  const told = ['Date', 'Sat, 21 Nov 2026 11:00:00 GMT'] as const;
  assert.equal(retryAfter([['Retry-After', 'Sat, 21 Nov 2026 11:00:03 GMT'], told], now), 3000);
  assert.equal(retryAfter([['Retry-After', 'Fri, 20 Nov 2026 10:00:00 GMT']], now), 0);
  assert.equal(retryAfter([['Retry-After', 'soon']], now), undefined);
  assert.equal(retryAfter([], now), undefined);
});

test('requests begin evenly spaced, and never faster to catch up', async () => {
  const { time, traffic } = open({ pace: { inFlight: 4, requestsPerSecond: 20 } });
  const at: number[] = [];
  const send = async () => {
    await traffic.send(reading, async () => {
      at.push(time.at);
      return answer();
    });
  };
  await send();
  time.at += 500;
  for (let nth = 0; nth < 3; nth += 1) await send();
  assert.deepEqual(at, [0, 500, 550, 600]);
});

test('maxRequests ends a run, but for what cleans up', async () => {
  const { traffic } = open({ maxRequests: 5, sent: 2 });
  for (let nth = 0; nth < 3; nth += 1) await traffic.send(reading, async () => answer());
  await assert.rejects(
    traffic.send(reading, async () => answer()),
    /nothing more was sent: the run has sent 5 requests, as many as maxRequests/,
  );
  await traffic.send(writing, async () => answer(), { cleaning: true });
});

test('so does timeouts.run', async () => {
  const { time, traffic } = open({ limit: 60_000 });
  time.at = 59_999;
  await traffic.send(reading, async () => answer());
  time.at = 60_000;
  await assert.rejects(
    traffic.send(reading, async () => answer()),
    /nothing more was sent: the run has taken 60 s, as long as timeouts\.run/,
  );
  await traffic.send(writing, async () => answer(), { cleaning: true });
});

test('the first sentence counts, and is told once', () => {
  const told: string[] = [];
  const { traffic } = open({ onStop: (sentence) => told.push(sentence) });
  traffic.stop('nothing more was sent: the credentials are refused');
  traffic.stop('nothing more was sent: another reason');
  assert.deepEqual(told, ['nothing more was sent: the credentials are refused']);
});

test('an interruption ends every wait', async () => {
  const stop = new AbortController();
  const { traffic } = open({ signal: stop.signal, probe: probe(() => new Time(), 99) });
  stop.abort(new Error('interrupted'));
  await assert.rejects(
    traffic.send(reading, async () => answer(), { signal: stop.signal }),
    /interrupted/,
  );
});

test('a clock that is far from this machine’s is noted once', async () => {
  const noted = async (date: string) => {
    const { traffic } = open();
    const send = () => traffic.send(reading, async () => answer(200, [['Date', date]]));
    const { notes } = await send();
    assert.deepEqual((await send()).notes, []);
    return notes.join();
  };
  assert.equal(await noted('Thu, 01 Jan 1970 00:04:59 GMT'), '');
  assert.match(
    await noted('Thu, 01 Jan 1970 00:07:00 GMT'),
    /^the clock of the target is 7 minutes ahead of that of this machine \(header Date\)$/,
  );
  assert.match(
    await noted('Mon, 29 Dec 1969 00:00:00 GMT'),
    /is 3 days behind .*; waivers expire by the clock of this machine/,
  );
});
