import type { Api, Platform } from '../../src/contract/model.ts';
import {
  getPointer,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  parseJson,
  stringifyJson,
} from '../../src/json/json.ts';
import type { Profile } from '../../src/target/profile.ts';
import { correlationId, tranTime } from '../../src/wire/clock.ts';
import { encryptionHeader, tokenToSign } from './bridge.ts';
import { type Operation, parametersOf, requestSchema, writtenAnswer } from './documents.ts';
import { listAt, objectAt, textAt, without } from './json-tree.ts';
import { answerSchema, plainSchema } from './plain-schema.ts';

/** A request that peers send, and what the documents say of its answer. */
export interface PeerRequest {
  /** The scenario, or the operation and what is broken of its request, or a step of the chain. */
  readonly id: string;
  readonly kind: 'scenario' | 'broken' | 'chain';
  readonly operation: string;
  /** With the prefix of the APIs. */
  readonly path: string;
  readonly headers: ReadonlyMap<string, string>;
  /** JSON with every digit. */
  readonly body: string;
  /** The documented status; of a broken request no more is known than that it is refused. */
  readonly status: number | 'refused';
  /** Of the body of the answer, as the bridge hands it on. */
  readonly schema: JsonObject;
  /** A refusal with this status bears the documented headers; undefined where the page documents none. */
  readonly refusalWithHeaders?: 400;
  /** A field of the body that is to be the value of a field of an earlier answer. */
  readonly takes?: { readonly field: string; readonly from: string; readonly answer: string };
}

/** Right values for all documented request headers; the time stands still, the token is the bridge's to make. */
export function exampleHeaders(
  { headers: names }: Platform,
  { credentials, timeZone }: Profile,
): ReadonlyMap<string, string> {
  const date = new Date();
  return new Map([
    ['Content-Type', 'application/json'],
    ['Accept', 'application/json'],
    [names.aspId, credentials.aspId],
    [names.correlationId, correlationId(date, timeZone, () => 0.5)],
    [names.accessKey, credentials.accessKey],
    [names.cryptoKeyId, credentials.cryptoKeyId],
    [names.tranToken, tokenToSign],
    [names.tranTime, tranTime(date, timeZone)],
    [names.timeZone, timeZone],
  ]);
}

/** One request for each documented scenario, with its prepared data. */
export function scenarioRequests(
  api: Api,
  operation: Operation,
  profile: Profile,
  prefix: string,
): readonly PeerRequest[] {
  return api.scenarios.flatMap((scenario): PeerRequest[] => {
    const body = profile.testData.get(scenario.id);
    if (body === undefined) return [];
    const row = api.codes.find(({ code, status }) => code === scenario.code && status === scenario.status);
    const messages = row?.messages.map(({ text }) => text) ?? [];
    const beyond = [
      ...(scenario.body === undefined ? [] : [asJson(scenario.body)]),
      ...(scenario.status === 200 ? echoSchemas(api, body) : []),
    ];
    return [
      {
        id: scenario.id,
        kind: 'scenario',
        operation: api.id,
        path: prefix + api.path,
        headers: exampleHeaders(api.platform, profile),
        body: stringifyJson(body),
        status: scenario.status,
        schema: answerSchema(
          writtenAnswer(operation, String(scenario.status)),
          { code: scenario.code, messages },
          beyond,
        ),
      },
    ];
  });
}

function asJson(schema: object): JsonObject {
  return objectAt(parseJson(JSON.stringify(schema)));
}

/** What of an answer must equal what was sent, one level deep. */
function echoSchemas({ echoes }: Api, body: JsonObject): readonly JsonObject[] {
  return echoes.flatMap(({ request, response }) => {
    const sent = getPointer(body, request);
    const name = response.slice(1);
    return sent === undefined || name.includes('/') ? [] : [{ properties: { [name]: { const: sent } } }];
  });
}

/**
 * Requests that each break one documented rule, of the kinds that Portman makes by itself: a required header or field
 * left out, a number beside its range, a text too short or too long; and of each header that guards, a wrong value. Where
 * the page documents encryption, also the plain body, in which the required field `encData` is missing.
 */
