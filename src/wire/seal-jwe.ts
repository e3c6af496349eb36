import { constants, createCipheriv, type KeyObject, publicEncrypt, randomBytes } from 'node:crypto';

export const contentEncryptions = ['A128GCM', 'A256GCM'] as const;
export type ContentEncryption = (typeof contentEncryptions)[number];

const gcm = {
  A128GCM: { cipher: 'aes-128-gcm', keyBytes: 16 },
  A256GCM: { cipher: 'aes-256-gcm', keyBytes: 32 },
} as const;

/**
 * A compact JWE (RFC 7516, section 5.1) with AES-GCM, its key wrapped as told. Of node:crypto rather than jose, which
 * takes seven times as long for it: most of what a case costs would be the encryption. Messages are read with jose.
 *
 * @param plaintext a string is taken as UTF-8
 */
export function seal(
  plaintext: Uint8Array | string,
  header: { readonly alg: string; readonly enc: ContentEncryption; readonly kid?: string },
  wrap: (key: Buffer) => Buffer,
): string {
  const { cipher: name, keyBytes } = gcm[header.enc];
  const key = randomBytes(keyBytes);
  const iv = randomBytes(12);
  const protectedHeader = encodeHeader(header);
  const cipher = createCipheriv(name, key, iv);
  cipher.setAAD(Buffer.from(protectedHeader, 'ascii'));
  const bytes = typeof plaintext === 'string' ? Buffer.from(plaintext, 'utf8') : plaintext;
  const ciphertext = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return compact(protectedHeader, wrap(key), iv, ciphertext, cipher.getAuthTag());
}

/** RSA-OAEP-256 (RFC 7518, section 4.3). */
export function wrapWithOaep(key: Buffer, publicKey: KeyObject): Buffer {
  return publicEncrypt(
    { key: publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
    key,
  );
}

export function compact(header: string, ...parts: readonly Buffer[]): string {
  return [header, ...parts.map((part) => part.toString('base64url'))].join('.');
}

export function encodeHeader(header: object): string {
  return Buffer.from(JSON.stringify(header)).toString('base64url');
}
