import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { type TestContext, test } from 'node:test';
import { allCases } from '../../src/cases/all-cases.ts';
import { openEngine } from '../../src/engine/engine.ts';
import { verdictOf } from '../../src/judge/verdict.ts';
import type { CaseRecord } from '../../src/record/record.ts';
import { readProfile } from '../../src/run/plan.ts';
import { contract } from '../project.ts';
import { type OtherServerOptions, startOtherServer } from '../run/other-server.ts';
import { writeProfile } from '../run/suite.ts';

const inquiry = '/api/v1/bankaccounts/ars/register/inquiry';
const info = '/api/v1/bankaccounts/info';
const physical = '/api/v1/issued-cards/pre-issue/waiting/physical';

interface Ran {
  readonly records: readonly CaseRecord[];
  /** The paths that were asked, in their order. */
  readonly routes: readonly string[];
}

/** All scenarios with a look beforehand, against the other server or what stands in its place. */
async function run(
  context: TestContext,
  instead: NonNullable<OtherServerOptions['instead']> = () => false,
  edit: (profile: string) => string = (profile) => profile,
  isClosed = false,
): Promise<Ran> {
  const routes: string[] = [];
  const other = await startOtherServer({
    instead: (route, response) => {
      routes.push(route);
      return instead(route, response);
    },
  });
  context.after(() => other.close());
  if (isClosed) await other.close();
  const profile = readProfile(writeProfile(context, edit(other.profile)), contract, {});
  assert.ok(profile.kind === 'ready');
  const engine = openEngine({ contract, profile, seed: 1, preflight: true });
  try {
    const records: CaseRecord[] = [];
    const chosen = allCases(contract, profile, 1).filter(({ kind }) => kind === 'scenario');
    for await (const record of engine.runAll(chosen)) records.push(record);
    return { records, routes };
  } finally {
    await engine.close();
  }
}

/** Nothing but the look was sent, and every case says why in the same sentence. */
function stopped({ records, routes }: Ran, says: RegExp, asked: readonly string[] = [physical, info]): void {
  const reasons = [...new Set(records.map(({ outcome, reason }) => `${outcome}: ${reason}`))];
  assert.equal(reasons.length, 1, reasons.join('\n'));
  assert.match(reasons[0] ?? '', /^not-exercised: /);
  assert.match(reasons[0] ?? '', says);
  assert.deepEqual(routes, asked);
  assert.equal(verdictOf(records), 'incomplete');
  assert.ok(records.every(({ exchanges }) => exchanges.length === 0));
}

/** The look has not kept the run from anything. */
function went({ records }: Ran): ReadonlySet<string> {
  assert.equal(records.length, 20);
  return new Set(records.map(({ outcome }) => outcome));
}

function refuse(response: ServerResponse, status = 401): true {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end('{"code":"E-KEY","message":"no"}');
  return true;
}

function page(response: ServerResponse, status: number, headers = {}): true {
  response.writeHead(status, { 'content-type': 'text/html', ...headers });
  response.end('<html></html>');
  return true;
}

test('a target that is there is asked once, for what shows the most', async (context) => {
  const ran = await run(context);
  assert.deepEqual(went(ran), new Set(['conforms']));
  assert.equal(ran.routes.length, 21);
  assert.equal(ran.routes[0], physical);
  assert.ok(ran.records.every(({ notes }) => notes.length === 0));
});

test('what no case can be judged in ends a run before it has begun', async (context) => {
  stopped(
    await run(context, undefined, undefined, true),
    /no connection \(ECONNREFUSED\); nothing listens there: start the target/,
    [],
  );
  stopped(
    await run(
      context,
      () => true,
      (profile) => profile.replace('exchange: 5000', 'exchange: 300'),
    ),
    /no complete answer within 300 ms; the target is mute or slow/,
  );
  stopped(
    await run(context, (_, response) => page(response, 404)),
    /nothing of the API is where baseUrl leads: HTTP 404 to linkable-cards\/succeeded and account-info\/succeeded; check/,
  );
  stopped(
    await run(context, (_, response) => page(response, 302, { location: 'https://login.example/' })),
    /a redirect to https:\/\/login\.example; redirects are not followed/,
  );
  stopped(
    await run(context, (_, response) => page(response, 200)),
    /a page of something before the platform/,
  );
  stopped(await run(context, (_, response) => page(response, 503)), /the target is not available now/);
  stopped(
    await run(context, undefined, (profile) =>
      profile.replace(/accessKey: A+/, `accessKey: ${'B'.repeat(40)}`),
    ),
    /the target refused the credentials: HTTP 403 to linkable-cards\/succeeded and account-info\/succeeded; check/,
  );
});

