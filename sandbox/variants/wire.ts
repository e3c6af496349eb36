import { isJsonArray, isJsonObject, type JsonValue, stringifyJson } from '../../src/json/json.ts';
import type { RawHeader } from '../../src/wire/exchange.ts';
import { headerValues } from '../../src/wire/headers.ts';
import { encryptMessage, wrapJwe } from '../../src/wire/jwe.ts';
import { isSuccess, withHeader } from '../faults/edit.ts';
import type { Answer, Situation, WireAnswer } from '../stages.ts';
import type { Variant } from './variant.ts';

/** Other bytes for the same answer: headers, text, encryption, pace. */
export const wireVariants: readonly Variant[] = [
  {
    id: 'extra-headers',
    sentence: 'Answers have headers that no page knows, repeated ones among them.',
    deviation: {
      send: (wire) => ({
        ...wire,
        headers: [
          ['Date', 'Thu, 01 Jan 2026 00:00:00 GMT'],
          ['Set-Cookie', 'a=1'],
          ['Set-Cookie', 'b=2'],
          ...wire.headers,
          ['X-Request-Cost', '7'],
          ['Vary', 'Accept'],
          ['Vary', 'Origin'],
        ],
      }),
    },
  },
  {
    id: 'lower-case-headers',
    sentence: 'Header names are in lower case (RFC 9110, section 5.1).',
    deviation: {
      send: (wire) => ({ ...wire, headers: renamed(wire.headers, (name) => name.toLowerCase()) }),
    },
  },
  {
    id: 'upper-case-headers',
    sentence: 'Header names are in capitals.',
    deviation: {
      send: (wire) => ({ ...wire, headers: renamed(wire.headers, (name) => name.toUpperCase()) }),
    },
  },
  {
    id: 'charset-in-content-type',
    sentence: 'The content type is application/json;charset=UTF-8.',
    deviation: typed('application/json;charset=UTF-8'),
  },
  {
    id: 'content-type-in-capitals',
    sentence: 'The content type is "Application/JSON ; charset=utf-8".',
    deviation: typed('Application/JSON ; charset=utf-8'),
  },
  {
    id: 'own-correlation-id',
    sentence:
      'Answers bear a correlation id of their own with capital hex digits (ambiguity case-of-hex-digits).',
    deviation: {
      answer: (answer, { contract }) => ({
        ...answer,
        headers: withHeader(
          answer.headers,
          contract.platform.headers.correlationId,
          () => '260101000000-ABCDEF0',
        ),
      }),
    },
  },
  {
    id: 'correlation-id-as-received',
    sentence: 'The correlation id of the request comes back as it was, a malformed one too.',
    deviation: {
      answer: (answer, at) => {
        const [given] = headerValues(at.received.headers, at.contract.platform.headers.correlationId);
        return given === undefined || given === ''
          ? answer
          : {
              ...answer,
              headers: withHeader(answer.headers, at.contract.platform.headers.correlationId, () => given),
            };
      },
    },
  },
  {
    id: 'crypto-key-id-left-out',
    sentence: 'No answer bears X-KM-Crypto-Key-Id, which is optional, encrypted ones neither.',
    deviation: {
      answer: (answer, { contract }) => ({
        ...answer,
        headers: withHeader(answer.headers, contract.platform.headers.cryptoKeyId, () => undefined),
      }),
    },
  },
  {
    id: 'crypto-key-id-empty',
    sentence: 'X-KM-Crypto-Key-Id, which is optional, is there and empty (ambiguity empty-optional-field).',
    deviation: {
      answer: (answer, { contract }) => ({
        ...answer,
        headers: withHeader(answer.headers, contract.platform.headers.cryptoKeyId, () => ''),
      }),
    },
  },
  {
    id: 'white-space',
    sentence:
      'JSON comes with line breaks, tabs and spaces wherever they are allowed, inside the encryption too.',
    deviation: text((value) => spaced(value)),
  },
  {
    id: 'escaped-unicode',
    sentence: 'Every letter beyond ASCII is escaped, and so is every slash.',
    deviation: text((value) =>
      stringifyJson(value)
        .replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
        .replaceAll('/', '\\/'),
    ),
  },
  {
    id: 'chunked',
    sentence: 'Bodies come in chunks without a length.',
    deviation: { send: (wire) => ({ ...wire, chunked: true }) },
  },
  {
    id: 'slow',
    sentence: 'Every answer takes a while.',
    deviation: { send: (wire) => ({ ...wire, delay: 5 }) },
  },
  {
    id: 'a256gcm',
    sentence: 'Answers are encrypted with A256GCM (ambiguity message-encryption).',
    deviation: { seal: (answer, at, seal) => (answer.encrypted ? encrypted(answer, at) : seal(answer)) },
  },
  {
    id: 'encrypted-failures',
    sentence:
      'Failures of the encrypted API are encrypted like its successes (ambiguity encryption-of-failures).',
    deviation: {
      seal: (answer, at, seal) =>
        at.api.responses.some(({ body }) => body.encrypted)
          ? seal({ ...answer, encrypted: true })
          : seal(answer),
    },
  },
  {
    id: 'all-answers-encrypted',
    sentence:
      'Answers that no page marks as encrypted are encrypted too (ambiguity encryption-of-unmarked-answers).',
    deviation: { seal: (answer, _, seal) => seal({ ...answer, encrypted: true }) },
  },
  {
    id: 'code-beside-enc-data',
    sentence:
      'The envelope of an encrypted answer stands beside encData (ambiguity envelope-of-encrypted-answers).',
    deviation: {
      seal: async (answer, at, seal) => {
        if (!answer.encrypted) return seal(answer);
        const { response = null, ...rest } = answer.body;
        const { alg, encs, member } = at.contract.platform.encryption;
        const jwe = await encryptMessage(stringifyJson(rest), {
          publicKey: at.credentials.client.publicKey,
          alg,
          enc: encs[0],
        });
        return wired(answer, Buffer.from(stringifyJson({ response, [member]: jwe })));
      },
    },
  },
  {
    id: 'code-at-top-level',
    sentence: 'Code and description stand at the top of the answer (ambiguity envelope).',
    deviation: { answer: (answer) => lifted(answer, 'description') },
  },
  {
    id: 'message-at-top-level',
    sentence: 'Code and message stand at the top of the answer (ambiguity envelope).',
    deviation: { answer: (answer) => lifted(answer, 'message') },
  },
  {
    id: 'headers-of-a-success-only',
    sentence: 'A success bears X-KM-Crypto-Key-Id whether it is encrypted or not; the header is optional.',
    deviation: {
      answer: (answer, at) =>
        isSuccess(answer)
          ? {
              ...answer,
              headers: withHeader(
                answer.headers,
                at.contract.platform.headers.cryptoKeyId,
                () => at.credentials.cryptoKeyId,
              ),
            }
          : answer,
    },
  },
];

