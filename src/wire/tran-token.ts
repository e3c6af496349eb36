import { createHmac, timingSafeEqual } from 'node:crypto';
import { isTokenTime } from './clock.ts';

/** The HMAC in base64 with its `=` (a token of 67 characters) or without (66, the documented length). Both occur. */
export const paddings = ['padded', 'unpadded'] as const;
export type Padding = (typeof paddings)[number];

/** What a token is made from. */
export interface TokenParts {
  readonly secretKey: string;
  readonly body: Uint8Array;
  readonly time: string;
  readonly padding: Padding;
}

export interface ParsedTranToken {
  /** yyyyMMddHHmmssSSS */
  readonly time: string;
  /** 32 bytes. */
  readonly signature: Uint8Array;
  readonly padding: Padding;
}

/**
 * Why a token is not valid: `malformed` (not three parts, or the last is not the base64 of 32 bytes), `prefix` (not
 * KMV1), `time` (not 17 digits of a calendar time), `signature` (another key or other bytes).
 */
export type TranTokenProblem = 'malformed' | 'prefix' | 'time' | 'signature';

/** What a token begins with. */
export const tokenPrefix = 'KMV1';

function sign(secretKey: string, body: Uint8Array): Buffer {
  return createHmac('sha256', Buffer.from(secretKey, 'utf8')).update(body).digest();
}

/**
 * X-KM-Tran-Token: `KMV1:` + time + `:` + base64(HMAC-SHA256(secret key as UTF-8, body)), where the body is the bytes
 * sent, for an encrypted request the encData JSON (PROTOCOL; page 004, line 77). `time` is written as given, so that a
 * case can send a wrong one.
 */
export function tranToken(parts: TokenParts): string {
  const base64 = sign(parts.secretKey, parts.body).toString('base64');
  const signature = parts.padding === 'padded' ? base64 : base64.replace(/=+$/, '');
  return `${tokenPrefix}:${parts.time}:${signature}`;
}

/** Takes a token apart, standard base64 only and canonical, padded or not. Says nothing of its signature. */
export function parseTranToken(
  token: string,
): ({ readonly ok: true } & ParsedTranToken) | { readonly ok: false; readonly reason: TranTokenProblem } {
  const [prefix, time = '', base64 = '', ...rest] = token.split(':');
  if (prefix !== tokenPrefix) return { ok: false, reason: token.includes(':') ? 'prefix' : 'malformed' };
  if (rest.length > 0 || !/^[A-Za-z0-9+/]{43}=?$/.test(base64)) return { ok: false, reason: 'malformed' };
  if (!isTokenTime(time)) return { ok: false, reason: 'time' };
  const signature = Buffer.from(base64, 'base64');
  // The last digit carries two spare bits; set, they would give one signature several spellings.
  if (signature.toString('base64').slice(0, 43) !== base64.slice(0, 43))
    return { ok: false, reason: 'malformed' };
  return { ok: true, time, signature, padding: base64.length === 44 ? 'padded' : 'unpadded' };
}

/** Checks a token against a secret key and the bytes received. The signatures are compared in constant time. */
export function verifyTranToken(given: {
  readonly token: string;
  readonly secretKey: string;
  readonly body: Uint8Array;
}):
  | { readonly ok: true; readonly time: string; readonly padding: Padding }
  | { readonly ok: false; readonly reason: TranTokenProblem } {
  const parsed = parseTranToken(given.token);
  if (!parsed.ok) return parsed;
  if (!timingSafeEqual(parsed.signature, sign(given.secretKey, given.body))) {
    return { ok: false, reason: 'signature' };
  }
  return { ok: true, time: parsed.time, padding: parsed.padding };
}
