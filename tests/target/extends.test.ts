import assert from 'node:assert/strict';
import { test } from 'node:test';
import { completeLaunched } from '../../src/target/load.ts';
import { complete, credentials, loadReady, loadText, problemsOf } from './helper.ts';

const base = `${complete}timeZone: UTC
testData:
  account-info/succeeded: {userId: 1, extra: x}
  ars-inquiry/succeeded: {regNo: "1"}
wire: {tokenPadding: unpadded}
`;
const embedded = `name: embedded
launch: embedded
acceptsOnlyPreparedData: false
`;
const rest = complete.replace('name: mine\n', '');

test('maps merge, scalars replace, a body replaces as a whole, an empty value drops', (t) => {
  const profile = loadReady(
    t,
    `extends: ./base.yaml
name: nearer
testData:
  account-info/succeeded: {userId: 2}
  ars-inquiry/succeeded:
wire: {contentEncryption: A256GCM}
timeZone:
`,
    { files: { 'base.yaml': base } },
  );
  assert.equal(profile.name, 'nearer');
  assert.equal(profile.timeZone, 'KST');
  assert.deepEqual([...profile.testData], [['account-info/succeeded', { userId: 2 }]]);
  assert.equal(profile.wire.tokenPadding, 'unpadded');
  assert.equal(profile.wire.contentEncryption, 'A256GCM');
});

test('a problem names the file that has it', (t) => {
  const lines = problemsOf(t, 'extends: ./base/b.yaml\n', {
    files: { 'base/b.yaml': `${complete}timeZon: UTC\n` },
  });
  assert.deepEqual(lines, ['base/b.yaml:10:1: /timeZon: unknown key (did you mean "timeZone"?)']);
});

test('a path in an extended profile starts from that profile', (t) => {
  const lines = problemsOf(t, 'extends: ./base/b.yaml\n', {
    files: { 'base/b.yaml': complete.replace(/\$\{PUBLIC\}/, 'k.pem'), 'k.pem': 'x' },
  });
  assert.match(lines.join(), /"k\.pem" is neither PEM nor a readable file/);
});

test('profiles that extend each other in a circle, or nothing', (t) => {
  assert.deepEqual(problemsOf(t, 'extends: ./q.yaml\n', { files: { 'q.yaml': 'extends: ./p.yaml\n' } }), [
    'q.yaml:1:10: /extends: profiles extend each other in a circle (p.yaml → q.yaml → p.yaml); take one "extends" out',
  ]);
  assert.match(problemsOf(t, 'extends: ./p.yaml\n').join(), /circle/);
  assert.match(problemsOf(t, 'extends: ./no.yaml\n').join(), /^p\.yaml:1:10: \/extends: .*no such file$/);
});

test('the same base by two ways is no circle', (t) => {
  const files = { 'a.yaml': 'extends: ./b.yaml\n', 'b.yaml': complete };
  assert.equal(loadReady(t, 'extends: ./a.yaml\n', { files }).name, 'mine');
});

test('launch needs no address and takes none', (t) => {
  const profile = loadText(t, embedded);
  assert.equal(profile.kind, 'launched');
  assert.deepEqual(profile.notes, []);
  const lines = problemsOf(t, `${embedded}baseUrl: https://x.example\n`);
  assert.match(lines.join(), /^p\.yaml:4:10: \/baseUrl: not together with launch/);
  assert.match(
    problemsOf(t, embedded.replace('launch: embedded', 'launch: other')).join(),
    /expected embedded$/,
  );
});

test('an own baseUrl makes a launched profile ready', (t) => {
  const files = { 'embedded.yaml': embedded };
  const profile = loadReady(t, `extends: ./embedded.yaml\n${rest}`, { files });
  assert.deepEqual([profile.name, profile.acceptsOnlyPreparedData], ['embedded', false]);
  const without = rest.replace(/baseUrl.*\n/, '');
  assert.match(
    problemsOf(t, `extends: ./embedded.yaml\n${without}`, { files }).join(),
    /credentials: not together/,
  );
});

test('an own launch sets an inherited address aside', (t) => {
  const profile = loadText(t, 'extends: ./base.yaml\nlaunch: embedded\n', { files: { 'base.yaml': base } });
  assert.equal(profile.kind, 'launched');
});

test('the environment reaches no launched target, before or after it is launched', (t) => {
  const note = [
    'KONAPLATE_BASE_URL, KONAPLATE_ASP_ID, KONAPLATE_ACCESS_KEY, KONAPLATE_SECRET_KEY, KONAPLATE_CRYPTO_KEY_ID, KONAPLATE_SERVER_PUBLIC_KEY, KONAPLATE_CLIENT_PRIVATE_KEY of the environment ignored: a launched target brings its own address and credentials',
  ];
  assert.deepEqual(loadText(t, embedded, { env: credentials }).notes, note);
  const made = rest
    .replace('access-key-of-forty', 'invented-key-forty-')
    .replace('target.example', 'made.example');
  const profile = loadReady(t, `extends: ./embedded.yaml\n${made}`, {
    files: { 'embedded.yaml': embedded },
    env: credentials,
  });
  assert.equal(profile.baseUrl, 'https://made.example/open-api');
  assert.notEqual(profile.credentials.accessKey, credentials.KONAPLATE_ACCESS_KEY);
  assert.deepEqual(profile.notes, note);
  const missing = problemsOf(t, 'extends: ./embedded.yaml\nlaunch:\n', {
    files: { 'embedded.yaml': embedded },
  });
  assert.doesNotMatch(missing.join(), /KONAPLATE/);
});

test('of a launched target only its address and credentials are taken', (t) => {
  const planned = loadText(
    t,
    `${embedded}timeZone: UTC\nwire: { tokenPadding: unpadded, envelope: { code: /c } }\ntimeouts: { exchange: 500 }\ntestData:\n  ars-inquiry/succeeded: { regNo: "1" }\n`,
  );
  assert.ok(planned.kind === 'launched');
  const told = loadReady(t, complete);
  const profile = completeLaunched(planned, told);
  const { kind: _kind, launch: _launch, ...own } = planned;
  const { digest, baseUrl, credentials, kind, ...rest } = profile;
  assert.deepEqual(rest, own);
  assert.deepEqual([kind, baseUrl, credentials], ['ready', told.baseUrl, told.credentials]);
  // Another port is the same target, another setting is not.
  const elsewhere = completeLaunched(planned, { ...told, baseUrl: 'http://127.0.0.1:2' });
  assert.equal(elsewhere.digest, digest);
  assert.notEqual(completeLaunched({ ...planned, timeZone: 'KST' }, told).digest, digest);
});
