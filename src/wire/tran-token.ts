import { createHmac, timingSafeEqual } from 'node:crypto';
import { isWrittenTime } from './clock.ts';

/** How a platform writes and signs its tokens: prefix, time and signature, between separators. */
export interface Signing {
  readonly prefix: string;
  readonly separator: string;
  /** Layout of the time, as {@link isWrittenTime} takes it. */
  readonly time: string;
  /** The signature, in base64. */
  readonly algorithm: 'HMAC-SHA256';
}

/** The signature in base64 with its `=` or without. */
export type Padding = 'padded' | 'unpadded';

/** What a token is made from. */
export interface TokenParts {
  readonly signing: Signing;
  readonly secretKey: string;
  readonly body: Uint8Array;
  readonly time: string;
  readonly padding: Padding;
}

export interface ParsedTranToken {
  readonly time: string;
  /** 32 bytes. */
  readonly signature: Uint8Array;
  readonly padding: Padding;
}

/**
 * Why a token is not valid: `malformed` (not three parts, or the last is not the base64 of 32 bytes), `prefix` (another
 * one), `time` (no time of its layout), `signature` (another key or other bytes).
 */
export type TranTokenProblem = 'malformed' | 'prefix' | 'time' | 'signature';

const hashes = { 'HMAC-SHA256': 'sha256' } as const;

function sign({ algorithm }: Signing, secretKey: string, body: Uint8Array): Buffer {
  return createHmac(hashes[algorithm], Buffer.from(secretKey, 'utf8')).update(body).digest();
}

/**
 * An integrity token: prefix, time, and the signature of the bytes sent (of an encrypted request those that are
 * encrypted) with the secret key as UTF-8. `time` is written as given, so that a case can send a wrong one.
 */
export function tranToken(parts: TokenParts): string {
  const { prefix, separator } = parts.signing;
  const base64 = sign(parts.signing, parts.secretKey, parts.body).toString('base64');
  const signature = parts.padding === 'padded' ? base64 : base64.replace(/=+$/, '');
  return [prefix, parts.time, signature].join(separator);
}

/** Takes a token apart, standard base64 only and canonical, padded or not. Says nothing of its signature. */
export function parseTranToken(
  token: string,
  signing: Signing,
): ({ readonly ok: true } & ParsedTranToken) | { readonly ok: false; readonly reason: TranTokenProblem } {
  const { separator } = signing;
  const [prefix, time = '', base64 = '', ...rest] = token.split(separator);
  if (prefix !== signing.prefix)
    return { ok: false, reason: token.includes(separator) ? 'prefix' : 'malformed' };
  if (rest.length > 0 || !/^[A-Za-z0-9+/]{43}=?$/.test(base64)) return { ok: false, reason: 'malformed' };
  if (!isWrittenTime(signing.time, time)) return { ok: false, reason: 'time' };
  const signature = Buffer.from(base64, 'base64');
  // The last digit carries two spare bits; set, they would give one signature several spellings.
  if (signature.toString('base64').slice(0, 43) !== base64.slice(0, 43))
    return { ok: false, reason: 'malformed' };
  return { ok: true, time, signature, padding: base64.length === 44 ? 'padded' : 'unpadded' };
}

/** Checks a token against a secret key and the bytes received. The signatures are compared in constant time. */
export function verifyTranToken(given: {
  readonly token: string;
  readonly signing: Signing;
  readonly secretKey: string;
  readonly body: Uint8Array;
}):
  | { readonly ok: true; readonly time: string; readonly padding: Padding }
  | { readonly ok: false; readonly reason: TranTokenProblem } {
  const parsed = parseTranToken(given.token, given.signing);
  if (!parsed.ok) return parsed;
  if (!timingSafeEqual(parsed.signature, sign(given.signing, given.secretKey, given.body))) {
    return { ok: false, reason: 'signature' };
  }
  return { ok: true, time: parsed.time, padding: parsed.padding };
}
