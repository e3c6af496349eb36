import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { loadProfile } from '../../src/target/load.ts';
import { complete, folderWith, keys, loadReady, pair, problemsOf, profileError } from './helper.ts';

/** Asserts that a profile has one problem, and which. */
function oneProblem(t: TestContext, text: string, expected: string | RegExp, env = {}): void {
  const lines = problemsOf(t, text, { env });
  assert.equal(lines.length, 1, lines.join('\n'));
  if (typeof expected === 'string') assert.equal(lines[0], expected);
  else assert.match(lines[0] ?? '', expected);
}

test('an unknown key is named with the nearest known one', (t) => {
  oneProblem(
    t,
    `${complete}timezone: UTC\n`,
    'p.yaml:10:1: /timezone: unknown key (did you mean "timeZone"?)',
  );
  oneProblem(
    t,
    `${complete}wire: {padding: none}\n`,
    /^p\.yaml:10:8: \/wire: an unknown key, not shown .* expected tokenPadding, contentEncryption, envelope/,
  );
});

test('a key that may be a secret is not shown', (t) => {
  const text = complete.replace(/credentials:\n {2}aspId/, 'credentials:\n  {accessKey:k3y}: x\n  aspId');
  assert.doesNotMatch(problemsOf(t, text).join(), /k3y/);
  const flow = problemsOf(t, 'name: x\ncredentials: {secretKey:k3y, hunter2: }\n').join('\n');
  assert.match(flow, /p\.yaml:2:15: \/credentials: an unknown key, not shown/);
  assert.doesNotMatch(flow, /k3y|hunter2/);
});

test('a value of another kind is named by its kind, never by itself', (t) => {
  oneProblem(
    t,
    complete.replace('asp-00000000001', '123456789012345'),
    'p.yaml:4:10: /credentials/aspId: expected text, found a number; put the value in quotes',
  );
  oneProblem(
    t,
    `${complete}timeouts: 10\n`,
    'p.yaml:10:11: /timeouts: expected a map of fields, found a number',
  );
  oneProblem(
    t,
    `${complete}acceptsOnlyPreparedData: yes\n`,
    'p.yaml:10:26: /acceptsOnlyPreparedData: expected true or false, found text',
  );
});

test('numbers outside their limits, by one', (t) => {
  loadReady(t, `${complete}timeouts: {exchange: 300000}\nmaxResponseBytes: 1024\n`);
  oneProblem(
    t,
    `${complete}timeouts: {exchange: 300001}\n`,
    /\/timeouts\/exchange: expected at most 300000$/,
  );
  oneProblem(t, `${complete}timeouts: {exchange: 99}\n`, /expected at least 100$/);
  oneProblem(t, `${complete}maxResponseBytes: 1023\n`, /expected at least 1024$/);
  oneProblem(t, `${complete}timeouts: {exchange: 100.5}\n`, /expected a whole number, found a number$/);
});

test('words and pointers outside the documented ones', (t) => {
  oneProblem(
    t,
    `${complete}wire: {tokenPadding: Padded}\n`,
    /\/wire\/tokenPadding: expected padded or unpadded$/,
  );
  oneProblem(t, `${complete}wire: {contentEncryption: A192GCM}\n`, /expected A128GCM or A256GCM$/);
  oneProblem(t, `${complete}wire: {envelope: {code: code}}\n`, /expected a JSON pointer to the code$/);
  oneProblem(
    t,
    `${complete}timeZone: kst\n`,
    'p.yaml:10:11: /timeZone: expected 3 capital letters, such as KST or UTC',
  );
  oneProblem(t, complete.replace('name: mine', 'name: my target'), /\/name: expected a name of letters/);
});

test('a missing field says where it may come from', (t) => {
  oneProblem(
    t,
    complete.replace(/ {2}aspId.*\n/, ''),
    'p.yaml:3:1: /credentials/aspId: missing; write it in the profile, or set the environment variable KONAPLATE_ASP_ID',
  );
  oneProblem(t, complete.replace('name: mine\n', ''), /\/name: missing/);
});

test('an empty credential is one problem, not two', (t) => {
  oneProblem(
    t,
    complete.replace('asp-00000000001', ''),
    /\/credentials\/aspId: expected text, found nothing/,
  );
});

