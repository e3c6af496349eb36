import type { KeyObject } from 'node:crypto';
import { JsonSyntaxError, type JsonValue, parseJson } from '../json/json.ts';
import { isJsonType, type OpenedBody } from '../judge/answer.ts';
import type { ReceivedResponse } from '../wire/exchange.ts';
import { headerValues } from '../wire/headers.ts';
import { decryptMessage, type Encryption, JweError, readJwe } from '../wire/jwe.ts';

/** Reads the body of an answer as exact JSON and, when it is encrypted, opens it with the client's key. */
export async function openBody(
  response: ReceivedResponse,
  clientPrivateKey: KeyObject,
  encryption: Encryption,
): Promise<OpenedBody> {
  if (response.body.length === 0) return { form: 'empty' };
  const outer = parse(response.body);
  if (!outer.ok) {
    const [type] = headerValues(response.headers, 'content-type');
    return { form: 'not-json', claimed: isJsonType(type), problem: outer.problem };
  }
  const jwe = readJwe(outer.value, encryption);
  if (jwe === undefined) return { form: 'plain', value: outer.value };
  try {
    const { plaintext, header } = await decryptMessage(jwe, clientPrivateKey, encryption);
    const inner = parse(plaintext);
    if (!inner.ok)
      return {
        form: 'sealed',
        outer: outer.value,
        problem: `the decrypted message is no JSON: ${inner.problem}`,
      };
    return { form: 'encrypted', outer: outer.value, value: inner.value, enc: header.enc };
  } catch (error) {
    if (!(error instanceof JweError)) throw error;
    return {
      form: 'sealed',
      outer: outer.value,
      problem: error.message,
      isForAnotherKey: error.kind === 'decryption-failed',
    };
  }
}

function parse(bytes: Uint8Array): { ok: true; value: JsonValue } | { ok: false; problem: string } {
  try {
    // JSON with a repeated key or a byte order mark is bad manners, not a broken promise. No page has a field that lies
    // as deep as what is not read any more, and what is there besides is nobody's concern.
    const value = parseJson(bytes, { duplicateKeys: 'last', byteOrderMark: 'ignore', deeper: 'empty' });
    return { ok: true, value };
  } catch (error) {
    if (error instanceof JsonSyntaxError) return { ok: false, problem: error.message };
    throw error;
  }
}