function renamed(headers: readonly RawHeader[], rename: (name: string) => string): readonly RawHeader[] {
  return headers.map(([name, value]) => [rename(name), value]);
}

function typed(type: string): Variant['deviation'] {
  return { send: (wire) => ({ ...wire, headers: withHeader(wire.headers, 'Content-Type', () => type) }) };
}

/** The JSON of an answer written otherwise. */
function text(write: (value: JsonValue) => string): Variant['deviation'] {
  return {
    seal: async (answer, { credentials, contract }) => {
      const written = write(answer.body);
      if (!answer.encrypted) return wired(answer, Buffer.from(written));
      const { alg, encs, member } = contract.platform.encryption;
      const { publicKey } = credentials.client;
      const jwe = await encryptMessage(written, { publicKey, alg, enc: encs[0] });
      return wired(answer, Buffer.from(write({ [member]: jwe })));
    },
  };
}

function spaced(value: JsonValue): string {
  if (isJsonArray(value)) return `[ \n${value.map(spaced).join(' ,\r\n')}\t]`;
  if (!isJsonObject(value)) return stringifyJson(value);
  const members = Object.entries(value).map(
    ([name, member]) => `\t${JSON.stringify(name)} :\n ${spaced(member)}`,
  );
  return ` {\r\n${members.join(' ,\n')} } \n`;
}

async function encrypted(answer: Answer, { credentials, contract }: Situation): Promise<WireAnswer> {
  const jwe = await encryptMessage(stringifyJson(answer.body), {
    publicKey: credentials.client.publicKey,
    alg: contract.platform.encryption.alg,
    enc: 'A256GCM',
    keyId: 'client',
  });
  return wired(answer, wrapJwe(jwe, contract.platform.encryption));
}

function wired({ status, headers }: Answer, body: Uint8Array): WireAnswer {
  return { status, headers, body };
}

function lifted(answer: Answer, message: 'description' | 'message'): Answer {
  const { response, ...rest } = answer.body;
  if (response === undefined || !isJsonObject(response)) return answer;
  const { code = null, description = null } = response;
  return { ...answer, body: { code, [message]: description, ...rest } };
}
