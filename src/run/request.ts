import type { Change, EncryptionChange, MessageChange, TextEdit, TokenChange } from '../cases/case.ts';
import type { Api } from '../contract/model.ts';
import type { Profile } from '../target/profile.ts';
import { correlationId, tokenTime, tranTime } from '../wire/clock.ts';
import type { RawHeader, SentRequest } from '../wire/exchange.ts';
import { forgeMessage } from '../wire/forge-jwe.ts';
import { HEADER } from '../wire/headers.ts';
import { isJsonObject, type JsonValue, stringifyJson } from '../wire/json.ts';
import { encryptMessage, wrapEncData } from '../wire/jwe.ts';
import { tranToken } from '../wire/tran-token.ts';
import { editedText, otherCase } from './edited-text.ts';

/** What makes two requests of the same body differ. */
export interface Moment {
  readonly date: Date;
  /** Numbers in [0, 1). */
  readonly random: () => number;
}

/**
 * A request to an API as its page wants it (encrypted where that is documented, signed over the bytes that are sent),
 * but for the one change.
 */
export async function buildRequest(
  api: Api,
  profile: Profile,
  body: JsonValue,
  { date, random }: Moment,
  change?: Change,
): Promise<SentRequest> {
  const { credentials, timeZone } = profile;
  const message = change?.on === 'message' ? change.how : undefined;
  const plaintext = plaintextOf(body, message);
  const sealed =
    api.request.body.encrypted && !(change?.on === 'encryption' && change.how === 'plain')
      ? await seal(plaintext, profile, change?.on === 'encryption' ? change.how : undefined)
      : new TextEncoder().encode(plaintext);
  const bytes = message === undefined ? sealed : disturbed(sealed, message);
  const token = tokenFor(bytes, profile, date, change?.on === 'token' ? change.how : undefined);
  const sent = change?.on === 'token' && change.how === 'altered-body' ? withSpace(bytes) : bytes;
  const headers: RawHeader[] = [
    ...contentType(message),
    ['Accept', message === 'accept-xml' ? 'application/xml' : 'application/json'],
    [HEADER.aspId, credentials.aspId],
    [HEADER.correlationId, correlationId(date, timeZone, random)],
    [HEADER.accessKey, credentials.accessKey],
    // Optional, and required when the body is encrypted: page 000, lines 68 and 75.
    ...(api.request.body.encrypted ? [[HEADER.cryptoKeyId, credentials.cryptoKeyId] as const] : []),
    [HEADER.tranToken, token],
    [HEADER.tranTime, tranTime(date, timeZone)],
    [HEADER.timeZone, timeZone],
  ];
  return {
    method: message === 'get' ? 'GET' : message === 'put' ? 'PUT' : api.method,
    url: `${profile.baseUrl}${api.path}${suffixes[message ?? ''] ?? ''}`,
    headers: change?.on === 'header' ? edited(headers, change.name, change.edit) : cased(headers, message),
    body: message === 'get' ? new Uint8Array() : sent,
  };
}

/** What is put behind the path. */
const suffixes: Readonly<Record<string, string>> = {
  'unknown-path': '/no-such-path',
  'query-string': '?conformance-suite=1',
};

function plaintextOf(body: JsonValue, how: MessageChange | undefined): string {
  const text = stringifyJson(body);
  const extended = (member: string) => (text === '{}' ? `{${member}}` : `${text.slice(0, -1)},${member}}`);
  switch (how) {
    case 'duplicate-keys': {
      const [first] = isJsonObject(body) ? Object.entries(body) : [];
      return first ? extended(`${JSON.stringify(first[0])}:${stringifyJson(first[1])}`) : text;
    }
    case 'unknown-field':
      return extended('"conformanceSuite":{"unknown":[true]}');
    case 'unusual-unicode':
      // A lone surrogate, a right-to-left mark, an emoji and a null character, in a field that no page knows.
      return extended('"conformanceSuite":"\\ud800 \\u202e \\ud83d\\ude00 \\u0000"');
    case 'deep-nesting':
      return extended(`"conformanceSuite":${'['.repeat(5000)}${']'.repeat(5000)}`);
    case 'one-megabyte':
      return extended(`"conformanceSuite":"${'x'.repeat(1024 * 1024)}"`);
    case 'json-list':
      return '[]';
    case 'json-null':
      return 'null';
    default:
      return text;
  }
}

