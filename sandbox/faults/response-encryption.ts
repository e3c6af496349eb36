import { clauseId } from '../../src/contract/clauses.ts';
import type { Api, Contract } from '../../src/contract/model.ts';
import type { Schema } from '../../src/contract/schema.ts';
import { isJsonObject, parseJson, stringifyJson } from '../../src/json/json.ts';
import { type Forgery, forgeMessage } from '../../src/wire/forge-jwe.ts';
import { encryptMessage, wrapJwe } from '../../src/wire/jwe.ts';
import type { Answer, Deviation, Situation } from '../stages.ts';
import { type Fault, fault } from './fault.ts';

const forgeries: Readonly<Record<Forgery, string>> = {
  'alg-none': 'is not encrypted at all under the algorithm "none"',
  'alg-dir': 'is encrypted with a key that both sides are to know',
  'alg-rsa1_5': 'has its key wrapped with RSA1_5',
  'enc-a128cbc-hs256': 'is encrypted with A128CBC-HS256',
  'other-recipient': 'is encrypted to the key of somebody else',
  'altered-tag': 'has an authentication tag that does not fit',
  'altered-ciphertext': 'was changed after its encryption',
  'altered-key': 'has a wrapped key that was changed on the way',
  'altered-header': 'has another header than the one it was made with',
  'four-parts': 'lacks its last part',
};

/** Answers that are not encrypted as documented. */
export function responseEncryptionFaults({ apis }: Contract): readonly Fault[] {
  return apis
    .filter(({ responses }) => responses.some(({ body }) => body.encrypted))
    .flatMap((api) => {
      const one = (how: string, sentence: string, seal: NonNullable<Deviation['seal']>) =>
        fault({
          how,
          family: 'response encryption',
          sentence,
          breaks: [clauseId.responseEncryption(api.id)],
          deviation: { seal },
        });
      const wrapped = (answer: Answer, body: Uint8Array) => ({
        status: answer.status,
        headers: answer.headers,
        body,
      });
      const sealed =
        (make: (text: string, at: Situation) => Promise<string>): NonNullable<Deviation['seal']> =>
        async (answer, at, seal) =>
          answer.encrypted
            ? wrapped(answer, wrapJwe(await make(stringifyJson(answer.body), at), api.platform.encryption))
            : seal(answer);
      return [
        one('left-out', 'A successful answer is not encrypted.', (answer, _, seal) =>
          seal({ ...answer, encrypted: false }),
        ),
        ...(api.scenarios.some(({ body }) => wantsEmptyList(body))
          ? [
              one(
                'left-out-with-empty-list',
                'A successful answer is not encrypted when a list in it is empty.',
                (answer, _, seal) =>
                  seal({
                    ...answer,
                    encrypted: answer.encrypted && !stringifyJson(answer.body).includes('[]'),
                  }),
              ),
            ]
          : []),
        one(
          'to-own-key',
          "A successful answer is encrypted to the server's own key.",
          sealed((text, { credentials }) =>
            encryptMessage(text, { publicKey: credentials.server.publicKey, ...usual(api) }),
          ),
        ),
        one(
          'no-json',
          'What is encrypted is the text of the answer in quotes and cut, which is no JSON.',
          sealed((text, { credentials }) =>
            encryptMessage(text.slice(0, -1), { publicKey: credentials.client.publicKey, ...usual(api) }),
          ),
        ),
        one(
          'also-in-clear',
          'A successful answer says in plain text beside the message what is in it.',
          async (answer, _, seal) => {
            const wire = await seal(answer);
            const parsed = answer.encrypted ? parseJson(new TextDecoder().decode(wire.body)) : undefined;
            return isJsonObject(parsed) && isJsonObject(answer.body)
              ? wrapped(answer, new TextEncoder().encode(stringifyJson({ ...answer.body, ...parsed })))
              : wire;
          },
        ),
        ...Object.entries(forgeries).map(([how, says]) =>
          one(
            how,
            `The message of a successful answer ${says}.`,
            sealed((text, { credentials }) =>
              forge(how, text, credentials.client.publicKey, api.platform.encryption),
            ),
          ),
        ),
      ];
    });
}

function wantsEmptyList(body: Schema | undefined): boolean {
  return Object.values(body?.properties ?? {}).some(({ maxItems }) => maxItems === 0);
}

/** The algorithms of a message that no one asks anything else of. */
function usual({ platform: { encryption } }: Api) {
  return { alg: encryption.alg, enc: encryption.encs[0] };
}

function forge(
  how: string,
  ...given: Parameters<typeof forgeMessage> extends [unknown, ...infer Rest] ? Rest : never
): Promise<string> {
  const known = Object.keys(forgeries).find((name): name is Forgery => name === how);
  if (!known) throw new Error(`no forgery ${how}`);
  return forgeMessage(known, ...given);
}
