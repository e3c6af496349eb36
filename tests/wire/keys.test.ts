import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { KeyError, loadPrivateKey, loadPublicKey } from '../../src/wire/keys.ts';
import { makeCertificate } from './certificate.ts';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const weak = generateKeyPairSync('rsa', { modulusLength: 2040 });
const spki = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/** The message of the KeyError, one line and without a run of key material. */
function problem(load: () => unknown): string {
  try {
    load();
  } catch (error) {
    assert.ok(error instanceof KeyError);
    assert.doesNotMatch(error.message, /\n|[A-Za-z0-9+/]{24}/);
    return error.message;
  }
  return 'loaded';
}

describe('loadPublicKey', () => {
  it('reads SPKI and PKCS#1', () => {
    assert.ok(loadPublicKey(spki).equals(publicKey));
    assert.ok(loadPublicKey(publicKey.export({ type: 'pkcs1', format: 'pem' }).toString()).equals(publicKey));
  });

  it('reads an X.509 certificate', (t) => {
    const made = makeCertificate();
    if (made === undefined) return t.skip('openssl is not here to make a certificate');
    assert.ok(
      loadPublicKey(made.cert).equals(
        loadPublicKey(
          execFileSync('openssl', ['x509', '-pubkey', '-noout'], { input: made.cert }).toString(),
        ),
      ),
    );
  });

  it('refuses a private key in its place', () => {
    assert.match(
      problem(() => loadPublicKey(pkcs8)),
      /expected a PEM of kind PUBLIC KEY.*found PRIVATE KEY/,
    );
  });

  it('refuses RSA below 2048 bits, and other kinds', () => {
    const small = weak.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    assert.match(
      problem(() => loadPublicKey(small)),
      /2048 bits or more, found 2040/,
    );
    const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey;
    assert.match(
      problem(() => loadPublicKey(ec.export({ type: 'spki', format: 'pem' }).toString())),
      /RSA key, found ec/,
    );
  });

  it('refuses what is no key, quoting nothing of it', () => {
    assert.match(
      problem(() => loadPublicKey('')),
      /no BEGIN line/,
    );
    assert.match(
      problem(() => loadPublicKey(spki.replaceAll('\n', ' '))),
      /does not decode/,
    );
    assert.match(
      problem(() => loadPublicKey(spki.slice(0, 200))),
      /does not decode/,
    );
  });
});

describe('loadPrivateKey', () => {
  it('reads PKCS#8 and PKCS#1', () => {
    assert.ok(loadPrivateKey(pkcs8).equals(privateKey));
    assert.ok(
      loadPrivateKey(privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()).equals(privateKey),
    );
  });

  it('refuses public, encrypted, weak and broken keys', () => {
    const encrypted = privateKey.export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-128-cbc',
      passphrase: 'p',
    });
    assert.match(
      problem(() => loadPrivateKey(spki)),
      /found PUBLIC KEY/,
    );
    assert.match(
      problem(() => loadPrivateKey(encrypted.toString())),
      /found ENCRYPTED PRIVATE KEY/,
    );
    const small = weak.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    assert.match(
      problem(() => loadPrivateKey(small)),
      /found 2040/,
    );
    assert.match(
      problem(() => loadPrivateKey(pkcs8.slice(0, -200))),
      /does not decode/,
    );
  });
});
