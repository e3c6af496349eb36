import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { allCases } from '../../src/cases/all-cases.ts';
import type { Case } from '../../src/cases/case.ts';
import type { Allowance } from '../../src/cases/permission.ts';
import type { Api } from '../../src/contract/model.ts';
import { openEngine } from '../../src/engine/engine.ts';
import { userAgentOf } from '../../src/engine/user-agent.ts';
import type { JsonObject } from '../../src/json/json.ts';
import { readProfile } from '../../src/run/plan.ts';
import { completeLaunched } from '../../src/target/load.ts';
import type { Profile } from '../../src/target/profile.ts';
import type { SentRequest } from '../../src/wire/exchange.ts';
import { contract } from '../project.ts';

const planned = readProfile('embedded', contract, {});
assert.ok(planned.kind === 'launched');
const baseUrl = 'http://127.0.0.1:9/base';
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const whole = completeLaunched(planned, {
  baseUrl,
  credentials: {
    aspId: 'ASP000000000001',
    accessKey: 'A'.repeat(40),
    secretKey: 'an-invented-secret',
    cryptoKeyId: 'c'.repeat(32),
    serverPublicKey: publicKey,
    clientPrivateKey: privateKey,
  },
});
/** As if the profile had allowed everything when they were planned. */
const cases = allCases(contract, whole, 1).filter(({ plan }) => plan.ready);

/** An answer of the API that says nothing. */
const refusal = {
  status: 403,
  headers: [['Content-Type', 'application/json']] as const,
  body: Buffer.from('{"response":{"code":"E-0","description":"No."}}'),
};

/** Does cases with an engine that allows so much, and gives what has come to the wire. */
async function sentOf(
  some: readonly Case[],
  effects: Allowance,
  more: Partial<Profile> = {},
): Promise<{ readonly sent: readonly SentRequest[]; readonly reasons: readonly string[] }> {
  const sent: SentRequest[] = [];
  const engine = openEngine({
    contract,
    profile: { ...whole, ...more, effects },
    seed: 1,
    runId: '4711',
    client: {
      close: async () => {},
      async send(request) {
        sent.push(request);
        return { request, outcome: { ok: true, response: refusal }, startedAt: 0, duration: 1 };
      },
    },
  });
  const reasons: string[] = [];
  for (const one of some) {
    const { outcome, reason } = await engine.run(one);
    if (outcome === 'harness-error') reasons.push(reason);
  }
  await engine.close();
  return { sent, reasons };
}

const effectOf = ({ url }: SentRequest) =>
  contract.apis.find(({ path }) => new URL(url).pathname === `/base${path}`)?.effect;

test('with reads only the engine itself sends no write, whatever it is given', async () => {
  const { sent, reasons } = await sentOf(cases, 'read-only');
  assert.ok(sent.length > 10);
  for (const one of sent) {
    assert.equal(effectOf(one), 'reads', one.url);
    assert.equal(one.method, 'POST');
  }
  assert.ok(
    reasons.some((reason) => /deletes, and the profile allows reads only; it was not sent/.test(reason)),
  );
  assert.ok(
    reasons.some((reason) => /writes, and the profile allows reads only; it was not sent/.test(reason)),
  );
  const some = cases.filter(({ api }) => api.effect !== 'reads');
  assert.deepEqual((await sentOf(some, 'read-only')).sent, []);
});

test('with prepared requests only the engine sends no other valid one to what changes something', async () => {
  const changing = cases.filter(({ api, kind }) => api.effect !== 'reads' || kind === 'workflow');
  const { sent, reasons } = await sentOf(changing, 'prepared');
  const scenarios = changing.filter(({ kind }) => kind === 'scenario');
  assert.ok(scenarios.length > 0 && sent.length >= scenarios.length);
  const workflows = changing.filter(({ kind }) => kind === 'workflow');
  assert.ok(workflows.length > 0);
  for (const { id } of workflows) {
    assert.ok(
      reasons.some((one) => one.includes(`the request of ${id} 0 is no prepared one of `)),
      id,
    );
  }
});

