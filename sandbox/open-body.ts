import { isJsonObject, type JsonObject, JsonSyntaxError, parseJson } from '../src/json/json.ts';
import { decryptMessage, JweError, readJwe } from '../src/wire/jwe.ts';
import { demand } from './demand.ts';
import { ownCodes, Refusal } from './own-codes.ts';
import type { Situation } from './stages.ts';

/**
 * The stage of the body: from the bytes to the business part in plain text. An encrypted API takes nothing but
 * an object with a JWE; further fields beside the message are ignored.
 *
 * @throws {Refusal} when it is not JSON, or not encrypted as documented
 */
export function openBody(at: Situation): Promise<JsonObject> {
  const open = () => openAsDocumented(at);
  return at.deviation.open?.(at, open) ?? open();
}

async function openAsDocumented(at: Situation): Promise<JsonObject> {
  const outer = parseObject(at, at.received.body);
  if (!at.api.request.body.encrypted) return outer;
  const jwe = readJwe(outer, at.contract.platform.encryption);
  if (jwe === undefined) {
    demand(at, 'body.encrypted', false, () => new Refusal(ownCodes.notEncrypted));
    return outer;
  }
  return parseObject(at, await decrypt(at, jwe));
}

function parseObject(at: Situation, bytes: Uint8Array): JsonObject {
  try {
    const value = parseJson(bytes);
    if (isJsonObject(value)) return value;
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
  }
  demand(at, 'body.json', false, () => new Refusal(ownCodes.notJson));
  return {};
}

async function decrypt({ credentials, contract }: Situation, jwe: string): Promise<Uint8Array> {
  try {
    return (await decryptMessage(jwe, credentials.server.privateKey, contract.platform.encryption)).plaintext;
  } catch (error) {
    if (error instanceof JweError) throw new Refusal(ownCodes.notEncrypted);
    throw error;
  }
}
