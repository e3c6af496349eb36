import type { KeyObject } from 'node:crypto';
import { CompactEncrypt, compactDecrypt } from 'jose';
import { getMember, isJsonObject, type JsonValue, stringifyJson } from '../json/json.ts';
import { JweError, type JweHeader, namedHeader, readHeader } from './jwe-header.ts';
import { requireRsa2048 } from './keys.ts';

export { inspectJwe, JweError, type JweErrorKind, type JweHeader } from './jwe-header.ts';

const ALGORITHM = 'RSA-OAEP-256';
export const contentEncryptions = ['A128GCM', 'A256GCM'] as const;
export type ContentEncryption = (typeof contentEncryptions)[number];

/** Parameters that change how a message is read, none of them part of the protocol: compression (bombs), unknown extensions, PBES2. */
const REFUSED_PARAMETERS = ['zip', 'crit', 'p2c', 'p2s'];

/**
 * Encrypts to a compact JWE (RFC 7516) with RSA-OAEP-256 and AES-GCM (PROTOCOL). A string is taken as UTF-8.
 * A key that is not RSA of 2048 bits or more is a KeyError.
 */
export async function encryptMessage(
  plaintext: Uint8Array | string,
  options: { readonly publicKey: KeyObject; readonly enc: ContentEncryption; readonly keyId?: string },
): Promise<string> {
  requireRsa2048(options.publicKey, 'public key');
  const bytes = typeof plaintext === 'string' ? Buffer.from(plaintext, 'utf8') : plaintext;
  return new CompactEncrypt(bytes)
    .setProtectedHeader({
      alg: ALGORITHM,
      enc: options.enc,
      ...(options.keyId === undefined ? {} : { kid: options.keyId }),
    })
    .encrypt(options.publicKey);
}

/**
 * Decrypts a compact JWE, RSA-OAEP-256 with A128GCM or A256GCM and nothing weaker. Every other message is a
 * {@link JweError}; all failures behind the header look alike, whichever part is wrong. A bad key is a KeyError.
 */
export async function decryptMessage(
  jwe: string,
  privateKey: KeyObject,
): Promise<{ readonly plaintext: Uint8Array; readonly header: JweHeader }> {
  requireRsa2048(privateKey, 'private key');
  const parameters = readHeader(jwe);
  const header = namedHeader(parameters);
  if (header.alg !== ALGORITHM) {
    throw new JweError('algorithm-not-accepted', `expected alg ${ALGORITHM}, found ${show(header.alg)}`);
  }
  if (!contentEncryptions.some((enc) => enc === header.enc)) {
    const accepted = contentEncryptions.join(' or ');
    throw new JweError('algorithm-not-accepted', `expected enc ${accepted}, found ${show(header.enc)}`);
  }
  const refused = REFUSED_PARAMETERS.filter((name) => Object.hasOwn(parameters, name));
  if (refused.length > 0) {
    throw new JweError('bad-header', `the JWE header has ${refused.join(', ')}, which is not accepted`);
  }
  try {
    const { plaintext } = await compactDecrypt(jwe, privateKey, {
      keyManagementAlgorithms: [ALGORITHM],
      contentEncryptionAlgorithms: [...contentEncryptions],
      maxDecompressedLength: 0,
    });
    return { plaintext, header };
  } catch {
    throw new JweError(
      'decryption-failed',
      'the message does not decrypt: made for another key, or changed on the way',
    );
  }
}

function show(algorithm: string): string {
  return JSON.stringify(algorithm.slice(0, 30));
}

/** The body of an encrypted message: the bytes of `{"encData":"<JWE>"}` (PROTOCOL, client). */
export function wrapEncData(jwe: string): Uint8Array {
  return Buffer.from(stringifyJson({ encData: jwe }), 'utf8');
}

/** The JWE in such a body, or undefined where the value is no object with a string `encData`. */
export function readEncData(json: JsonValue): string | undefined {
  const encData = isJsonObject(json) ? getMember(json, 'encData') : undefined;
  return typeof encData === 'string' ? encData : undefined;
}
