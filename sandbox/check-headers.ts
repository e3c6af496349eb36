import { createHash, timingSafeEqual } from 'node:crypto';
import { formats } from '../src/contract/formats.ts';
import type { Api, Header } from '../src/contract/model.ts';
import { ZONE_NAMES } from '../src/wire/clock.ts';
import { headerValues } from '../src/wire/headers.ts';
import { verifyTranToken } from '../src/wire/tran-token.ts';
import { assumedOf } from './assumed.ts';
import { demand } from './demand.ts';
import { type AnswerCode, ownCodes, Refusal } from './own-codes.ts';
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
  const refusal = (code: AnswerCode) => () => new Refusal(withStatusOf(at.api, code), name);
  demand(at, `header.${name}.presence`, given || !needed, refusal(ownCodes.requiredMissing));
  if (!given) return;
  demand(at, `header.${name}.once`, more.length === 0, refusal(ownCodes.badValue));
  // A token may be padded or not: its two lengths are both taken.
  const interpretations =
    name === headers.tranToken ? (schema.anyOf ?? [schema]) : [assumedOf(schema, at.contract)];
  // What the platform has given out itself is right on each page, and pages differ in the length of one and the same id.
  const fits =
    interpretations.some(
      ({ minLength = 0, maxLength = value.length }) => value.length >= minLength && value.length <= maxLength,
    ) || value.length === knownValue(name, at)?.length;
  demand(at, `header.${name}.length`, fits, refusal(ownCodes.wrongLength));
  const hasForm = interpretations.some(
    ({ format, pattern, enum: values }) =>
      (format === undefined || formats[format](value)) &&
      // What a token has to be is looked at with its signature.
      (pattern === undefined || name === headers.tranToken || new RegExp(pattern, 'u').test(value)) &&
      (values === undefined || values.includes(value)),
  );
  const inForm = hasForm && (name !== headers.timeZone || ZONE_NAMES.includes(value));
  demand(at, `header.${name}.form`, inForm, refusal(ownCodes.badValue));
}

/** What a header that names the caller or a key is compared with; undefined for every other one. */
export function knownValue(
  name: string,
  { credentials, contract: { platform } }: Pick<Situation, 'credentials' | 'contract'>,
): string | undefined {
  const { headers } = platform;
  const { aspId, accessKey, cryptoKeyId } = credentials;
  if (name === headers.aspId) return aspId;
  if (name === headers.accessKey) return accessKey;
  return name === headers.cryptoKeyId ? cryptoKeyId : undefined;
}

/** A general code that the page has for something of its own keeps the status that it has there. */
function withStatusOf({ codes }: Api, answer: AnswerCode): AnswerCode {
  const row = codes.find(({ code }) => code === answer.code);
  return row ? { ...answer, status: row.status } : answer;
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
