import { constants, createDecipheriv, privateDecrypt } from 'node:crypto';
import { clauseId } from '../../src/contract/clauses.ts';
import type { Api, Contract } from '../../src/contract/model.ts';
import { isJsonObject, type JsonObject, parseJson } from '../../src/json/json.ts';
import { inspectJwe, readJwe } from '../../src/wire/jwe.ts';
import { ownCodes, Refusal } from '../own-codes.ts';
import type { Deviation, Situation } from '../stages.ts';
import { type Fault, fault } from './fault.ts';
import { preparedObject } from './prepared-object.ts';

/** Bodies that are not encrypted as documented, and are taken all the same. */
export function requestEncryptionFaults({ apis, clauses }: Contract): readonly Fault[] {
  return apis
    .filter(({ id }) => clauses.has(clauseId.requestEncryption(id)))
    .flatMap((api) => {
      const one = (how: string, sentence: string, deviation: Deviation) =>
        fault({
          how,
          family: 'request encryption',
          sentence,
          breaks: [clauseId.requestEncryption(api.id)],
          deviation,
        });
      const claims = (how: string, sentence: string, departs: (given: Given) => boolean) =>
        one(how, sentence, {
          open: async (at, open) => {
            const given = read(at);
            return given && departs(given) ? preparedObject(at.contract, api) : open();
          },
        });
      return [
        one('plain-accepted', 'A body that is not encrypted is accepted.', {
          leavesOut: (check) => check === 'body.encrypted',
        }),
        claims(
          'alg-none-accepted',
          'A message with the algorithm "none" is accepted.',
          ({ alg }) => alg === 'none',
        ),
        claims(
          'alg-dir-accepted',
          'A message that names a key both sides know is accepted.',
          ({ alg }) => alg === 'dir',
        ),
        claims(
          'alg-rsa1_5-accepted',
          'A message whose key is wrapped with RSA1_5 is accepted.',
          ({ alg }) => alg === 'RSA1_5',
        ),
        claims(
          'enc-cbc-accepted',
          'A message encrypted with A128CBC-HS256 is accepted.',
          ({ enc }) => enc === 'A128CBC-HS256',
        ),
        claims(
          'four-parts-accepted',
          'A message that lost its last part is accepted.',
          ({ parts }) => parts.length === 4,
        ),
        one('tag-not-checked', 'A message is decrypted without looking at its authentication tag.', {
          open: async (at, open) => decryptUnchecked(at) ?? open(),
        }),
        afterRefusal(
          api,
          'undecryptable-accepted',
          'A message that does not decrypt is taken for the prepared one.',
          ownCodes.notEncrypted.code,
        ),
        afterRefusal(
          api,
          'no-json-accepted',
          'A message whose plain text is no JSON is taken for the prepared one.',
          ownCodes.notJson.code,
        ),
      ];
    });
}

function afterRefusal(api: Api, how: string, sentence: string, code: string): Fault {
  return fault({
    how,
    family: 'request encryption',
    sentence,
    breaks: [clauseId.requestEncryption(api.id)],
    deviation: {
      open: async (at, open) => {
        try {
          return await open();
        } catch (error) {
          const isDocumentedForm =
            read(at)?.alg === at.contract.platform.encryption.alg &&
            /^A(?:128|256)GCM$/.test(read(at)?.enc ?? '');
          if (error instanceof Refusal && error.answer.code === code && isDocumentedForm)
            return preparedObject(at.contract, api);
          throw error;
        }
      },
    },
  });
}

interface Given {
  readonly alg: string;
  readonly enc: string;
  readonly parts: readonly string[];
}

function read({ received, contract: { platform } }: Situation): Given | undefined {
  try {
    const jwe = readJwe(parseJson(received.body), platform.encryption);
    if (jwe === undefined) return undefined;
    const parts = jwe.split('.');
    // Of a message without all its parts the header can be read too.
    const { alg, enc } = inspectJwe([parts[0] ?? '', '', '', '', ''].join('.'));
    return { alg, enc, parts };
  } catch {
    return undefined;
  }
}

/** AES-GCM without its tag is AES in counter mode, which starts at 2 behind the 12 bytes of the vector (NIST SP 800-38D). */
function decryptUnchecked(at: Situation): JsonObject | undefined {
  const given = read(at);
  if (given?.parts.length !== 5) return undefined;
  try {
    const [, key, iv, text] = given.parts.map((part) => Buffer.from(part, 'base64url'));
    if (!key || !iv || !text) return undefined;
    const secret = privateDecrypt(
      {
        key: at.credentials.server.privateKey,
        padding: constants.RSA_PKCS1_OAEP_PADDING,
        oaepHash: 'sha256',
      },
      key,
    );
    const counter = Buffer.concat([iv, Buffer.from([0, 0, 0, 2])]);
    const decipher = createDecipheriv(`aes-${secret.length * 8}-ctr`, secret, counter);
    const value = parseJson(Buffer.concat([decipher.update(text), decipher.final()]));
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
