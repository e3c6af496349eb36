import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Deviation } from '../../sandbox/stages.ts';
import { startSandbox } from '../../sandbox/start.ts';
import type { World } from '../../sandbox/world.ts';
import { allCases } from '../../src/cases/all-cases.ts';
import { usualPatience } from '../../src/engine/breaker.ts';
import { machineClock } from '../../src/engine/clock.ts';
import { runCase } from '../../src/engine/run-case.ts';
import { Traffic } from '../../src/engine/traffic.ts';
import { getMember } from '../../src/json/json.ts';
import type { Redactor } from '../../src/redact/redactor.ts';
import { readProfile } from '../../src/run/plan.ts';
import { createHttpClient } from '../../src/wire/client.ts';
import type { ReceivedResponse } from '../../src/wire/exchange.ts';
import { testCredentials } from '../keys.ts';
import { contract } from '../project.ts';

// The workflow of registered accounts against the embedded target, with one of its answers replaced on the way.

const step = 300;
const credentials = await testCredentials();
const openly: Redactor = {
  text: (text) => text,
  answer: (text) => text,
  pseudonym: (id) => id,
  with: () => openly,
};

/** What comes in place of the target's answer to a request, if anything; `nth`: of those to this API, from 1. */
type Instead = (api: string, nth: number) => ReceivedResponse | 'reset' | undefined;

async function live(
  context: TestContext,
  instead: Instead,
  deviation: Deviation = {},
  limit = 5000,
  signal?: AbortSignal,
) {
  // A registration goes one step further before each inquiry but the first: no race, no waiting.
  let now = Date.now();
  const sandbox = await startSandbox({
    contract,
    registrationMs: step,
    deviation,
    credentials,
    now: () => now,
  });
  context.after(() => sandbox.close());
  const profile = readProfile(sandbox.profilePath, contract, {});
  assert.ok(profile.kind === 'ready');
  const http = createHttpClient();
  context.after(() => http.close());
  const sent: string[] = [];
  let draws = 0;
  const one = allCases(contract, profile, 1).find(({ kind }) => kind === 'workflow');
  assert.ok(one);
  const record = await runCase(one, {
    contract,
    profile: { ...profile, timeouts: { ...profile.timeouts, workflow: limit } },
    redactor: openly,
    userAgent: 'konaplate-conformance',
    traffic: new Traffic({
      clock: machineClock,
      pace: profile.pace,
      maxRequests: undefined,
      limit: profile.timeouts.run,
      patience: usualPatience,
      probe: undefined,
      signal,
    }),
    ...(signal && { signal }),
    now: () => new Date(),
    randomFor: () => () => {
      draws += 1;
      return (draws % 97) / 97;
    },
    client: {
      close: () => http.close(),
      async send(request, options) {
        const api = contract.apis.find(({ path }) => request.url.endsWith(path))?.id ?? '';
        sent.push(api);
        const nth = sent.filter((name) => name === api).length;
        if (api === 'ars-inquiry' && nth > 1) now += step;
        const response = instead(api, nth);
        if (response === undefined) return http.send(request, options);
        const outcome =
          response === 'reset'
            ? { ok: false as const, failure: { kind: 'reset' as const, message: 'the connection was lost' } }
            : { ok: true as const, response };
        return { request, outcome, startedAt: Date.now(), duration: 1 };
      },
    },
  });
  return { record, sent };
}

const page = (status: number, body = '', headers: ReceivedResponse['headers'] = []): ReceivedResponse => ({
  status,
  headers,
  body: new TextEncoder().encode(body),
});
const json: ReceivedResponse['headers'] = [['Content-Type', 'application/json']];
const html: ReceivedResponse['headers'] = [['Content-Type', 'text/html']];

