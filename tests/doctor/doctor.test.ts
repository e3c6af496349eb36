import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { type Diagnosis, examine } from '../../src/doctor/examine.ts';
import { diagnosisText } from '../../src/doctor/render.ts';
import { type StepName, stepNames } from '../../src/doctor/step.ts';
import { runHere } from '../cli/run-here.ts';
import { type OtherServerOptions, startOtherServer } from '../run/other-server.ts';
import { bareEnvironment, scratch, writeProfile } from '../run/suite.ts';
import { makeCertificate } from '../wire/certificate.ts';
import { listen } from '../wire/servers.ts';

const inquiry = '/api/v1/bankaccounts/ars/register/inquiry';
const info = '/api/v1/bankaccounts/info';
const physical = '/api/v1/issued-cards/pre-issue/waiting/physical';

interface Given extends OtherServerOptions {
  /** Changes the profile. */
  readonly edit?: (profile: string) => string;
  readonly env?: NodeJS.ProcessEnv;
}

interface Looked extends Diagnosis {
  /** The paths that were asked, in their order. */
  readonly routes: readonly string[];
  readonly text: string;
}

/** A look at the other server, or at what stands in its place. */
async function look(context: TestContext, given: Given = {}): Promise<Looked> {
  const { edit = (profile) => profile, env = {}, instead } = given;
  const routes: string[] = [];
  const other = await startOtherServer({
    ...given,
    instead: (route, response) => {
      routes.push(route);
      return instead?.(route, response) ?? false;
    },
  });
  context.after(() => other.close());
  const diagnosis = await lookAt(context, edit(other.profile), env);
  return { ...diagnosis, routes, text: diagnosisText(diagnosis, { color: false }) };
}

function lookAt(context: TestContext, profile: string, env: NodeJS.ProcessEnv = {}): Promise<Diagnosis> {
  return examine({ ...bareEnvironment(), ...env }, { target: writeProfile(context, profile) });
}

/** Everything before it is well, it has failed in one sentence, and nothing behind it was tried. */
function failsAt({ steps, exitCode }: Diagnosis, step: StepName, says: RegExp, code = 3): void {
  const told = JSON.stringify(steps, null, 1);
  assert.equal(steps.find(({ state }) => state === 'failed')?.step, step, told);
  const at = stepNames.indexOf(step);
  assert.match(steps[at]?.says ?? '', says);
  assert.ok(!/[\n.] /.test(steps[at]?.says ?? ''), 'one sentence');
  assert.ok(
    steps.slice(at + 1).every(({ state }) => state === 'not-tried'),
    told,
  );
  assert.equal(exitCode, code, told);
}

function stepOf({ steps }: Diagnosis, wanted: StepName) {
  const found = steps.find(({ step }) => step === wanted);
  assert.ok(found);
  return found;
}

/** A plain answer with a code of the other server's form. */
function plain(response: ServerResponse, status: number, code: string): true {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ code, message: 'no' }));
  return true;
}

const page = (response: ServerResponse, status: number, headers = {}): true => {
  response.writeHead(status, { 'content-type': 'text/html', ...headers });
  response.end('<html><body>Welcome</body></html>');
  return true;
};

test('a good target is well in every step, and is asked once in three of them', async (context) => {
  const { steps, exitCode, routes, text } = await look(context);
  assert.equal(exitCode, 0, text);
  assert.deepEqual(
    steps.map(({ step }) => step),
    stepNames,
  );
  assert.deepEqual(new Set(steps.map(({ state }) => state)), new Set(['ok']), text);
  assert.deepEqual(routes, [inquiry, physical, info]);
  assert.match(text, /✓ data +20 of 20 scenarios have data; ars-inquiry\/succeeded, /);
  assert.match(text, /^Nothing stands in the way of a run \(exit code 0\)$/m);
});

test('a profile that is not in order is told, and nothing is sent', async (context) => {
  const wrong = await look(context, {
    edit: (profile) => profile.replace('timeZone: UTC', 'timezone: UTC').replace('secretKey: ', 'secret: '),
  });
  assert.equal(wrong.exitCode, 2, wrong.text);
  assert.equal(stepOf(wrong, 'profile').says.split('\n').length, 3, wrong.text);
  assert.match(stepOf(wrong, 'profile').says, /timezone.*timeZone/);
  assert.match(wrong.text, /^- not tried +environment, launch, dns, /m);
  assert.deepEqual(wrong.routes, []);
  const none = await look(context, { edit: (profile) => profile.slice(0, profile.indexOf('testData:')) });
  failsAt(none, 'profile', /no scenario has a request body/, 2);
  const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
  const later = days[(new Date().getUTCDay() + 3) % 7];
  const closed = await look(context, {
    edit: (profile) => `${profile}window: { from: "09:00", to: "10:00", days: [${later}] }\n`,
  });
  failsAt(closed, 'profile', /this target may be tested from .* only/, 2);
  assert.deepEqual(closed.routes, []);
});

