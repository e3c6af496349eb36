import type { Api, Contract } from '../contract/model.ts';
import type { Schema } from '../contract/schema.ts';
import type { ShownExchange, ShownMessage } from '../report/record.ts';
import type { Exchange, RawHeader } from '../wire/exchange.ts';
import { type JsonValue, parseJson, stringifyJson } from '../wire/json.ts';
import {
  maskJson,
  maskValue,
  nameKey,
  type SensitiveNames,
  sensitiveNames,
  sensitiveValues,
} from './mask.ts';
import type { Redactor } from './redactor.ts';

export interface ShownExchangeOptions {
  readonly api: Api;
  readonly contract: Contract;
  readonly redactor: Redactor;
  /** The plain text of a request or response whose body was encrypted. */
  readonly requestPlaintext?: JsonValue;
  readonly responsePlaintext?: JsonValue;
}

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
 * An exchange as it may be written down: no credential, card number or personal value, even where a target repeats
 * them in a header, in text or under another name.
 */
export function shownExchange(exchange: Exchange, options: ShownExchangeOptions): ShownExchange {
  const { api } = options;
  const names = namesOf(options.contract);
  const { request, outcome } = exchange;
  const requestSchemas = [api.request.body.schema];
  const responseSchemas = api.responses.map(({ body }) => body.schema);
  const response = outcome.ok ? outcome.response : undefined;

  const sentJson = readBody(request.body);
  const receivedJson = response ? readBody(response.body) : undefined;
  const values = [
    ...hiddenHeaderValues(request.headers, names),
    ...(response ? hiddenHeaderValues(response.headers, names) : []),
    ...[sentJson, options.requestPlaintext].flatMap((body) => valuesIn(body, requestSchemas, names)),
    ...[receivedJson, options.responsePlaintext].flatMap((body) => valuesIn(body, responseSchemas, names)),
  ];
  const redactor = options.redactor.with({ secrets: values, names });
  const side = { names, redactor };

  return {
    request: {
      method: redactor.text(request.method),
      url: redactor.text(withoutUserInfo(request.url)),
      ...message(request, sentJson, options.requestPlaintext, { ...side, schemas: requestSchemas }),
    },
    ...(response
      ? {
          response: {
            status: response.status,
            ...message(response, receivedJson, options.responsePlaintext, {
              ...side,
              schemas: responseSchemas,
            }),
          },
        }
      : {}),
    ...(outcome.ok
      ? {}
      : { failure: { kind: outcome.failure.kind, message: redactor.answer(outcome.failure.message) } }),
    duration: exchange.duration,
  };
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
  json: JsonValue | undefined,
  plaintext: JsonValue | undefined,
  side: Side,
): ShownMessage {
  return {
    headers: headers.map(([name, value]) => [
      side.redactor.text(name),
      maskHeader(name, value, side.names) ?? side.redactor.answer(value),
    ]),
    body: json === undefined ? shownText(body, side.redactor) : shownJson(json, side),
    ...(plaintext === undefined ? {} : { plaintext: shownJson(plaintext, side) }),
  };
}

function maskHeader(name: string, value: string, names: SensitiveNames): string | undefined {
  const key = nameKey(name);
  const sensitivity = sensitiveHeaders.has(key) ? 'secret' : names.get(key);
  return sensitivity ? maskValue(value, sensitivity) : undefined;
}

function hiddenHeaderValues(headers: readonly RawHeader[], names: SensitiveNames): readonly string[] {
  return headers.flatMap(([name, value]) => (maskHeader(name, value, names) === undefined ? [] : [value]));
}

function valuesIn(
  body: JsonValue | undefined,
  schemas: readonly Schema[],
  names: SensitiveNames,
): readonly string[] {
  return body === undefined ? [] : sensitiveValues(body, schemas, names);
}

function shownJson(value: JsonValue, { names, redactor, schemas }: Side): string {
  return cut(stringifyJson(maskJson(value, schemas, { names, text: redactor.answer })), longestJson);
}

/**
 * Redacted before it is cut: half a secret would not be recognised. Of a long body the beginning is enough, as long as
 * what is left of it is well beyond the cut.
 */
function shownText(body: Uint8Array, redactor: Redactor): string {
  const redacted = (bytes: number) => redactor.answer(Buffer.from(body.subarray(0, bytes)).toString('utf8'));
  const beginning = redacted(enoughText);
  const isEnough = body.length <= enoughText || beginning.length >= 2 * longestText;
  return cut(isEnough ? beginning : redacted(longestRead), longestText, body.length);
}

function cut(text: string, longest: number, bytes?: number): string {
  if (text.length <= longest) return text;
  const whole = bytes === undefined ? `${text.length} characters` : `${bytes} bytes`;
  return `${text.slice(0, longest)} … (cut, ${whole} in all)`;
}

function readBody(body: Uint8Array): JsonValue | undefined {
  if (body.length === 0 || body.length > longestRead) return undefined;
  try {
    return parseJson(body, { duplicateKeys: 'last', byteOrderMark: 'ignore' });
  } catch {
    return undefined;
  }
}

function withoutUserInfo(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, '$1');
}
