import type { KeyObject } from 'node:crypto';
import { compactDecrypt } from 'jose';
import { getMember, isJsonObject, type JsonValue } from '../json/json.ts';
import { JweError, type JweHeader, namedHeader, readHeader } from './jwe-header.ts';
import { requireRsa2048 } from './keys.ts';
import { type ContentEncryption, seal, wrapWithOaep } from './seal-jwe.ts';

export { inspectJwe, JweError, type JweErrorKind, type JweHeader } from './jwe-header.ts';
export { type ContentEncryption, contentEncryptions } from './seal-jwe.ts';

/** How a platform encrypts bodies, among what RFC 7518 has. */
export interface Encryption {
  /** The member of a body that holds the message and stands for all others. */
  readonly member: string;
  readonly alg: 'RSA-OAEP-256';
  /** What content may be encrypted with; the first unless something else is asked for. */
  readonly encs: readonly [ContentEncryption, ...ContentEncryption[]];
}

/** Parameters that change how a message is read, none of them part of the protocol: compression (bombs), unknown extensions, PBES2. */
const REFUSED_PARAMETERS = ['zip', 'crit', 'p2c', 'p2s'];

/**
 * Encrypts to a compact JWE (RFC 7516). A string is taken as UTF-8. A key that is not RSA of 2048 bits or more is a KeyError.
 */
export async function encryptMessage(
  plaintext: Uint8Array | string,
  options: {
    readonly publicKey: KeyObject;
    readonly alg: Encryption['alg'];
    readonly enc: ContentEncryption;
    readonly keyId?: string;
  },
): Promise<string> {
  const { publicKey, alg, enc, keyId } = options;
  requireRsa2048(publicKey, 'public key');
  return seal(plaintext, { alg, enc, ...(keyId !== undefined && { kid: keyId }) }, (key) =>
    wrapWithOaep(key, publicKey),
  );
}

/**
 * Decrypts a compact JWE of the accepted algorithms and no others. Every other message is a {@link JweError}; all failures behind the header look alike, whichever part is wrong. A bad key is a KeyError.
 */
export async function decryptMessage(
  jwe: string,
  privateKey: KeyObject,
  accepted: Encryption,
): Promise<{ readonly plaintext: Uint8Array; readonly header: JweHeader }> {
  requireRsa2048(privateKey, 'private key');
  const parameters = readHeader(jwe);
  const header = namedHeader(parameters);
  if (header.alg !== accepted.alg) {
    throw new JweError('algorithm-not-accepted', `expected alg ${accepted.alg}, found ${show(header.alg)}`);
  }
  if (!accepted.encs.some((enc) => enc === header.enc)) {
    const encs = accepted.encs.join(' or ');
    throw new JweError('algorithm-not-accepted', `expected enc ${encs}, found ${show(header.enc)}`);
  }
  const refused = REFUSED_PARAMETERS.filter((name) => Object.hasOwn(parameters, name));
  if (refused.length > 0) {
    throw new JweError('bad-header', `the JWE header has ${refused.join(', ')}, which is not accepted`);
  }
  try {
    const { plaintext } = await compactDecrypt(jwe, privateKey, {
      keyManagementAlgorithms: [accepted.alg],
      contentEncryptionAlgorithms: [...accepted.encs],
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

/** The body of an encrypted message: the bytes of an object with the JWE as its only member. */
export function wrapJwe(jwe: string, { member }: Pick<Encryption, 'member'>): Uint8Array {
  return Buffer.from(`{${JSON.stringify(member)}:${JSON.stringify(jwe)}}`, 'utf8');
}

/** The JWE in such a body, or undefined where the value is no object with text as that member. */
export function readJwe(json: JsonValue, { member }: Pick<Encryption, 'member'>): string | undefined {
  const jwe = isJsonObject(json) ? getMember(json, member) : undefined;
  return typeof jwe === 'string' ? jwe : undefined;
}