test('a missing or empty variable is named', (t) => {
  const text = complete.replace('asp-00000000001', `\${ASP}`);
  const expected =
    'p.yaml:4:10: /credentials/aspId: the environment variable ASP is not set, or empty; set it, or write the value here';
  oneProblem(t, text, expected);
  oneProblem(t, text, expected, { ASP: '' });
  oneProblem(t, complete.replace('asp-00000000001', `"\${ASP-1}"`), /expected \$\{NAME\}/, { ASP: 'x' });
});

test('duplicate keys, tabs and other broken YAML: place and remedy, no source text', (t) => {
  oneProblem(t, `${complete}name: other\n`, /^p\.yaml:10:1: not readable as YAML: this key stands twice/);
  oneProblem(t, `${complete}wire:\n\ttokenPadding: padded\n`, /^p\.yaml:11:1: .*a tab as indentation/);
  oneProblem(t, `${complete}timeZone: *zone\n`, /^p\.yaml:10:11: .*an anchor that is not set/);
  oneProblem(t, `${complete}description: !text x\n`, /a tag/);
  oneProblem(t, `${complete}<<: {timeZone: UTC}\n`, /^p\.yaml:10:1: merge keys/);
  oneProblem(t, `%YAML 1.1\n---\n${complete}`, /expected YAML 1\.2/);
  oneProblem(t, '', /expected a map of fields, found nothing/);
  oneProblem(t, '['.repeat(50_000), 'p.yaml: nested too deeply to be read');
});

test('a broken line is one problem, two broken lines are two', (t) => {
  const places = problemsOf(t, 'name: "a" b: c: d\nwire: "x" y\n').map((line) => line.split(':')[1]);
  assert.deepEqual(places, ['1', '2']);
});

test('a file that is not UTF-8, or not there to be read', (t) => {
  const cwd = folderWith(t, {});
  writeFileSync(path.join(cwd, 'latin.yaml'), Buffer.from('name: caf\u00e9\n', 'latin1'));
  const { message } = profileError(() => loadProfile('latin.yaml', { cwd, root: cwd, env: {} }));
  assert.equal(message, 'latin.yaml: expected UTF-8 text; save the file as UTF-8');
});

test('aliases are read, and bombs of them are not', (t) => {
  const shared = `${complete}testData:
  ars-inquiry/succeeded: &body {regNo: "1"}
  ars-inquiry/unknown-number: *body
`;
  assert.deepEqual(loadReady(t, shared).testData.get('ars-inquiry/unknown-number'), { regNo: '1' });
  const bomb = Array.from({ length: 9 }, (_, level) =>
    level === 0
      ? 'a0: &a0 [x]'
      : `a${level}: &a${level} [${Array(9)
          .fill(`*a${level - 1}`)
          .join(', ')}]`,
  ).join('\n');
  oneProblem(t, bomb, 'p.yaml: more than 100 aliases; write the values out');
  oneProblem(t, 'a: &a [*a]', /aliases/);
});

test('addresses: by a hair', (t) => {
  const withUrl = (url: string) => complete.replace('https://target.example/open-api', url);
  loadReady(t, withUrl('http://[::1]:8080'));
  const bad = [
    'ftp://host/open-api',
    'https:/host',
    'host/open-api',
    'https://user@host/open-api',
    'https://host/open-api?',
    '"https://host/open-api#"',
    '"https://ho st"',
    'https://host:99999',
  ];
  for (const url of bad) oneProblem(t, withUrl(url), /^p\.yaml:2:10: \/baseUrl: expected /);
  loadReady(t, `${complete}proxy: http://proxy.example:3128/\n`);
  for (const proxy of [
    'proxy.example:3128',
    'socks5://proxy.example',
    'http://proxy.example/x',
    'http://a:%@b',
  ]) {
    oneProblem(t, `${complete}proxy: ${proxy}\n`, /^p\.yaml:10:8: \/proxy: expected /);
  }
});

test('credentials that no header can carry', (t) => {
  oneProblem(
    t,
    complete.replace('asp-00000000001', '"asp-00000000001\\n"'),
    /aspId: expected printable ASCII/,
  );
  oneProblem(t, complete.replace('asp-00000000001', '"asp-0000000000é"'), /aspId: expected printable ASCII/);
});