test('answers that are for another key end a run where another API shows the same, and only there', async (context) => {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const otherKey = (profile: string) =>
    profile.replace(
      /clientPrivateKey: \|\n(?: {4}.*\n)+/,
      `clientPrivateKey: |\n${privateKey.trimEnd().replaceAll(/^/gm, '    ')}\n`,
    );
  // Its other API answers in plain.
  const outcomes = went(await run(context, undefined, otherKey));
  assert.ok(outcomes.has('conforms') && outcomes.has('violates'), [...outcomes].join());
  const alone = (profile: string) => otherKey(profile).replace(/^ {2}(?!linkable-cards)[\w-]+\/.*\n/gm, '');
  const { records, routes } = await run(context, undefined, alone);
  assert.deepEqual(routes, [physical, physical]);
  assert.match(
    records.find(({ id }) => id === 'linkable-cards/succeeded')?.reason ?? '',
    /can't be opened with clientPrivateKey: .*; clientPrivateKey has to be the one/,
  );
});

test('a single API that refuses, lacks or fails is judged, and so is a target that fails by itself', async (context) => {
  const broken: readonly NonNullable<OtherServerOptions['instead']>[] = [
    (route, response) => route === physical && refuse(response),
    (route, response) => route === physical && refuse(response, 404),
    (route, response) => route === physical && refuse(response, 400),
    (route, response) => route !== info && refuse(response),
    (_, response) => refuse(response, 400),
  ];
  for (const instead of broken) {
    const ran = await run(context, instead);
    assert.ok(went(ran).has('violates'));
    assert.equal(verdictOf(ran.records), 'nonconformant');
  }
  const crashing = await run(context, (route, response) => route !== inquiry && page(response, 500));
  assert.deepEqual(went(crashing), new Set(['conforms', 'target-error']));
});

test('one connection that is lost is no dead target', async (context) => {
  let first = true;
  const ran = await run(context, (_, response) => {
    if (!first) return false;
    first = false;
    response.destroy();
    return true;
  });
  assert.deepEqual(went(ran), new Set(['conforms']));
});

test('of one API nothing follows for those that are never asked without changing something', async (context) => {
  const only = (kept: string) => (profile: string) =>
    profile.replace(new RegExp(`^ {2}(?!(?:${kept}))[\\w-]+\\/.*\\n`, 'gm'), '');
  const refusing: NonNullable<OtherServerOptions['instead']> = (route, response) =>
    route === info && refuse(response);
  const both = await run(context, refusing, only('account-info|account-delete'));
  assert.equal(both.records.find(({ id }) => id === 'account-delete/succeeded')?.outcome, 'conforms');
  const one = await run(context, refusing, only('account-info'));
  assert.deepEqual(one.routes, [info, info]);
  assert.equal(one.records.find(({ id }) => id === 'account-info/succeeded')?.outcome, 'not-exercised');
});

test('without a request that changes nothing there is no look, and the first case says so', async (context) => {
  const { records, routes } = await run(context, undefined, (profile) =>
    profile.replace(/^ {2}(?:ars-inquiry|account-info|linkable-cards)\/.*\n/gm, ''),
  );
  assert.equal(routes.length, 5);
  const told = records.flatMap(({ id, notes }) => notes.map((note) => `${id}: ${note}`));
  assert.equal(told.length, 1, told.join('\n'));
  assert.match(told[0] ?? '', /^ars-register\/succeeded: .*not looked at beforehand: no API that only reads/);
});
