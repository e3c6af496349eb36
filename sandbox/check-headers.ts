import { createHash, timingSafeEqual } from 'node:crypto';
import { formats } from '../src/contract/formats.ts';
import type { Header } from '../src/contract/model.ts';
import { ZONE_NAMES } from '../src/wire/clock.ts';
import { headerValues } from '../src/wire/headers.ts';
import { verifyTranToken } from '../src/wire/tran-token.ts';
import { assumedOf } from './assumed.ts';
import { demand } from './demand.ts';
import { ownCodes, Refusal } from './own-codes.ts';
import type { Situation } from './stages.ts';

/**
 * The stage of the headers: each documented one there, once, of its length and form; then caller, token and key.
 *
 * @throws {Refusal} for the first check that fails
 */
export function checkHeaders(at: Situation): void {
  const contentType = headerValues(at.received.headers, 'content-type').join(',');
  demand(at, 'content-type', isJson(contentType), () => new Refusal(ownCodes.wrongContentType));
  for (const header of at.api.request.headers) checkHeader(at, header);
  checkCaller(at);
}

/** `application/json` with any parameters (RFC 9110, section 8.3.1); a charset, if any, must be UTF-8 (RFC 8259, section 8.1). */
function isJson(contentType: string): boolean {
  const [type = '', ...parameters] = contentType.toLowerCase().split(';');
  const charset = parameters.map((text) => text.trim()).find((text) => text.startsWith('charset='));
  return type.trim() === 'application/json' && /^charset="?utf-?8"?$/.test(charset ?? 'charset=utf-8');
}

function checkHeader(at: Situation, { name, presence, schema }: Header): void {
  const { headers } = at.contract.platform;
  const [value, ...more] = headerValues(at.received.headers, name);
  // Callbacks, for which the access key is left out, are not among the APIs here; the crypto key id goes with encryption.
  const needed = presence !== 'optional' || (name === headers.cryptoKeyId && at.api.request.body.encrypted);
  const given = value !== undefined && value !== '';
  demand(at, `header.${name}.presence`, given || !needed, () => new Refusal(ownCodes.requiredMissing, name));
  if (!given) return;
  demand(at, `header.${name}.once`, more.length === 0, () => new Refusal(ownCodes.badValue, name));
  // A token may be padded or not: its two lengths are both taken.
  const interpretations =
    name === headers.tranToken ? (schema.anyOf ?? []) : [assumedOf(schema, at.contract)];
  const fits = interpretations.some(
    ({ minLength = 0, maxLength = value.length }) => value.length >= minLength && value.length <= maxLength,
  );
  demand(at, `header.${name}.length`, fits, () => new Refusal(ownCodes.wrongLength, name));
  const hasForm = interpretations.some(({ format }) => format === undefined || formats[format](value));
  const inForm = hasForm && (name !== headers.timeZone || ZONE_NAMES.includes(value));
  demand(at, `header.${name}.form`, inForm, () => new Refusal(ownCodes.badValue, name));
}

function checkCaller(at: Situation): void {
  const { credentials, received } = at;
  const { headers, signing } = at.contract.platform;
  const first = (name: string) => headerValues(received.headers, name)[0] ?? '';
  const unknownCaller = () => new Refusal(ownCodes.unknownCaller);
  demand(at, `header.${headers.aspId}.known`, same(first(headers.aspId), credentials.aspId), unknownCaller);
  demand(
    at,
    `header.${headers.accessKey}.known`,
    same(first(headers.accessKey), credentials.accessKey),
    unknownCaller,
  );
  const token = verifyTranToken({
    token: first(headers.tranToken),
    signing,
    secretKey: credentials.secretKey,
    body: received.body,
  });
  demand(at, 'token', token.ok, () => new Refusal(ownCodes.badToken));
  const keyId = first(headers.cryptoKeyId);
  const known = keyId === '' || same(keyId, credentials.cryptoKeyId);
  demand(at, `header.${headers.cryptoKeyId}.known`, known, () => new Refusal(ownCodes.unknownCryptoKey));
}

/** Compares in constant time; hashing makes the lengths equal, so that not even they show. */
function same(given: string, known: string): boolean {
  const [a, b] = [given, known].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