test("keys that can't be used: absent, swapped, too short, cut off", (t) => {
  const small = generateKeyPairSync('rsa', {
    modulusLength: 1024,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  oneProblem(
    t,
    complete.replace(/\$\{PUBLIC\}/, './keys/no.pem'),
    'p.yaml:8:20: /credentials/serverPublicKey: expected PEM text ("-----BEGIN …") or the path of a PEM file, ' +
      'from the profile\'s folder; "./keys/no.pem" is neither PEM nor a readable file (ENOENT)',
  );
  oneProblem(t, complete, /\/serverPublicKey: public key: expected .* found PRIVATE KEY$/, {
    PUBLIC: pair.privateKey,
  });
  oneProblem(t, complete, /\/clientPrivateKey: private key: .* found PUBLIC KEY$/, {
    PRIVATE: pair.publicKey,
  });
  oneProblem(t, complete, /2048 bits or more, found 1024$/, { PUBLIC: small.publicKey });
  oneProblem(t, complete, /does not decode/, { PRIVATE: pair.privateKey.replace(/\n.*\n/, '\n') });
});

test('certificates: not PEM, and one half of a pair', (t) => {
  oneProblem(
    t,
    `${complete}tls: {ca: "\${PUBLIC}"}\n`,
    /\/tls\/ca: expected a PEM of kind CERTIFICATE, found none$/,
  );
  const half = problemsOf(t, `${complete}tls: {clientKey: "\${PRIVATE}"}\n`);
  assert.deepEqual(half, [
    'p.yaml:10:6: /tls: clientCertificate and clientKey belong together; add the other one, or take both out',
  ]);
});

test('all problems come at once, in the order of the file', (t) => {
  const lines = problemsOf(t, 'nam: x\nbaseUrl: ftp://x\ntimeZone: k\ntestData: {a: 1}\n');
  assert.ok(lines.length >= 10, lines.join('\n'));
  const places = lines.map((line) => Number(/^p\.yaml:(\d+)/.exec(line)?.[1]));
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
  );
});

test('a key that is no file is told at once: a pipe, a device, a folder', {
  skip: process.platform === 'win32',
}, (t) => {
  const cwd = folderWith(t, { 'p.yaml': complete });
  const pipe = path.join(cwd, 'key.pem');
  assert.equal(spawnSync('mkfifo', [pipe]).status, 0);
  for (const file of [pipe, '/dev/zero', '/dev/stdin', cwd]) {
    const env = { PUBLIC: file, PRIVATE: keys.PRIVATE };
    const { message } = profileError(() => loadProfile('./p.yaml', { cwd, root: cwd, env }));
    assert.match(
      message,
      /^p\.yaml:8:\d+: \/credentials\/serverPublicKey: expected PEM text .* something else than a file$/,
    );
  }
  for (const name of ['pipe.yaml', 'folder.yaml']) {
    if (name === 'pipe.yaml') assert.equal(spawnSync('mkfifo', [path.join(cwd, name)]).status, 0);
    else mkdirSync(path.join(cwd, name));
    const { message } = profileError(() => loadProfile(name, { cwd, root: cwd, env: {} }));
    assert.match(message, /no such profile file/);
  }
});

test('a profile of any length is told in few lines, in time that grows with it and no faster', (t) => {
  const seconds = (count: number): number => {
    const lines = Array.from({ length: count }, (_, index) => `  ars-inquiry/succeeded-${index}: { a: 1 }\n`);
    const text = `${complete}testData:\n${lines.join('')}`;
    const before = process.cpuUsage();
    const told = problemsOf(t, text);
    const { user } = process.cpuUsage(before);
    assert.equal(told.length, 51);
    assert.equal(told[50], `… and ${count - 50} more of such problems`);
    return user / 1e6;
  };
  seconds(2000);
  const ratio = seconds(16_000) / Math.min(seconds(2000), seconds(2000));
  // Each with each would be 64.
  assert.ok(ratio < 24, `8 times the ids took ${ratio.toFixed(1)} times as long`);
});
