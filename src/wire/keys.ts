import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { UserError } from '../user-error.ts';

/** A key that can't be used. One line; holds nothing of the key. */
export class KeyError extends UserError {
  override readonly name = 'KeyError';
}

const PUBLIC_LABELS = ['PUBLIC KEY', 'RSA PUBLIC KEY', 'CERTIFICATE'];
const PRIVATE_LABELS = ['PRIVATE KEY', 'RSA PRIVATE KEY'];

/** Reads an RSA public key of 2048 bits or more from PEM: SPKI, PKCS#1 or an X.509 certificate. Else a KeyError. */
export function loadPublicKey(pem: string): KeyObject {
  return load(pem, 'public key', PUBLIC_LABELS, createPublicKey);
}

/** Reads an unencrypted RSA private key of 2048 bits or more from PEM: PKCS#8 or PKCS#1. Else a KeyError. */
export function loadPrivateKey(pem: string): KeyObject {
  return load(pem, 'private key', PRIVATE_LABELS, createPrivateKey);
}

function load(
  pem: string,
  what: string,
  labels: readonly string[],
  create: (pem: string) => KeyObject,
): KeyObject {
  const expected = `a PEM of kind ${labels.join(' or ')}`;
  const label = /-----BEGIN ([A-Z0-9 ]{1,40})-----/.exec(pem)?.[1];
  if (label === undefined) throw new KeyError(`${what}: expected ${expected}, found no BEGIN line`);
  // createPublicKey would accept a private key; whoever sent one by mistake should learn of it.
  if (!labels.includes(label)) throw new KeyError(`${what}: expected ${expected}, found ${label}`);
  let key: KeyObject;
  try {
    key = create(pem);
  } catch {
    throw new KeyError(
      `${what}: the ${label} does not decode; check that it is complete, with its line breaks`,
    );
  }
  requireRsa2048(key, what);
  return key;
}

/** Throws a KeyError unless the key is RSA (RFC 7518, section 4.3) with 2048 bits or more. */
export function requireRsa2048(key: KeyObject, what: string): void {
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (key.asymmetricKeyType !== 'rsa') {
    throw new KeyError(`${what}: expected an RSA key, found ${key.asymmetricKeyType ?? key.type}`);
  }
  if (bits < 2048) throw new KeyError(`${what}: expected RSA with 2048 bits or more, found ${bits}`);
}