/** What is disturbed on the way, after encryption and before the signature. */
function disturbed(bytes: Uint8Array, how: MessageChange): Uint8Array {
  switch (how) {
    case 'malformed-json':
      return bytes.slice(0, -1);
    case 'empty-body':
      return new Uint8Array();
    case 'byte-order-mark':
      return new Uint8Array([0xef, 0xbb, 0xbf, ...bytes]);
    case 'broken-utf-8':
      // 0xFF is no part of any UTF-8 text; it stands inside the first name.
      return new Uint8Array([...bytes.slice(0, 2), 0xff, ...bytes.slice(2)]);
    default:
      return bytes;
  }
}

async function seal(
  plaintext: string,
  profile: Profile,
  how: EncryptionChange | undefined,
): Promise<Uint8Array> {
  const publicKey = profile.credentials.serverPublicKey;
  if (how === undefined || how === 'plain' || how === 'not-json') {
    const text = how === 'not-json' ? 'this is no JSON' : plaintext;
    return wrapEncData(await encryptMessage(text, { publicKey, enc: profile.wire.contentEncryption }));
  }
  return wrapEncData(await forgeMessage(how, plaintext, publicKey));
}

function tokenFor(bytes: Uint8Array, profile: Profile, date: Date, how: TokenChange | undefined): string {
  const { tokenPadding } = profile.wire;
  const other = tokenPadding === 'padded' ? 'unpadded' : 'padded';
  const token = tranToken({
    secretKey: how === 'other-key' ? `${profile.credentials.secretKey}x` : profile.credentials.secretKey,
    body: how === 'of-another-request' ? new TextEncoder().encode('{}') : bytes,
    time: how === 'malformed-time' ? 'yyyyMMddHHmmssSSS' : tokenTime(date, profile.timeZone),
    padding: how === 'other-padding' ? other : tokenPadding,
  });
  switch (how) {
    case 'other-prefix':
      return token.replace('KMV1', 'KMV2');
    case 'without-prefix':
      return token.slice('KMV1:'.length);
    case 'without-signature':
      return token.slice(0, token.lastIndexOf(':'));
    case 'altered-signature':
      return token.replace(lastOfSignature, (digit) => digitAfter(digit, 4));
    case 'altered-signature-start':
      return token.replace(/[^:](?=[^:]*$)/, (digit) => digitAfter(digit, 1));
    case 'other-case':
      // All but the last one, which in the other case might be no base64 of 32 bytes any more.
      return token.replace(/[^:]{42}(?=[^:]=?$)/, otherCase);
    default:
      return token;
  }
}

/** It carries 4 bits of the signature and 2 zero bits, which stay zero: another signature, not another spelling of it. */
const lastOfSignature = /[^:=](?==?$)/;

const base64Digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function digitAfter(digit: string, steps: number): string {
  return base64Digits.charAt((base64Digits.indexOf(digit) + steps) % base64Digits.length);
}

/** White space that changes no meaning, only the bytes. */
function withSpace(bytes: Uint8Array): Uint8Array {
  return new Uint8Array([...bytes, 0x20]);
}

function edited(headers: readonly RawHeader[], name: string, edit: TextEdit): readonly RawHeader[] {
  return headers.flatMap((header): readonly RawHeader[] => {
    if (header[0] !== name) return [header];
    const value = editedText(header[1], edit);
    return value === undefined ? [] : [[name, value]];
  });
}

function contentType(how: MessageChange | undefined): readonly RawHeader[] {
  if (how === 'without-content-type') return [];
  return [['Content-Type', how === 'wrong-content-type' ? 'text/plain' : 'application/json']];
}

function cased(headers: readonly RawHeader[], how: MessageChange | undefined): readonly RawHeader[] {
  if (how === 'repeated-header') {
    return headers.flatMap((header) => (header[0] === HEADER.correlationId ? [header, header] : [header]));
  }
  return how === 'lower-case-headers' ? headers.map(([name, value]) => [name.toLowerCase(), value]) : headers;
}