const reading = cases.find(({ api, kind }) => kind === 'scenario' && api.effect === 'reads');
const writing = cases.find(({ api, kind }) => kind === 'scenario' && api.effect === 'writes');
assert.ok(reading && writing);

/** A case whose request is led elsewhere behind the back of its plan. */
function ledTo(change: (request: SentRequest) => SentRequest): Case {
  assert.ok(reading?.plan.ready);
  return {
    ...reading,
    plan: {
      ...reading.plan,
      mutation: { name: 'led', title: 'led', breaks: ['path'], at: 'request', apply: change },
    },
  };
}

const paths: readonly (readonly [what: string, path: (api: Api) => string])[] = [
  ['as it is', ({ path }) => path],
  ['with a slash', ({ path }) => `${path}/`],
  ['with two', ({ path }) => path.replace('/', '//')],
  ['in capitals', ({ path }) => path.toUpperCase()],
  ['escaped', ({ path }) => path.replace(/.$/, (last) => `%${last.charCodeAt(0).toString(16)}`)],
  ['behind dots', ({ path }) => `/x/..${path}`],
];

for (const [what, path] of paths) {
  test(`a write's path ${what} is not reached by way of a case that reads`, async () => {
    const led = ledTo((request) => ({ ...request, url: `${baseUrl}${path(writing.api)}` }));
    for (const effects of ['read-only', 'prepared'] as const) {
      const { sent, reasons } = await sentOf([led], effects);
      assert.deepEqual(sent, []);
      assert.match(reasons.join(), new RegExp(`${writing.api.id}, which writes, and the profile allows`));
    }
  });
}

test('no other host is reached, whatever is allowed', async () => {
  for (const url of ['http://127.0.0.1:10/base', 'https://127.0.0.1:9/base', 'http://localhost:9/base']) {
    const led = ledTo((request) => ({ ...request, url: request.url.replace(baseUrl, url) }));
    const { sent, reasons } = await sentOf([led], 'any');
    assert.deepEqual(sent, []);
    assert.match(reasons.join(), /would go to .*, which is not the target; it was not sent/);
  }
});

test('a body that is prepared for another operation, or differs by a digit, is not prepared', async () => {
  assert.ok(writing.plan.ready);
  const control = writing.plan.body;
  const other: JsonObject = { ...Object(control), userId: 1 };
  for (const [body, count] of [
    [control, 1],
    [other, 0],
    [{}, 0],
  ] as const) {
    const one: Case = { ...writing, plan: { ready: true, body, mutation: undefined } };
    assert.equal((await sentOf([one], 'prepared')).sent.length, count);
  }
});

test('each request says who sends it, and its record shows that', async () => {
  const { sent } = await sentOf(cases.slice(0, 5), 'any');
  for (const { headers } of sent) {
    const agents = headers.filter(([name]) => name.toLowerCase() === 'user-agent').map(([, value]) => value);
    assert.deepEqual(agents, [userAgentOf('4711')]);
  }
  assert.match(userAgentOf('4711'), /^konaplate-conformance\/\d+\.\d+\.\d+ \(run 4711\)$/);
  assert.match(userAgentOf(undefined), /^konaplate-conformance\/\d+\.\d+\.\d+$/);
});

test('outside of the hours of its window nothing is sent, and nothing is judged', async () => {
  const hour = new Date().getUTCHours();
  const at = (offset: number) => `${String((hour + offset) % 24).padStart(2, '0')}:00`;
  const zone = { timeZone: 'UTC' } as const;
  const closed = await sentOf([reading], 'any', { ...zone, window: { from: at(2), to: at(22) } });
  assert.deepEqual(closed, { sent: [], reasons: [] });
  const open = await sentOf([reading], 'any', { ...zone, window: { from: at(22), to: at(2) } });
  assert.equal(open.sent.length, 1);
});
