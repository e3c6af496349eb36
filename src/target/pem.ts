import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { KeyError, loadPrivateKey, loadPublicKey } from '../wire/keys.ts';
import type { Origin } from '../yaml/located.ts';

/** Text of a profile with the place it came from. */
export interface LocatedText {
  readonly value: string;
  readonly written: string;
  readonly at: Origin;
}

/** The reason why a PEM can't be used: one line, nothing of its content. */
export class PemError extends Error {}

/** @throws PemError */
export function readPublicKey(text: LocatedText): KeyObject {
  return guarded(() => loadPublicKey(readPem(text)));
}

/** @throws PemError */
export function readPrivateKey(text: LocatedText): KeyObject {
  return guarded(() => loadPrivateKey(readPem(text)));
}

/** The PEM of one certificate or several. @throws PemError */
export function readCertificate(text: LocatedText): string {
  const pem = readPem(text);
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) throw new PemError('expected a PEM of kind CERTIFICATE, found none');
  try {
    for (const block of blocks) new X509Certificate(block);
  } catch {
    throw new PemError('the CERTIFICATE does not decode; check that it is complete, with its line breaks');
  }
  return pem;
}

/** The PEM of the private key that belongs to a certificate. @throws PemError */
export function readTlsKey(text: LocatedText, certificate: string): string {
  const pem = readPem(text);
  let belongs: boolean;
  try {
    belongs = new X509Certificate(certificate).checkPrivateKey(createPrivateKey(pem));
  } catch {
    throw new PemError('expected a private key in PEM without a passphrase; this one does not decode');
  }
  if (!belongs) throw new PemError('this key does not belong to clientCertificate');
  return pem;
}

function guarded(load: () => KeyObject): KeyObject {
  try {
    return load();
  } catch (error) {
    if (error instanceof KeyError) throw new PemError(error.message);
    throw error;
  }
}

/** PEM text as it is or with `\n` for its line breaks, or the content of the file it names. */
function readPem({ value, written, at }: LocatedText): string {
  const text = value.trim();
  if (text.includes('-----BEGIN')) return `${text.replaceAll('\\r', '').replaceAll('\\n', '\n')}\n`;
  const expected = 'expected PEM text ("-----BEGIN …") or the path of a PEM file';
  // What is no path may be a key without its BEGIN line, so only what looks like a PEM file's name is shown.
  const shown = /^[\w./\\${}-]{1,200}\.(pem|key|crt|cer|pub)$/i.test(written) ? `"${written}"` : 'this value';
  try {
    const file = path.resolve(at.folder, text);
    // A pipe or a device might never end.
    const stat = statSync(file);
    if (!stat.isFile()) throw new PemError(`${expected}; ${shown} names something else than a file`);
    if (stat.size > 1024 * 1024) throw new PemError(`${expected}; the file of ${shown} is larger than 1 MiB`);
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof PemError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    const from = written.startsWith('${') ? 'the working folder' : "the profile's folder";
    throw new PemError(`${expected}, from ${from}; ${shown} is neither PEM nor a readable file (${code})`);
  }
}