test('where each value comes from is told by name, and never what it is', async (context) => {
  const secret = 'an-invented-secret-of-the-other-server';
  const file = path.join(scratch(context), 'my.env');
  writeFileSync(file, `KONAPLATE_CRYPTO_KEY_ID=${'c'.repeat(32)}\nKONAPLATE_ASP_ID=another\n`);
  const told = await look(context, {
    edit: (profile) => profile.replace(secret, `\${SECRET_OF_TEST}`),
    env: {
      SECRET_OF_TEST: secret,
      KONAPLATE_ASP_ID: 'ASP000000000001',
      KONAPLATE_ENV_FILE: file,
    },
  });
  assert.equal(told.exitCode, 0, told.text);
  assert.equal(
    stepOf(told, 'environment').says,
    'baseUrl, accessKey, serverPublicKey, clientPrivateKey from the profile; KONAPLATE_ASP_ID, SECRET_OF_TEST from the environment; KONAPLATE_CRYPTO_KEY_ID from my.env',
  );
  for (const hidden of [secret, 'c'.repeat(32), 'A'.repeat(40)]) {
    assert.ok(!JSON.stringify(told).includes(hidden));
  }
});

test('the embedded target is started, looked at, and ended', async () => {
  const looked = await examine(bareEnvironment(), { target: 'embedded' });
  assert.equal(looked.exitCode, 0, JSON.stringify(looked));
  const [url = ''] = /http:\S+/.exec(stepOf(looked, 'launch').says) ?? [];
  await assert.rejects(fetch(url), 'it is gone');
});

test('the command prints the steps, or JSON, and ends with their exit code', async (context) => {
  const other = await startOtherServer();
  context.after(() => other.close());
  const target = ['--target', writeProfile(context, other.profile), '--env-file', ''];
  const json = await runHere('doctor', ...target, '--json');
  assert.equal(json.code, 0, json.errors);
  const { steps }: Diagnosis = JSON.parse(json.out);
  assert.deepEqual(
    steps.map(({ step }) => step),
    stepNames,
  );
  await other.close();
  const text = await runHere('doctor', ...target);
  assert.equal(text.code, 3, text.errors);
  assert.match(text.out, /^✗ tcp {10}http:\/\/127/m);
  assert.match(text.out, /^A run would end with the same trouble: tcp \(exit code 3\)$/m);
  assert.equal((await runHere('doctor', '--targte', 'x')).code, 2);
});

test('a dead host is told by the step that meets it', async (context) => {
  const nobody = `${'a'.repeat(64)}.invalid`;
  const dns = await look(context, {
    edit: (profile) => profile.replace(/http:..127\.0\.0\.1:\d+/, `https://${nobody}`),
  });
  failsAt(dns, 'dns', /the host name does not resolve \(\w+\); correct the host of baseUrl/);
  const other = await startOtherServer();
  await other.close();
  failsAt(
    await lookAt(context, other.profile),
    'tcp',
    /no connection \(ECONNREFUSED\); nothing listens there: start the target, or correct host and port/,
  );
});

test('a target that takes connections and says nothing is told', async (context) => {
  const impatient = (profile: string) => profile.replace('exchange: 5000', 'exchange: 1000');
  const mute = await look(context, { instead: () => true, edit: impatient });
  failsAt(mute, 'path', /no complete answer within 1000 ms; the target is mute or slow/);
  assert.equal(mute.routes.length, 1);
  const port = await portOf(context, createServer());
  const tls = await look(context, {
    edit: (profile) => impatient(profile).replace(/http:\/\/127\.0\.0\.1:\d+/, `https://127.0.0.1:${port}`),
  });
  failsAt(tls, 'tls', /nothing came within 1000 ms; the target is mute or slow/);
});

async function portOf(context: TestContext, server: Server): Promise<number> {
  return (await listen(context, server)).port;
}

