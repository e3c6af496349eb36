import type { RawHeader } from '../src/wire/exchange.ts';
import { stringifyJson } from '../src/wire/json.ts';
import { encryptMessage, wrapEncData } from '../src/wire/jwe.ts';
import type { Answer } from './answer.ts';
import type { Situation } from './situation.ts';

/** An answer as it goes over the wire. */
export interface WireAnswer {
  readonly status: number;
  /** Names keep their case; framing headers are added when it is sent. */
  readonly headers: readonly RawHeader[];
  readonly body: Uint8Array;
  /** Sent in chunks without a Content-Length. */
  readonly chunked?: boolean;
  /** Milliseconds to wait before it is sent. */
  readonly delay?: number;
  /** Not sent at all: the connection is closed instead. */
  readonly lost?: boolean;
}

/** The stage of encryption: to the client's public key, envelope and all. */
export function seal(answer: Answer, at: Situation): Promise<WireAnswer> {
  const asDocumented = (given: Answer) => sealAsDocumented(given, at);
  return at.deviation.seal?.(answer, at, asDocumented) ?? asDocumented(answer);
}

async function sealAsDocumented(
  { status, headers, body, encrypted }: Answer,
  { credentials }: Situation,
): Promise<WireAnswer> {
  const text = stringifyJson(body);
  if (!encrypted) return { status, headers, body: Buffer.from(text) };
  const jwe = await encryptMessage(text, { publicKey: credentials.client.publicKey, enc: 'A128GCM' });
  return { status, headers, body: wrapEncData(jwe) };
}
