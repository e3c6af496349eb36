import {
  constants,
  createCipheriv,
  createHmac,
  createPublicKey,
  type KeyObject,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';
import { type ContentEncryption, type Encryption, encryptMessage } from './jwe.ts';
import { readHeader } from './jwe-header.ts';

/** A message as it should be, and what it was made from. */
export interface GoodMessage {
  readonly jwe: string;
  readonly plaintext: string;
  readonly publicKey: KeyObject;
  readonly enc: ContentEncryption;
  readonly encryption: Encryption;
}

/** Compact JWEs that are wrong in one way (RFC 7516, section 7.1; algorithms of RFC 7518), which no peer may accept. */
export const forgeries = {
  'altered-tag': ({ jwe }) => withPart(jwe, 4, withFirstBitFlipped),
  'altered-ciphertext': ({ jwe }) => withPart(jwe, 3, withFirstBitFlipped),
  'altered-key': ({ jwe }) => withPart(jwe, 1, withFirstBitFlipped),
  // The header is authenticated with the content: another one, however harmless, must not open it.
  'altered-header': ({ jwe }) => withPart(jwe, 0, () => encode({ ...readHeader(jwe), cty: 'json' })),
  'four-parts': ({ jwe }) => jwe.slice(0, jwe.lastIndexOf('.')),
  'alg-none': ({ plaintext }) =>
    [encode({ alg: 'none', enc: 'none' }), '', '', Buffer.from(plaintext).toString('base64url'), ''].join(
      '.',
    ),
  'alg-dir': ({ plaintext, enc }) => seal(plaintext, { alg: 'dir', enc }, () => Buffer.alloc(0)),
  'alg-rsa1_5': ({ plaintext, enc, publicKey }) =>
    seal(plaintext, { alg: 'RSA1_5', enc }, (key) =>
      publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, key),
    ),
  'enc-a128cbc-hs256': ({ plaintext, publicKey, encryption }) =>
    sealWithCbc(plaintext, publicKey, encryption.alg),
} satisfies Readonly<Record<string, (good: GoodMessage) => string>>;

export type Forgery = keyof typeof forgeries | 'other-recipient';

/** A message to a key that no peer may accept. */
export async function forgeMessage(
  forgery: Forgery,
  plaintext: string,
  publicKey: KeyObject,
  encryption: Encryption,
): Promise<string> {
  const { alg } = encryption;
  const [enc] = encryption.encs;
  if (forgery === 'other-recipient') return encryptMessage(plaintext, { publicKey: nobodysKey(), alg, enc });
  const jwe = await encryptMessage(plaintext, { publicKey, alg, enc });
  return forgeries[forgery]({ jwe, plaintext, publicKey, enc, encryption });
}

/** The key of nobody: its private half was never kept. Made beforehand, since an RSA key takes a while. */
export function nobodysKey(): KeyObject {
  parsed ??= createPublicKey(nobodysPem);
  return parsed;
}

let parsed: KeyObject | undefined;

const nobodysPem = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA6y0Z5Lq1T6K7z7/bunYa
7+Rhiyx8Ju3Zuthu2zjh7OT1Ze28y+VAtYwsgIdvxAdsui2QH2iY1FzsPJqpMm38
ws0ZN4i/qFsc9yyUTo9MlwdQJS6l1wQrUKh5DaEl+50qnU9XFkiW2hDRPKA4Tn0s
MhufmXVwipOO88PFcaBQMW0Oz6L3TPi6rT9wvHVOtjkh+95sNH4Fx5GNZXytceN8
LrBRItGbGGXtuIDtArde9BMEHiCD4dHJHMGLyn+YrLNCD41sQoDlrFkM8dgOH6Cl
5NMQaCJMKAz5RT9RrwZRAxV0X3gUVB1UMsuteFyv1Vf+/H5LrDVkR2bBpAo8q+pZ
YQIDAQAB
-----END PUBLIC KEY-----`;

function seal(
  plaintext: string,
  header: { readonly alg: string; readonly enc: ContentEncryption },
  wrap: (key: Buffer) => Buffer,
): string {
  const { cipher: name, keyBytes } = gcm[header.enc];
  const key = randomBytes(keyBytes);
  const iv = randomBytes(12);
  const protectedHeader = encode(header);
  const cipher = createCipheriv(name, key, iv);
  cipher.setAAD(Buffer.from(protectedHeader, 'ascii'));
  const ciphertext = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
  return compact(protectedHeader, wrap(key), iv, ciphertext, cipher.getAuthTag());
}

const gcm = {
  A128GCM: { cipher: 'aes-128-gcm', keyBytes: 16 },
  A256GCM: { cipher: 'aes-256-gcm', keyBytes: 32 },
} as const;

/** RFC 7518, section 5.2: half of the key signs, the other half encrypts. */
function sealWithCbc(plaintext: string, publicKey: KeyObject, alg: string): string {
  const key = randomBytes(32);
  const iv = randomBytes(16);
  const protectedHeader = encode({ alg, enc: 'A128CBC-HS256' });
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

function withPart(jwe: string, place: number, change: (part: string) => string): string {
  return jwe
    .split('.')
    .map((part, index) => (index === place ? change(part) : part))
    .join('.');
}

function withFirstBitFlipped(text: string): string {
  const bytes = Buffer.from(text, 'base64url');
  bytes[0] = (bytes[0] ?? 0) ^ 0x01;
  return bytes.toString('base64url');
}
