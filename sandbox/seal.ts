import { stringifyJson } from '../src/json/json.ts';
import { encryptMessage, wrapEncData } from '../src/wire/jwe.ts';
import type { Answer, Situation, WireAnswer } from './stages.ts';

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
