import type { Api, Contract, Sensitivity } from '../contract/model.ts';
import type { Schema } from '../contract/schema.ts';
import { type JsonValue, parseJson, stringifyJson } from '../json/json.ts';
import type { ShownExchange, ShownMessage } from '../record/record.ts';
import type { Exchange, RawHeader } from '../wire/exchange.ts';
import {
  maskJson,
  maskValue,
  nameKey,
  type SensitiveNames,
  type SensitiveValue,
  sensitiveNames,
  sensitiveValues,
} from './mask.ts';
import type { Redactor, RedactorOptions } from './redactor.ts';

/** An exchange with what has been decrypted of it, and the documents that say what of it is sensitive. */
export interface DisclosedExchange {
  readonly exchange: Exchange;
  readonly api: Api;
  readonly contract: Contract;
  /** The plain text of a request or response whose body was encrypted. */
  readonly requestPlaintext?: JsonValue;
  readonly responsePlaintext?: JsonValue;
}

/** Their numbers count something, even where a verification code has the same digits. */
const countingHeaders = new Set(['content-length', 'date', 'age', 'keep-alive', 'retry-after'].map(nameKey));

/** The most of a body that is shown, in characters. JSON is shown longer: its form is known and its secrets are masked. */
const longestText = 2048;
const longestJson = 16384;
/** The most of a body that is looked at, in bytes. */
const longestRead = 1024 * 1024;
/** As much of a text as is looked at first, in bytes. */
const enoughText = 16 * 1024;

/** Credentials by the standards of HTTP, whatever the contract says. */
const sensitiveHeaders = new Set(
  ['authorization', 'proxy-authorization', 'cookie', 'set-cookie'].map(nameKey),
);

/**
 * What an exchange itself makes sensitive: the values of its credentials, and of its marked fields. Whatever quotes
 * the exchange is to be redacted by one who knows them.
 */
export function sensitiveIn(given: DisclosedExchange): Required<Pick<RedactorOptions, 'values' | 'names'>> {
  const { exchange, api, contract, requestPlaintext, responsePlaintext } = given;
  const names = namesOf(contract);
  const { request, outcome } = exchange;
  const response = outcome.ok ? outcome.response : undefined;
  const headers = [...request.headers, ...(response?.headers ?? [])].flatMap(([name, text]) => {
    const sensitivity = headerSensitivity(name, names);
    return sensitivity ? [{ text, sensitivity }] : [];
  });
  const sent = [readBody(request.body), requestPlaintext];
  const received = [response && readBody(response.body), responsePlaintext];
  return {
    values: [
      ...headers,
      ...sent.flatMap((body) => valuesIn(body, requestSchemas(api), names)),
      ...received.flatMap((body) => valuesIn(body, responseSchemas(api), names)),
    ],
    names,
  };
}

/**
 * An exchange as it may be written down: no credential, card number or personal value, even where a target repeats
 * them in a header, in text or under another name.
 *
 * @param redactor one that knows what is sensitive in this exchange
 */
export function shownExchange(given: DisclosedExchange, redactor: Redactor): ShownExchange {
  const { exchange, api, contract, requestPlaintext, responsePlaintext } = given;
  const { request, outcome } = exchange;
  const side = { names: namesOf(contract), redactor };
  return {
    request: {
      method: redactor.text(request.method),
      url: redactor.text(withoutUserInfo(request.url)),
      ...message(request, requestPlaintext, { ...side, schemas: requestSchemas(api) }),
    },
    ...(outcome.ok
      ? {
          response: {
            status: outcome.response.status,
            ...message(outcome.response, responsePlaintext, { ...side, schemas: responseSchemas(api) }),
          },
        }
      : { failure: { kind: outcome.failure.kind, message: redactor.answer(outcome.failure.message) } }),
    duration: exchange.duration,
  };
}

function requestSchemas({ request }: Api): readonly Schema[] {
  return [request.body.schema];
}

function responseSchemas({ responses }: Api): readonly Schema[] {
  return responses.map(({ body }) => body.schema);
}

const knownNames = new WeakMap<Contract, SensitiveNames>();

function namesOf(contract: Contract): SensitiveNames {
  const names = knownNames.get(contract) ?? sensitiveNames(contract);
  knownNames.set(contract, names);
  return names;
}

interface Side {
  readonly names: SensitiveNames;
  readonly redactor: Redactor;
  readonly schemas: readonly Schema[];
}

function message(
  { headers, body }: { readonly headers: readonly RawHeader[]; readonly body: Uint8Array },
  plaintext: JsonValue | undefined,
  side: Side,
): ShownMessage {
  const json = readBody(body);
  return {
    headers: headers.map(([name, value]) => [
      side.redactor.text(name),
      maskHeader(name, value, side) ?? headerText(name, value, side.redactor),
    ]),
    body: json === undefined ? shownText(body, side.redactor) : shownJson(json, side, `${body.length} bytes`),
    ...(plaintext === undefined ? {} : { plaintext: shownJson(plaintext, side) }),
  };
}

function headerText(name: string, value: string, redactor: Redactor): string {
  return countingHeaders.has(nameKey(name)) ? redactor.text(value) : redactor.answer(value);
}

function headerSensitivity(name: string, names: SensitiveNames): Sensitivity | undefined {
  const key = nameKey(name);
  return sensitiveHeaders.has(key) ? 'secret' : names.get(key);
}

function maskHeader(name: string, value: string, { names, redactor }: Side): string | undefined {
  const sensitivity = headerSensitivity(name, names);
  return sensitivity && maskValue(value, sensitivity, redactor.pseudonym);
}

function valuesIn(
  body: JsonValue | undefined,
  schemas: readonly Schema[],
  names: SensitiveNames,
): readonly SensitiveValue[] {
  return body === undefined ? [] : sensitiveValues(body, schemas, names);
}

function shownJson(value: JsonValue, { names, redactor, schemas }: Side, whole?: string): string {
  const masking = { names, text: redactor.answer, pseudonym: redactor.pseudonym };
  const shown = stringifyJson(maskJson(value, schemas, masking, longestJson));
  return shown.length <= longestJson
    ? shown
    : cut(shown, longestJson, whole ?? `${stringifyJson(value).length} characters`);
}

/**
 * Redacted before it is cut: half a secret would not be recognised. Of a long body the beginning is enough, as long as
 * what is left of it is well beyond the cut.
 */
function shownText(body: Uint8Array, redactor: Redactor): string {
  const redacted = (bytes: number) => redactor.answer(Buffer.from(body.subarray(0, bytes)).toString('utf8'));
  const beginning = redacted(enoughText);
  const isEnough = body.length <= enoughText || beginning.length >= 2 * longestText;
  return cut(isEnough ? beginning : redacted(longestRead), longestText, `${body.length} bytes`);
}

function cut(text: string, longest: number, whole: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest)} … (cut, ${whole} in all)`;
}

const read = new WeakMap<Uint8Array, { readonly json: JsonValue | undefined }>();

/** Once for each body: one of a megabyte takes longer to read than to mask. */
function readBody(body: Uint8Array): JsonValue | undefined {
  const known = read.get(body) ?? { json: parseBody(body) };
  read.set(body, known);
  return known.json;
}

function parseBody(body: Uint8Array): JsonValue | undefined {
  if (body.length === 0 || body.length > longestRead) return undefined;
  try {
    return parseJson(body, { duplicateKeys: 'last', byteOrderMark: 'ignore', deeper: 'empty' });
  } catch {
    return undefined;
  }
}

function withoutUserInfo(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, '$1');
}
