import { stringifyJson } from '../src/json/json.ts';
import { encryptMessage, wrapJwe } from '../src/wire/jwe.ts';
import type { Answer, Situation, WireAnswer } from './stages.ts';

/** The stage of encryption: to the client's public key, envelope and all. */
export function seal(answer: Answer, at: Situation): Promise<WireAnswer> {
  const asDocumented = (given: Answer) => sealAsDocumented(given, at);
  return at.deviation.seal?.(answer, at, asDocumented) ?? asDocumented(answer);
}

async function sealAsDocumented(
  { status, headers, body, encrypted }: Answer,
  { credentials, contract: { platform } }: Situation,
): Promise<WireAnswer> {
  const text = stringifyJson(body);
  if (!encrypted) return { status, headers, body: Buffer.from(text) };
  const { alg, encs } = platform.encryption;
  const { publicKey } = credentials.client;
  const jwe = await encryptMessage(text, { publicKey, alg, enc: encs[0] });
  return { status, headers, body: wrapJwe(jwe, platform.encryption) };
}
