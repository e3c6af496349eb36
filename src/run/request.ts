import type { Api } from '../contract/model.ts';
import type { Profile } from '../target/profile.ts';
import { correlationId, tokenTime, tranTime } from '../wire/clock.ts';
import type { RawHeader, SentRequest } from '../wire/exchange.ts';
import { HEADER } from '../wire/headers.ts';
import { type JsonValue, stringifyJson } from '../wire/json.ts';
import { encryptMessage, wrapEncData } from '../wire/jwe.ts';
import { tranToken } from '../wire/tran-token.ts';

/** What makes two requests of the same body differ. */
export interface Moment {
  readonly date: Date;
  /** Numbers in [0, 1). */
  readonly random: () => number;
}

/** A request to an API as its page wants it: encrypted where that is documented, signed over the bytes that are sent. */
export async function buildRequest(
  api: Api,
  profile: Profile,
  body: JsonValue,
  { date, random }: Moment,
): Promise<SentRequest> {
  const { credentials, timeZone, wire } = profile;
  const plaintext = stringifyJson(body);
  const { encrypted } = api.request.body;
  const bytes = encrypted
    ? wrapEncData(
        await encryptMessage(plaintext, {
          publicKey: credentials.serverPublicKey,
          enc: wire.contentEncryption,
        }),
      )
    : new TextEncoder().encode(plaintext);
  const token = tranToken({
    secretKey: credentials.secretKey,
    body: bytes,
    time: tokenTime(date, timeZone),
    padding: wire.tokenPadding,
  });
  const headers: RawHeader[] = [
    ['Content-Type', 'application/json'],
    ['Accept', 'application/json'],
    [HEADER.aspId, credentials.aspId],
    [HEADER.correlationId, correlationId(date, timeZone, random)],
    [HEADER.accessKey, credentials.accessKey],
    // Optional, and required when the body is encrypted: feed 000, lines 68 and 75.
    ...(encrypted ? [[HEADER.cryptoKeyId, credentials.cryptoKeyId] as const] : []),
    [HEADER.tranToken, token],
    [HEADER.tranTime, tranTime(date, timeZone)],
    [HEADER.timeZone, timeZone],
  ];
  return { method: api.method, url: `${profile.baseUrl}${api.path}`, headers, body: bytes };
}
