import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { profileSecrets } from '../../src/target/profile.ts';
import { makeCertificate } from '../wire/certificate.ts';
import { complete, loadReady, problemsOf } from './helper.ts';

const made = makeCertificate();
const skip = made === undefined && 'openssl is not installed';
const { cert, key } = made ?? { cert: '', key: '' };
const both = `${complete}tls: {ca: ./ca.pem, clientCertificate: "\${CERT}", clientKey: "\${KEY}"}\n`;

test('certificates and their key arrive as the client takes them, and are not printed', { skip }, (t) => {
  const profile = loadReady(t, both, { env: { CERT: cert, KEY: key }, files: { 'ca.pem': cert } });
  assert.deepEqual(
    [profile.tls?.ca?.trim(), profile.tls?.cert?.trim(), profile.tls?.key?.trim()],
    [cert.trim(), cert.trim(), key.trim()],
  );
  assert.ok(profileSecrets(profile).includes(key.trim()));
  assert.equal(inspect(profile.tls), '[redacted]');
});

test('a key of another certificate, and a certificate cut off', { skip }, (t) => {
  const files = { 'ca.pem': cert };
  const other = problemsOf(t, both.replace(/\$\{KEY\}/, `\${PRIVATE}`), { env: { CERT: cert }, files });
  assert.deepEqual(other, ['p.yaml:10:62: /tls/clientKey: this key does not belong to clientCertificate']);
  const cut = problemsOf(t, both, {
    env: { CERT: cert, KEY: key },
    files: { 'ca.pem': cert.replace(/\n.*\n/, '\n') },
  });
  assert.match(cut.join(), /^p\.yaml:10:11: \/tls\/ca: the CERTIFICATE does not decode/);
});