test('the embedded target: every promise is kept, and no account is left behind', async (context) => {
  const { record, sent } = await live(context, () => undefined);
  assert.deepEqual([record.outcome, record.findings], ['conforms', []]);
  const promised = [...contract.clauses.values()].filter(({ subject }) => subject === 'behaviour');
  for (const { id } of promised) assert.ok(record.kept.includes(id), id);
  assert.equal(sent.filter((api) => api === 'account-delete').length, 2);
  assert.equal(sent.filter((api) => api === 'ars-register').length, 5);
  // Two members, one of them twice; each deleted, the others of the five being refused.
  assert.deepEqual(record.changes, [
    { api: 'ars-register', effect: 'writes', taken: 3, unknown: 0 },
    { api: 'account-delete', effect: 'deletes', taken: 2, unknown: 0 },
  ]);
  assert.equal(record.made?.length, 3);
  for (const line of record.made ?? []) {
    assert.match(line, /^the registration of \d{3}…\d{4}, number \d{3}…\d{4}$/);
  }
  assert.deepEqual([record.gone, record.left], [record.made, undefined]);
});

/** Nothing of this says anything of the API. */
const troubles: readonly [name: string, answer: ReceivedResponse | 'reset', reason: RegExp][] = [
  ['a lost connection', 'reset', /the connection was lost/],
  ['a redirect', page(302, '', [['Location', 'https://login.invalid/']]), /HTTP 302, a redirect/],
  ['a page', page(200, '<h1>Maintenance</h1>', html), /HTTP 200 with text\/html and no JSON/],
  ['too many requests', page(429, '{}', json), /HTTP 429: the target is not available now/],
  ['a gateway’s 502', page(502, '<h1>Bad gateway</h1>', html), /HTTP 502/],
  ['a 503 with a code of its own', page(503, '{"code":"BUSY"}', json), /HTTP 503/],
  ['an empty 500', page(500), /HTTP 500 with an empty body/],
  ['a crash without a code', page(500, '{"error":"NullPointerException"}', json), /HTTP 500 and no code/],
  ['a success without a code', page(200, '{}', json), /HTTP 200 and no code/],
];
const places: readonly [name: string, api: string, nth: number][] = [
  ['the second registration', 'ars-register', 2],
  ['the other member’s registration', 'ars-register', 4],
  ['the change', 'ars-register', 5],
  ['the first inquiry', 'ars-inquiry', 1],
  ['the second inquiry', 'ars-inquiry', 2],
  ['the look at the account', 'account-info', 1],
  ['the deletion', 'account-delete', 1],
  ['the look behind the deletion', 'account-info', 4],
];

for (const [index, [what, answer, reason]] of troubles.entries()) {
  // Each trouble at three of the places, so that all of them have their turn.
  for (const [where, place, nth] of places.filter((_, at) => (at + index) % 3 === 0)) {
    test(`${what} in place of ${where} is trouble, neither kept nor broken`, async (context) => {
      const { record, sent } = await live(context, (api, count) =>
        api === place && count === nth ? answer : undefined,
      );
      assert.equal(record.outcome, 'target-error');
      assert.match(record.reason, reason);
      assert.deepEqual(record.findings, []);
      assert.ok(!record.kept.includes('account-delete.behaviour.account-is-gone'));
      // What was registered is deleted all the same.
      assert.ok(sent.filter((api) => api === 'account-delete').length >= 1);
      assert.ok(sent.lastIndexOf('account-delete') === sent.length - 1);
    });
  }
}

test('a promise that was broken before the trouble stays broken', async (context) => {
  const { record } = await live(
    context,
    (api, nth) => (api === 'account-info' && nth === 1 ? 'reset' : undefined),
    {
      act: (at, act) => {
        const outcome = act(at);
        return outcome.code === '002_013' ? { ...outcome, code: '900_013' } : outcome;
      },
    },
  );
  assert.equal(record.outcome, 'violates');
  assert.match(record.trouble ?? '', /the connection was lost/);
});

test('a registration that never ends is given up at the limit, and nothing behind it is asked', async (context) => {
  const { record, sent } = await live(
    context,
    () => undefined,
    {
      act: (at, act) => {
        const outcome = act(at);
        return outcome.fields.status === undefined
          ? outcome
          : { ...outcome, fields: { status: 'ARS_AUTH_DONE' } };
      },
    },
    60,
  );
  assert.deepEqual(
    record.findings.map(({ clause }) => clause),
    ['ars-inquiry.behaviour.comes-to-an-end'],
  );
  assert.ok(!sent.includes('account-info'));
});

