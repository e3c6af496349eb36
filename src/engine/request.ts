import type { KeyObject } from 'node:crypto';
import type { Mutation } from '../cases/mutations/mutation.ts';
import type { Api } from '../contract/model.ts';
import { type JsonValue, stringifyJson } from '../json/json.ts';
import type { Profile } from '../target/profile.ts';
import { correlationId, tranTime, writtenTime } from '../wire/clock.ts';
import type { RawHeader, SentRequest } from '../wire/exchange.ts';
import { type Encryption, encryptMessage, wrapJwe } from '../wire/jwe.ts';
import { type TokenParts, tranToken } from '../wire/tran-token.ts';

/** What makes two requests of the same body differ. */
export interface Moment {
  readonly date: Date;
  /** Numbers in [0, 1). */
  readonly random: () => number;
}

/** A request, and each step on the way to it: what it is held against, and what a mutation has made of it. */
export interface BuiltRequest {
  readonly sent: SentRequest;
  /** The JSON text of the body. */
  readonly plaintext: string;
  /** Whom the body is encrypted for; undefined where the API has none that is. */
  readonly recipient: KeyObject | undefined;
  /** How that is done. */
  readonly encryption: Encryption;
  /** The bytes of the body as documented, made of the text for the recipient. */
  readonly good: Uint8Array;
  /** The bytes of the body that are signed. */
  readonly payload: Uint8Array;
  /** The request as documented around those bytes, with a token that fits them. */
  readonly documented: SentRequest;
}

/**
 * A request to an API as its page wants it (encrypted where that is documented, signed over the bytes that are sent),
 * but for one mutation. One of the body is in the body already.
 */
export async function buildRequest(
  api: Api,
  profile: Profile,
  body: JsonValue,
  moment: Moment,
  mutation?: Mutation,
): Promise<BuiltRequest> {
  const { encrypted } = api.request.body;
  const { encryption } = api.platform;
  const { alg } = encryption;
  const { contentEncryption: enc } = profile.wire;
  const text = stringifyJson(body);
  const plaintext = mutation?.at === 'plaintext' ? mutation.apply(text, body) : text;
  const publicKey = mutation?.at === 'recipient' ? mutation.apply() : profile.credentials.serverPublicKey;
  const jwe = encrypted ? await encryptMessage(plaintext, { publicKey, alg, enc }) : undefined;
  const good = jwe === undefined ? new TextEncoder().encode(plaintext) : wrapJwe(jwe, encryption);
  const message =
    mutation?.at === 'message' && jwe !== undefined
      ? await mutation.apply({ jwe, plaintext, publicKey, enc, encryption })
      : good;
  const payload = mutation?.at === 'payload' ? mutation.apply(message) : message;
  const documented = documentedRequest(api, profile, payload, moment);
  const token =
    mutation?.at === 'token' ? mutation.apply(tokenParts(api, profile, payload, moment)) : undefined;
  const signed =
    token === undefined ? documented : withToken(documented, api.platform.headers.tranToken, token);
  const sent = mutation?.at === 'request' ? mutation.apply(signed) : signed;
  const recipient = encrypted ? publicKey : undefined;
  return { sent, plaintext, recipient, encryption, good, payload, documented };
}

/** Knows of no mutation: what is not declared can't differ here. */
function documentedRequest(api: Api, profile: Profile, body: Uint8Array, moment: Moment): SentRequest {
  const { credentials, timeZone } = profile;
  const { date, random } = moment;
  const { headers: names } = api.platform;
  const headers: RawHeader[] = [
    ['Content-Type', 'application/json'],
    ['Accept', 'application/json'],
    [names.aspId, credentials.aspId],
    [names.correlationId, correlationId(date, timeZone, random)],
    [names.accessKey, credentials.accessKey],
    // Optional, and required when the body is encrypted.
    ...(api.request.body.encrypted ? [[names.cryptoKeyId, credentials.cryptoKeyId] as const] : []),
    [names.tranToken, tranToken(tokenParts(api, profile, body, moment))],
    [names.tranTime, tranTime(date, timeZone)],
    [names.timeZone, timeZone],
  ];
  return { method: api.method, url: `${profile.baseUrl}${api.path}`, headers, body };
}

function tokenParts(
  { platform: { signing } }: Api,
  profile: Profile,
  body: Uint8Array,
  { date }: Moment,
): TokenParts {
  return {
    signing,
    secretKey: profile.credentials.secretKey,
    body,
    time: writtenTime(signing.time, date, profile.timeZone),
    padding: profile.wire.tokenPadding,
  };
}

function withToken(request: SentRequest, header: string, token: string): SentRequest {
  const headers = request.headers.map(([name, value]): RawHeader => [name, name === header ? token : value]);
  return { ...request, headers };
}
