import {
  constants,
  createCipheriv,
  createHmac,
  createPublicKey,
  type KeyObject,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';
import { encryptMessage } from './jwe.ts';

/** Messages that no peer may accept; what a test of a peer sends, and nothing else. */
export type Forgery =
  | 'altered-tag'
  | 'altered-ciphertext'
  | 'altered-key'
  | 'altered-header'
  | 'four-parts'
  | 'alg-none'
  | 'alg-dir'
  | 'alg-rsa1_5'
  | 'enc-a128cbc-hs256'
  | 'other-recipient';

/** A compact JWE that is wrong in one way (RFC 7516, section 7.1; algorithms of RFC 7518). */
export async function forgeMessage(
  forgery: Forgery,
  plaintext: string,
  publicKey: KeyObject,
): Promise<string> {
  switch (forgery) {
    case 'alg-rsa1_5':
      return seal(plaintext, { alg: 'RSA1_5', enc: 'A128GCM' }, (key) =>
        publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, key),
      );
    case 'alg-dir':
      return seal(plaintext, { alg: 'dir', enc: 'A128GCM' }, () => Buffer.alloc(0));
    case 'alg-none':
      return [
        encode({ alg: 'none', enc: 'none' }),
        '',
        '',
        Buffer.from(plaintext).toString('base64url'),
        '',
      ].join('.');
    case 'enc-a128cbc-hs256':
      return sealWithCbc(plaintext, publicKey);
    case 'other-recipient':
      return encryptMessage(plaintext, { publicKey: createPublicKey(otherRecipient), enc: 'A128GCM' });
    default: {
      const parts = (await encryptMessage(plaintext, { publicKey, enc: 'A128GCM' })).split('.');
      if (forgery === 'four-parts') return parts.slice(0, 4).join('.');
      if (forgery === 'altered-header') {
        // The header is authenticated with the content: another one, however harmless, must not open it.
        return [encode({ alg: 'RSA-OAEP-256', enc: 'A128GCM', cty: 'json' }), ...parts.slice(1)].join('.');
      }
      const part = { 'altered-key': 1, 'altered-ciphertext': 3, 'altered-tag': 4 }[forgery];
      return parts.map((text, index) => (index === part ? withFirstBitFlipped(text) : text)).join('.');
    }
  }
}

/** The key of nobody: its private half was never kept. Made beforehand, since an RSA key takes a while. */
const otherRecipient = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA6y0Z5Lq1T6K7z7/bunYa
7+Rhiyx8Ju3Zuthu2zjh7OT1Ze28y+VAtYwsgIdvxAdsui2QH2iY1FzsPJqpMm38
ws0ZN4i/qFsc9yyUTo9MlwdQJS6l1wQrUKh5DaEl+50qnU9XFkiW2hDRPKA4Tn0s
MhufmXVwipOO88PFcaBQMW0Oz6L3TPi6rT9wvHVOtjkh+95sNH4Fx5GNZXytceN8
LrBRItGbGGXtuIDtArde9BMEHiCD4dHJHMGLyn+YrLNCD41sQoDlrFkM8dgOH6Cl
5NMQaCJMKAz5RT9RrwZRAxV0X3gUVB1UMsuteFyv1Vf+/H5LrDVkR2bBpAo8q+pZ
YQIDAQAB
-----END PUBLIC KEY-----`;

function seal(plaintext: string, header: object, wrap: (key: Buffer) => Buffer): string {
  const key = randomBytes(16);
  const iv = randomBytes(12);
  const protectedHeader = encode(header);
  const cipher = createCipheriv('aes-128-gcm', key, iv);
  cipher.setAAD(Buffer.from(protectedHeader, 'ascii'));
  const ciphertext = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
  return compact(protectedHeader, wrap(key), iv, ciphertext, cipher.getAuthTag());
}

/** RFC 7518, section 5.2: half of the key signs, the other half encrypts. */
function sealWithCbc(plaintext: string, publicKey: KeyObject): string {
  const key = randomBytes(32);
  const iv = randomBytes(16);
  const protectedHeader = encode({ alg: 'RSA-OAEP-256', enc: 'A128CBC-HS256' });
  const cipher = createCipheriv('aes-128-cbc', key.subarray(16), iv);
  const ciphertext = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(protectedHeader.length * 8));
  const tag = createHmac('sha256', key.subarray(0, 16))
    .update(protectedHeader, 'ascii')
    .update(iv)
    .update(ciphertext)
    .update(length)
    .digest()
    .subarray(0, 16);
  const wrapped = publicEncrypt(
    { key: publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
    key,
  );
  return compact(protectedHeader, wrapped, iv, ciphertext, tag);
}

function compact(header: string, ...parts: readonly Buffer[]): string {
  return [header, ...parts.map((part) => part.toString('base64url'))].join('.');
}

function encode(header: object): string {
  return Buffer.from(JSON.stringify(header)).toString('base64url');
}

function withFirstBitFlipped(text: string): string {
  const bytes = Buffer.from(text, 'base64url');
  bytes[0] = (bytes[0] ?? 0) ^ 0x01;
  return bytes.toString('base64url');
}