test('a status that no page has is nothing to wait for, and breaks its own clause alone', async (context) => {
  const { record } = await live(
    context,
    () => undefined,
    {
      act: (at, act) => {
        const outcome = act(at);
        return outcome.fields.status === undefined ? outcome : { ...outcome, fields: { status: 'WAITING' } };
      },
    },
    600_000,
  );
  assert.deepEqual(
    record.findings.map(({ clause }) => clause),
    ['ars-inquiry.response.status.enum'],
  );
});

test('a code of the inquiry that no page has is no end, and nothing to wait for', async (context) => {
  const { record, sent } = await live(
    context,
    () => undefined,
    {
      act: (at, act) =>
        at.api.id === 'ars-inquiry'
          ? { status: 400, code: '900_013', description: 'Another one.', fields: {} }
          : act(at),
    },
    600_000,
  );
  assert.deepEqual([record.outcome, record.findings], ['target-error', []]);
  assert.match(record.reason, /ars-inquiry: HTTP 400 with 900_013, which its page does not have/);
  assert.ok(!record.kept.includes('ars-register.behaviour.number-is-inquiry-input'));
  assert.equal(sent.filter((api) => api === 'ars-inquiry').length, 1);
});

/** Lives until the n-th request of all is answered, and is stopped then. */
async function liveUntil(context: TestContext, stop: number, deviation: Deviation = {}) {
  const controller = new AbortController();
  const members = new Set<bigint>();
  const worlds = new Set<World>();
  let requests = 0;
  const { record, sent } = await live(
    context,
    () => undefined,
    {
      ...deviation,
      act: (at, act) => {
        requests += 1;
        if (requests === stop) controller.abort(new Error('stopped'));
        worlds.add(at.world);
        const member = getMember(at.parameters ?? {}, 'userId');
        if (at.api.id === 'ars-register' && typeof member === 'bigint') members.add(member);
        return deviation.act?.(at, act) ?? act(at);
      },
    },
    5000,
    controller.signal,
  );
  const left = () =>
    [...members].filter((member) => [...worlds].some((world) => world.accountOf(member))).length;
  return { record, sent, left };
}

test('wherever it is stopped, nothing but its cleaning up is sent, and no account is left', async (context) => {
  const whole = await liveUntil(context, Number.POSITIVE_INFINITY);
  assert.equal(whole.record.outcome, 'conforms');
  for (let stop = 1; stop < whole.sent.length; stop += 1) {
    const { record, sent, left } = await liveUntil(context, stop);
    const where = `stopped at request ${stop} of ${whole.sent.length}: ${sent.join(', ')}`;
    assert.deepEqual(
      sent.slice(stop).filter((api) => api !== 'ars-inquiry' && api !== 'account-delete'),
      [],
      where,
    );
    assert.equal(left(), 0, where);
    assert.equal(record.left, undefined, where);
    // Behind the deletion of the own account only looks follow, and the neighbour's deletion.
    assert.deepEqual([record.outcome, record.findings], ['not-exercised', []], where);
    assert.equal(record.reason, 'the run was interrupted', where);
  }
});

test('what could not be deleted is told, its member masked', async (context) => {
  const { record } = await liveUntil(context, 4, {
    act: (at, act) =>
      at.api.id === 'account-delete'
        ? { status: 500, code: '900_013', description: 'No.', fields: {} }
        : act(at),
  });
  assert.equal(record.left?.length, 2);
  assert.equal(record.made?.length, 2);
  assert.equal(record.gone, undefined);
  assert.deepEqual(
    record.changes?.map(({ api, taken }) => [api, taken]),
    [
      ['ars-register', 2],
      ['account-delete', 0],
    ],
  );
  for (const line of record.left ?? []) {
    assert.match(line, /^the account of \d{3}…\d{4}: its removal was answered with HTTP 500 with 900_013/);
  }
});

test('a case of a stopped run sends nothing', async (context) => {
  const { record, sent } = await live(context, () => undefined, {}, 5000, AbortSignal.abort());
  assert.deepEqual([record.outcome, record.reason, sent], ['not-exercised', 'the run was interrupted', []]);
});