test('a certificate is told by its names, its last day and who trusts it', async (context) => {
  const good = makeCertificate({ days: 30 });
  if (!good) return context.skip('openssl is not here to make a certificate');
  const trusting = (cert: string) => (profile: string) =>
    `${profile}tls:\n  ca: |\n${cert.trimEnd().replaceAll(/^/gm, '    ')}\n`;
  const trusted = await look(context, { tls: good, edit: trusting(good.cert) });
  assert.equal(trusted.exitCode, 0, trusted.text);
  assert.match(
    stepOf(trusted, 'tls').says,
    /^the certificate is for localhost, 127\.0\.0\.1, until 20\d\d-\d\d-\d\d, and trusted through tls\.ca/,
  );
  const ending = makeCertificate({ days: 13 });
  assert.ok(ending);
  const soon = await look(context, { tls: ending, edit: trusting(ending.cert) });
  assert.equal(stepOf(soon, 'tls').state, 'warning', soon.text);
  assert.match(stepOf(soon, 'tls').says, /which is soon.*renewed/);
  assert.equal(soon.exitCode, 0);

  failsAt(
    await look(context, { tls: good }),
    'tls',
    /not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\); nobody whom .* trusts has signed .*: set tls\.ca/,
  );
  failsAt(await look(context, { tls: good, edit: trusting(ending.cert) }), 'tls', /not trusted \(DEPTH_/);
  const expired = makeCertificate({ days: -1 });
  assert.ok(expired);
  failsAt(
    await look(context, { tls: expired, edit: trusting(expired.cert) }),
    'tls',
    /not trusted \(CERT_HAS_EXPIRED\); the certificate's last day has passed/,
  );
  const others = makeCertificate({ name: 'DNS:other.example' });
  assert.ok(others);
  const named = await look(context, { tls: others, edit: trusting(others.cert) });
  failsAt(named, 'tls', /for other\.example, .*not trusted \(ERR_TLS_CERT_ALTNAME_INVALID\); .*other names/);
  assert.deepEqual(named.routes, [], 'nothing is sent to whom nobody vouches for');
});

test('a server without TLS behind https is told', async (context) => {
  failsAt(
    await look(context, { edit: (profile) => profile.replace('http://', 'https://') }),
    'tls',
    /no TLS connection.*; what listens there speaks no TLS/,
  );
});

test('a proxy is tried by itself', async (context) => {
  const forbidding = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'));
  });
  const port = await portOf(context, forbidding);
  failsAt(
    await look(context, { edit: (profile) => `${profile}proxy: http://127.0.0.1:${port}\n` }),
    'proxy',
    /it answered CONNECT with status 407; check proxy of the profile/,
  );
  const unheeded = await look(context, { env: { HTTPS_PROXY: 'http://user:hidden@proxy.example' } });
  assert.match(stepOf(unheeded, 'proxy').says, /HTTPS_PROXY of the environment is not heeded$/);
});

test('what is no API at the end of baseUrl is told', async (context) => {
  const places: readonly [instead: NonNullable<Given['instead']>, says: RegExp][] = [
    [(_, response) => page(response, 404), /nothing of the API is where baseUrl leads: HTTP 404 to/],
    [(_, response) => plain(response, 405, 'NO'), /nothing of the API is where baseUrl leads: HTTP 405 to/],
    [(_, response) => page(response, 200), /HTTP 200 with text\/html and no JSON: a page of something/],
    [
      (_, response) => page(response, 302, { location: 'https://login.example/x' }),
      /a redirect to https:\/\/login\.example; /,
    ],
    [(_, response) => page(response, 503), /HTTP 503: the target is not available now/],
    [
      (_, response) => {
        response.end('{"status":"UP"}');
        return true;
      },
      /answered HTTP 200 and no code: check that baseUrl leads to the Open API/,
    ],
  ];
  for (const [instead, says] of places) {
    const looked = await look(context, { instead });
    failsAt(looked, 'path', says);
    assert.equal(looked.routes.length, 1);
  }
});