export function brokenRequests(good: PeerRequest, operation: Operation): readonly PeerRequest[] {
  const body = objectAt(parseJson(good.body));
  const schema = answerSchema(writtenAnswer(operation, 'default'));
  const broken = (how: string, change: Partial<Pick<PeerRequest, 'headers' | 'body'>>): PeerRequest => ({
    ...good,
    id: `${good.operation} ${how}`,
    kind: 'broken',
    status: 'refused',
    schema,
    ...('400' in objectAt(operation.written, 'responses') && { refusalWithHeaders: 400 as const }),
    ...change,
  });
  const headers = parametersOf(operation).flatMap((parameter) => {
    const name = textAt(parameter, 'name') ?? '';
    const value = good.headers.get(name) ?? '';
    const set = (how: string, text: string) =>
      broken(`${name} ${how}`, { headers: new Map([...good.headers, [name, text]]) });
    const rules = plainSchema(objectAt(parameter, 'schema'));
    return [
      ...(parameter.required === true || parameter['x-presence'] === 'conditional'
        ? [
            broken(`without ${name}`, {
              headers: new Map([...good.headers].filter(([key]) => key !== name)),
            }),
          ]
        : []),
      ...('minLength' in rules ? [set('too short', value.slice(0, -1))] : []),
      ...('maxLength' in rules ? [set('too long', value + value.slice(-1))] : []),
      ...('x-guards' in parameter ? [set('wrong', wrong(value))] : []),
    ];
  });
  const rules = requestSchema(operation);
  const fields = Object.entries(objectAt(rules, 'properties')).flatMap(([name, given]) => {
    const limits = objectAt(given);
    const set = (how: string, value: JsonValue) =>
      broken(`${name} ${how}`, { body: stringifyJson({ ...body, [name]: value }) });
    const value = body[name];
    return [
      ...(listAt(rules, 'required').includes(name)
        ? [broken(`without ${name}`, { body: stringifyJson(without(body, name)) })]
        : []),
      ...beside(limits.minimum, -1n).map((number) => set('too small', number)),
      ...beside(limits.maximum, 1n).map((number) => set('too large', number)),
      ...(typeof value === 'string' && typeof limits.minLength === 'number'
        ? [set('too short', value.slice(0, limits.minLength - 1))]
        : []),
      ...(typeof value === 'string' && typeof limits.maxLength === 'number'
        ? [set('too long', value.padEnd(limits.maxLength + 1, '1'))]
        : []),
    ];
  });
  const sealed =
    'encData' in
    objectAt(operation.written, 'requestBody', 'content', 'application/json', 'schema', 'properties');
  const plain = sealed
    ? [
        broken(`${encryptionHeader} plain`, {
          headers: new Map([...good.headers, [encryptionHeader, 'none']]),
        }),
      ]
    : [];
  return [...headers, ...fields, ...plain];
}

function beside(limit: JsonValue | undefined, step: bigint): readonly JsonValue[] {
  const whole = typeof limit === 'bigint' || Number.isSafeInteger(limit) ? BigInt(String(limit)) : undefined;
  return whole === undefined ? [] : [parseJson(String(whole + step))];
}

/** Another value of the same length and letters. */
function wrong(value: string): string {
  if (value === tokenToSign) return value.replace(/A{43}$/, `${'B'.repeat(42)}A`);
  const last = value.at(-1) ?? '0';
  return value.slice(0, -1) + (last === '1' ? '2' : '1');
}

/**
 * The life of one account as the documents connect the APIs: it is registered, its registration asked for by the number
 * that came, the account looked up and deleted.
 *
 * @param good a good request of each API, by its id; the first of `ars-register` is registered at once
 */
export function chainRequests(good: ReadonlyMap<string, PeerRequest>): readonly PeerRequest[] {
  const register = good.get('ars-register');
  const inquiry = good.get('ars-inquiry');
  const info = good.get('account-info');
  const remove = good.get('account-delete');
  if (!register || !inquiry || !info || !remove) return [];
  const member = objectAt(parseJson(register.body)).userId ?? 0;
  const body = stringifyJson({ userId: member });
  const first = 'chain register';
  return [
    { ...register, id: first, kind: 'chain' },
    {
      ...inquiry,
      id: 'chain inquiry',
      kind: 'chain',
      takes: { field: 'regNo', from: first, answer: 'bankAccRegNo' },
    },
    { ...info, id: 'chain info', kind: 'chain', body, schema: withConst(info.schema, member) },
    { ...remove, id: 'chain delete', kind: 'chain', body },
  ];
}

/** The schema with the echo of another member. */
function withConst(schema: JsonObject, member: JsonValue): JsonObject {
  const rules = listAt(schema, 'allOf').filter(
    (rule) => !(isJsonObject(rule) && 'const' in objectAt(rule, 'properties', 'userId')),
  );
  return { ...schema, allOf: [...rules, { properties: { userId: { const: member } } }] };
}
