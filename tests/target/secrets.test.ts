import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { ProfileError } from '../../src/target/problem.ts';
import { describeProfile, profileSecrets } from '../../src/target/profile.ts';
import { fc, runs } from '../property.ts';
import { complete, loadReady, loadText, pair } from './helper.ts';

const fields = ['aspId', 'accessKey', 'secretKey', 'cryptoKeyId', 'serverPublicKey', 'clientPrivateKey'];

/** Ways to spoil a profile, each in another stage of reading it. */
const breaks: ((text: string) => string)[] = [
  (text) => `${text}unknown: x\n`,
  (text) => `${text}name: twice\n`,
  (text) => `${text}timeZone: kst\n`,
  (text) => `${text}proxy: \${NOWHERE}\n`,
  (text) => `${text}testData: {a/b: {c: 0012}}\n`,
  (text) => `${text}timeouts: 1\n\tx`,
  (text) => text.replace('baseUrl: ', 'baseUrl: x'),
  (text) => text.replace(/^credentials:/m, 'credentials: x'),
  (text) => text.replaceAll(': ', ':'),
  (text) => text.replace(/^ {2}(\w+): /gm, '  $1 '),
  (text) => text.replace(/^ {2}(?=\S)/gm, ''),
  (text) => text.replace(/^ {2}(\w+): (.*)$/gm, '  $2: $1'),
  (text) => text.replace(/^ {2}(\w+): (.*)$/gm, '$2: $1'),
  (text) => text.replace(/^ {2}(\w+): (.*)$/gm, '  $1: [$2'),
  (text) => text.replace(/^ {2}(\w+): (.*)$/gm, '  $1: {$2}'),
  (text) => text.replace(/^ {2}(\w+): (.*)$/gm, '  $1: "$2'),
  (text) => text.replace(/^ {2}(\w+): (.*)$/gm, '  $1: *$2'),
  (text) => text.replace(/^ {2}(\w+): (.*)$/gm, '  $1: !$2 x'),
];

test('no error holds a value of a credential, whatever else is wrong and however it is written', (t) => {
  const secret = fc.stringMatching(/^[A-Za-z0-9+/=_.-]{4,40}$/).map((middle) => `Zq7${middle}Zq7`);
  fc.assert(
    fc.property(
      secret,
      fc.constantFrom(...fields),
      fc.constantFrom(...breaks),
      fc.boolean(),
      (planted, field, spoil, byVariable) => {
        const value = byVariable ? `\${PLANTED}` : planted;
        const text = spoil(complete.replace(new RegExp(`${field}: .*`), `${field}: ${value}`));
        try {
          loadText(t, text, { env: { PLANTED: planted } });
        } catch (error) {
          assert.ok(error instanceof ProfileError, String(error));
          assert.ok(!error.message.includes(planted), error.message);
          assert.ok(!inspect(error).includes(planted));
          return;
        }
        assert.fail(`loaded:\n${text}`);
      },
    ),
    runs(150),
  );
});

test('no error holds the password of an address', (t) => {
  for (const line of ['proxy: http://u:Zq7pass@host/path', 'proxy: socks://u:Zq7pass@h']) {
    assert.throws(
      () => loadText(t, `${complete}${line}\n`),
      (error) => !String(error).includes('Zq7pass'),
    );
  }
  const baseUrl = complete.replace('https://', 'https://u:Zq7pass@');
  assert.throws(
    () => loadText(t, baseUrl),
    (error) => !String(error).includes('Zq7pass'),
  );
});

test('a profile and its credentials are not printed by accident', (t) => {
  const profile = loadReady(
    t,
    `${complete}proxy: http://u:Zq7pass@proxy.example\ntestData: {account-info/succeeded: {userId: 1234567890}}\n`,
  );
  const { credentials } = profile;
  for (const shown of [inspect(profile, { depth: 9 }), JSON.stringify(profile)]) {
    assert.match(shown, /mine/);
    for (const hidden of [credentials.accessKey, credentials.secretKey, 'Zq7pass', '1234567890']) {
      assert.ok(!shown.includes(hidden), shown);
    }
  }
  assert.equal(inspect({ ...profile }.credentials), '[redacted]');
  assert.equal(JSON.stringify(credentials), '"[redacted]"');
});

test('the description is plain and without the path of the machine', (t) => {
  const profile = loadReady(t, complete);
  const { digest, ...rest } = describeProfile(profile);
  assert.match(digest ?? '', /^[0-9a-f]{64}$/);
  assert.deepEqual(rest, {
    name: 'mine',
    kind: 'ready',
    file: 'p.yaml',
    baseUrl: 'https://target.example/open-api',
    environment: 'sandbox',
    effects: 'prepared',
    robustness: true,
    timeZone: 'KST',
    acceptsOnlyPreparedData: true,
    testData: 0,
    notTestable: 0,
  });
});

test('the secrets: keys, PEM whole and by line, the password in each form; nothing empty or short', (t) => {
  const text = complete.replace('secret-key-of-the-project-0000001', `'quote"d'`);
  const profile = loadReady(t, `${text}proxy: http://u:p%40ssword@proxy.example\n`);
  const secrets = profileSecrets(profile);
  const lines = pair.privateKey.split('\n').filter((line) => line.length > 16 && !line.includes('-----'));
  const basic = Buffer.from('u:p@ssword').toString('base64');
  const expected = [
    profile.credentials.accessKey,
    'quote"d',
    'quote\\"d',
    'p%40ssword',
    'p@ssword',
    basic,
    pair.privateKey.trim(),
    ...lines,
  ];
  for (const secret of expected) assert.ok(secrets.includes(secret), `lacks ${secret.slice(0, 8)}…`);
  assert.ok(!secrets.some((secret) => secret.length < 5 || secret.startsWith('-----END')));
  assert.ok(!secrets.includes(profile.credentials.aspId));
});

test('the digest follows the settings, and neither secrets nor bodies', (t) => {
  const digest = (text: string) => loadReady(t, text).digest;
  const body = (id: string) => `${complete}testData: {account-info/succeeded: {userId: ${id}}}\n`;
  assert.equal(digest(complete), digest(complete.replace('secret-key', 'another-key')));
  assert.equal(digest(body('1')), digest(body('2')));
  assert.notEqual(digest(complete), digest(body('1')));
  assert.notEqual(digest(complete), digest(`${complete}timeZone: UTC\n`));
});