test('a clock that is off by more than a minute is told, and nothing more', async (context) => {
  const shifted =
    (milliseconds: number): NonNullable<Given['instead']> =>
    (_, response) => {
      response.setHeader('Date', new Date(Date.now() + milliseconds).toUTCString());
      return false;
    };
  const day = 86_400_000;
  const behind = await look(context, { instead: shifted(2 * day + 5000) });
  assert.equal(stepOf(behind, 'clock').state, 'warning', behind.text);
  assert.match(
    stepOf(behind, 'clock').says,
    /clock is 2 days behind the target's .*X-KM-Tran-Time.*time server/,
  );
  assert.equal(behind.exitCode, 0, behind.text);
  assert.match(stepOf(await look(context, { instead: shifted(-90_000) }), 'clock').says, /seconds ahead of/);
  assert.equal(stepOf(await look(context, { instead: shifted(50_000) }), 'clock').state, 'ok');
  const silent = await look(context, {
    instead: (_, response) => {
      response.sendDate = false;
      return false;
    },
  });
  assert.equal(stepOf(silent, 'clock').state, 'warning', silent.text);
});

test('refused credentials are told by the answer, a general code by what the documents say of it', async (context) => {
  for (const edit of [
    (profile: string) => profile.replace(/accessKey: A+/, `accessKey: ${'B'.repeat(40)}`),
    (profile: string) => profile.replace('an-invented-secret', 'another-secret'),
    (profile: string) => profile.replace('ASP000000000001', 'ASP000000000002'),
  ]) {
    const looked = await look(context, { edit });
    failsAt(
      looked,
      'token',
      /the target refused the credentials: HTTP 403 to ars-inquiry\/succeeded; check aspId/,
    );
    assert.equal(looked.routes.length, 1);
  }
  const answered = (code: string) => look(context, { instead: (_, response) => plain(response, 400, code) });
  failsAt(await answered('000_003'), 'token', /HTTP 400 with 000_003: a header or a field did not arrive/);
  failsAt(await answered('000_015'), 'token', /HTTP 400 with 000_015: a key or the token has another length/);
  failsAt(
    await answered('000_777'),
    'token',
    /with 000_777, which no page documents for it: likely the cred/,
  );
});

test('keys that do not fit are told by the way they do not fit', async (context) => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const withKey = (field: string, pem: string) => (profile: string) =>
    profile.replace(
      new RegExp(`  ${field}: \\|\\n(?:    .*\\n)+`),
      `  ${field}: |\n${pem.trimEnd().replaceAll(/^/gm, '    ')}\n`,
    );
  const ours = await look(context, { edit: withKey('serverPublicKey', publicKey) });
  failsAt(
    ours,
    'encryption',
    /did not understand the encrypted request: .*; serverPublicKey has to be the key/,
  );
  const theirs = await look(context, { edit: withKey('clientPrivateKey', privateKey) });
  failsAt(theirs, 'encryption', /can't be opened with clientPrivateKey: .*another key.*download both anew/);
  assert.deepEqual(theirs.routes, [inquiry, physical]);
});

test('data that the target does not know are told with those that it was asked for', async (context) => {
  const looked = await look(context, {
    edit: (profile) => profile.replace('{ userId: 9999999999999999999 }', '{ userId: 5 }'),
  });
  failsAt(
    looked,
    'data',
    /account-info\/succeeded was answered HTTP 404, expected 000_000: the target does not know these data/,
  );
  const other = await look(context, {
    instead: (route, response) => route === info && plain(response, 400, '001_006'),
  });
  failsAt(
    other,
    'data',
    /account-info\/succeeded was answered HTTP 400 with 001_006, expected 000_000: the target does not know these data/,
  );
});

test('without data for a success of an API that only reads nothing is asked, and that is told', async (context) => {
  const bare = await look(context, {
    edit: (profile) =>
      profile.replace(/^ {2}(?:ars-inquiry|account-info|linkable-cards)\/succeeded\S*: .*\n/gm, ''),
  });
  assert.equal(bare.exitCode, 3, bare.text);
  for (const step of ['path', 'clock', 'token', 'encryption', 'data'] as const) {
    assert.equal(stepOf(bare, step).state, 'unchecked', bare.text);
  }
  assert.match(
    stepOf(bare, 'path').says,
    /test data for a success of ars-inquiry or account-info or linkable-cards$/,
  );
  assert.deepEqual(bare.routes, []);
  const half = await look(context, {
    edit: (profile) => profile.replace(/^ {2}linkable-cards\/succeeded\S*: .*\n/gm, ''),
  });
  assert.equal(half.exitCode, 3, half.text);
  assert.match(
    stepOf(half, 'encryption').says,
    /opens our message, and nothing shows its own: .* linkable-cards$/,
  );
});
