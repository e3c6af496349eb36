import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { contractFolders, loadContract } from '../../src/contract/load.ts';
import { keyLengths } from '../../src/target/key-lengths.ts';
import { loadProfile } from '../../src/target/load.ts';
import { projectRoot } from '../../src/target/profile.ts';
import {
  complete,
  credentials,
  folderWith,
  keys,
  loadReady,
  pair,
  problemsOf,
  profileError,
} from './helper.ts';

test('a complete profile is ready, with the documented defaults', (t) => {
  const profile = loadReady(t, complete);
  const {
    name,
    baseUrl,
    timeZone,
    wire,
    timeouts,
    pace,
    maxRequests,
    maxResponseBytes,
    acceptsOnlyPreparedData,
  } = profile;
  assert.deepEqual(
    { name, baseUrl, timeZone, wire, timeouts, pace, maxRequests, maxResponseBytes, acceptsOnlyPreparedData },
    {
      name: 'mine',
      baseUrl: 'https://target.example/open-api',
      timeZone: 'KST',
      wire: { tokenPadding: 'padded', contentEncryption: 'A128GCM', envelope: {} },
      timeouts: { exchange: 10_000, workflow: 60_000, run: 900_000 },
      pace: { inFlight: 4 },
      maxRequests: undefined,
      maxResponseBytes: 1024 * 1024,
      acceptsOnlyPreparedData: true,
    },
  );
  assert.equal(profile.credentials.accessKey, credentials.KONAPLATE_ACCESS_KEY);
  assert.equal(profile.credentials.serverPublicKey.type, 'public');
  assert.equal(profile.credentials.clientPrivateKey.type, 'private');
  assert.deepEqual([profile.testData.size, profile.notTestable.size, profile.notes], [0, 0, []]);
});

test('every optional field arrives as written', (t) => {
  const profile = loadReady(
    t,
    `${complete}timeZone: UTC
notTestable: {account-info/succeeded: none is given out}
wire: {tokenPadding: unpadded, contentEncryption: A256GCM, envelope: {code: /code, message: /a~1b/0}}
timeouts: {exchange: 100, run: 60000}
pace: {inFlight: 2, requestsPerSecond: 0.5}
maxRequests: 1000
maxResponseBytes: 67108864
proxy: http://\${PROXY_USER}@proxy.example:3128
acceptsOnlyPreparedData: false
`,
    { env: { PROXY_USER: 'u:p%25' } },
  );
  assert.equal(profile.timeZone, 'UTC');
  assert.deepEqual([...profile.notTestable], [['account-info/succeeded', 'none is given out']]);
  assert.deepEqual(profile.wire, {
    tokenPadding: 'unpadded',
    contentEncryption: 'A256GCM',
    envelope: { code: '/code', message: '/a~1b/0' },
  });
  assert.deepEqual(profile.timeouts, { exchange: 100, workflow: 60_000, run: 60_000 });
  assert.deepEqual(profile.pace, { inFlight: 2, requestsPerSecond: 0.5 });
  assert.equal(profile.maxRequests, 1000);
  assert.equal(profile.maxResponseBytes, 67108864);
  assert.equal(profile.proxy, 'http://u:p%25@proxy.example:3128');
  assert.equal(profile.acceptsOnlyPreparedData, false);
});

test('a slash at the end of baseUrl does no harm', (t) => {
  const profile = loadReady(t, complete.replace('/open-api', '/open-api//'));
  assert.equal(profile.baseUrl, 'https://target.example/open-api');
});

test('keys may be PEM blocks, PEM with \\n, or paths from the folder of the file that names them', (t) => {
  const block = `|\n    ${pair.publicKey.trim().replaceAll('\n', '\n    ')}`;
  const profile = loadReady(t, complete.replace(/\$\{PUBLIC\}/, block), {
    env: { PRIVATE: pair.privateKey.replaceAll('\n', '\\n') },
  });
  assert.equal(profile.credentials.serverPublicKey.asymmetricKeyType, 'rsa');

  const cwd = folderWith(t, {
    'profiles/p.yaml': complete.replace(/\$\{PUBLIC\}/, './keys/public.pem'),
    'profiles/keys/public.pem': pair.publicKey,
    'private.pem': pair.privateKey,
  });
  // The environment's path starts from the working folder, the profile's from the profile.
  const read = loadProfile('profiles/p.yaml', { cwd, root: cwd, env: { PRIVATE: 'private.pem' } });
  assert.equal(read.kind, 'ready');
});

test('a name means targets/<name>.yaml; an unknown one is answered with the names there are', (t) => {
  const root = folderWith(t, { 'targets/mine.yaml': complete, 'targets/other.yaml': complete });
  assert.equal(loadProfile('mine', { root, cwd: '/', env: keys }).name, 'mine');
  const { message } = profileError(() => loadProfile('mime', { root, cwd: '/', env: keys }));
  assert.equal(
    message,
    'mime: no such target (did you mean "mine"?); in targets/ there are mine, other; a path ends in .yaml',
  );
  const missing = profileError(() => loadProfile('./mine.yaml', { root, cwd: root, env: keys }));
  assert.match(missing.message, /no such profile file; .*mine, other/);
});

test('the sandbox profile as shipped loads from the environment alone, without test data', () => {
  const profile = loadProfile('sandbox', { env: credentials, scenarioIds: [] });
  assert.equal(profile.kind, 'ready');
  assert.deepEqual([profile.name, profile.testData.size, profile.notes], ['sandbox', 0, []]);
  const { message } = profileError(() => loadProfile('sandbox', { env: {} }));
  assert.match(
    message,
    /^targets\/sandbox\.yaml: the environment variables KONAPLATE_BASE_URL, .*, KONAPLATE_CLIENT_PRIVATE_KEY are not set.*\.env[^\n]*$/,
  );
});

test('the commented examples of the sandbox profile are test data once the "#" is taken out', (t) => {
  const shipped = readFileSync(path.join(projectRoot, 'targets/sandbox.yaml'), 'utf8');
  const example = /^ {2}# ([a-z-]+\/[a-z-]+: \{)/gm;
  const active = shipped.replace(example, '  $1');
  const cwd = folderWith(t, { 'p.yaml': active });
  const profile = loadProfile('./p.yaml', { cwd, env: credentials });
  assert.equal(profile.testData.size, shipped.match(example)?.length);
  assert.deepEqual(profile.testData.get('account-info/succeeded'), { userId: 1000000000000000001n });
});

test('lengths the documents promise are notes, one character off or not', (t) => {
  const short = loadReady(t, complete.replace('asp-00000000001', 'asp-0000000001'), {
    keyLengths: keyLengths(loadContract(contractFolders(projectRoot))),
  });
  assert.deepEqual(short.notes, [
    'credentials.aspId has 14 characters; the documents say 15 characters (specs/pages.yaml, page 000, line 32)',
  ]);
});

test('plain http is refused unless the profile allows it, and noted then; on this machine it is nothing', (t) => {
  const plain = complete.replace('https:', 'http:');
  for (const text of [plain, `${plain}allowPlainHttp: false\n`]) {
    assert.match(
      problemsOf(t, text).join('\n'),
      /^p\.yaml:2:10: \/baseUrl: http, not https: .* allowPlainHttp: true [^\n]*$/,
    );
  }
  const remote = loadReady(t, `${plain}allowPlainHttp: true\n`);
  assert.match(remote.notes.join(), /baseUrl is http/);
  const local = loadReady(t, complete.replace('https://target.example', 'http://127.0.0.1:8080'));
  assert.deepEqual(local.notes, []);
});
