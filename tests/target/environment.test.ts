import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complete, credentials, loadReady, pair, problemsOf } from './helper.ts';

test('each KONAPLATE_ variable stands above the profile, and the run says so', (t) => {
  const { KONAPLATE_BASE_URL: _, ...keys } = credentials;
  const profile = loadReady(
    t,
    complete.replaceAll(/(aspId|accessKey|secretKey|cryptoKeyId): .*/g, '$1: other'),
    {
      env: { ...keys, KONAPLATE_BASE_URL: 'https://other.example/' },
    },
  );
  assert.equal(profile.baseUrl, 'https://other.example');
  const { aspId, accessKey, secretKey, cryptoKeyId } = profile.credentials;
  assert.deepEqual(
    [aspId, accessKey, secretKey, cryptoKeyId],
    [
      keys.KONAPLATE_ASP_ID,
      keys.KONAPLATE_ACCESS_KEY,
      keys.KONAPLATE_SECRET_KEY,
      keys.KONAPLATE_CRYPTO_KEY_ID,
    ],
  );
  assert.equal(profile.notes.length, 7);
  assert.equal(
    profile.notes[0],
    "KONAPLATE_BASE_URL of the environment stands in place of the profile's baseUrl",
  );
});

test('an empty one counts as not set', (t) => {
  const profile = loadReady(t, complete, { env: { KONAPLATE_BASE_URL: '' } });
  assert.equal(profile.baseUrl, 'https://target.example/open-api');
});

test('they make a profile without address and credentials complete', (t) => {
  assert.equal(loadReady(t, 'name: bare\n', { env: credentials }).name, 'bare');
});

test('a variable in an overridden field need not be set, in any other it must', (t) => {
  const text = complete.replace('asp-00000000001', `\${NOWHERE}`);
  assert.equal(
    loadReady(t, text, { env: { KONAPLATE_ASP_ID: 'asp-00000000001' } }).credentials.aspId.length,
    15,
  );
  assert.match(
    problemsOf(t, text, { env: { KONAPLATE_ACCESS_KEY: 'x' } }).join(),
    /variable NOWHERE is not set/,
  );
});

test('what a variable holds is not looked through again', (t) => {
  const env = { KONAPLATE_SECRET_KEY: `\${HOME}` };
  assert.equal(loadReady(t, complete, { env }).credentials.secretKey, `\${HOME}`);
  const twice = complete.replace('secret-key-of-the-project-0000001', `\${ONE}`);
  assert.equal(loadReady(t, twice, { env: { ONE: `\${TWO}` } }).credentials.secretKey, `\${TWO}`);
});

test('a variable within text', (t) => {
  const text = complete.replace('target.example', `\${HOST}.example:\${PORT}`);
  assert.equal(
    loadReady(t, text, { env: { HOST: 'a', PORT: '81' } }).baseUrl,
    'https://a.example:81/open-api',
  );
});

test('a bad value of a variable is placed at the variable', (t) => {
  const lines = problemsOf(t, complete, { env: { KONAPLATE_SERVER_PUBLIC_KEY: pair.privateKey } });
  assert.match(
    lines.join(),
    /^environment variable KONAPLATE_SERVER_PUBLIC_KEY: \/credentials\/serverPublicKey: public key/,
  );
});

test('variables that are missing together are one problem, beside any other', (t) => {
  const text = complete
    .replace('asp-00000000001', `\${ASP}`)
    .replace('secret-key-of-the-project-0000001', `\${KEY}`);
  assert.deepEqual(problemsOf(t, text), [
    'p.yaml: the environment variables ASP, KEY are not set, or empty; write them into a file .env in the working folder, set them, or write the values here',
  ]);
  assert.equal(problemsOf(t, `${text}timeZone: utc\n`).length, 2);
});

test('the environment leads to no host but those that the profile allows', (t) => {
  const locked = (hosts: string) => `${complete}allowPlainHttp: true\nallowHosts: [${hosts}]\n`;
  const at = (hosts: string, url?: string) =>
    loadReady(t, locked(hosts), { env: url === undefined ? {} : { KONAPLATE_BASE_URL: url } }).baseUrl;
  assert.equal(at('target.example'), 'https://target.example/open-api');
  for (const url of [
    'https://target.example/other',
    'https://TARGET.example',
    'https://target.example.',
    'http://target.example:8080',
  ]) {
    assert.ok(at('target.example', url), url);
    assert.ok(at('first.example, Target.Example', url), url);
  }
  assert.ok(at('"target.example:443"', 'https://target.example'));
  assert.ok(at('"[::1]:8080"', 'http://[::1]:8080'));
  for (const [hosts, url] of [
    ['target.example', 'https://target.example.evil'],
    ['target.example', 'https://a.target.example'],
    ['target.example', 'https://127.0.0.1'],
    ['"target.example:443"', 'https://target.example:444'],
    ['"target.example:8443"', 'https://target.example'],
  ] as const) {
    const lines = problemsOf(t, locked(hosts), { env: { KONAPLATE_BASE_URL: url } });
    assert.equal(lines.length, 1, lines.join());
    assert.match(
      lines[0] ?? '',
      /^environment variable KONAPLATE_BASE_URL: \/baseUrl: the host .* is none of allowHosts/,
    );
  }
  assert.match(problemsOf(t, locked('other.example')).join(), /^p\.yaml:2:10: \/baseUrl: the host target/);
  const open = problemsOf(t, locked(`"\${HOST}"`), { env: { HOST: 'target.example' } });
  assert.match(open.join(), /allowHosts\/0: expected a host as it is/);
});
