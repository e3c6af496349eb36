import { bodyChecker } from '../contract/body-check.ts';
import { clauseId } from '../contract/clauses.ts';
import type { Api, CodeRow, Response, Scenario } from '../contract/model.ts';
import type { Schema } from '../contract/schema.ts';
import { equalJson, getPointer, isJsonObject, type JsonValue } from '../json/json.ts';
import type { ReceivedResponse } from '../wire/exchange.ts';
import { headerValues } from '../wire/headers.ts';
import { answeredWith, isJsonType, type OpenedBody } from './answer.ts';
import type { CheckId } from './check.ts';
import { envelopePlaces, findEnvelope } from './envelope.ts';
import { Evidence, type Judgement, unjudged } from './evidence.ts';
import { judgeHeaders } from './headers.ts';
import { type Received, receive } from './reception.ts';
import { showLength, showValue } from './value.ts';

/** Everything that judging a prepared scenario needs; the judge itself does no I/O. */
export interface ScenarioExchange extends Received {
  readonly scenario: Scenario;
  /** The plain text of the request body. */
  readonly sent: JsonValue;
}

/** Judges the answer to a prepared request: transport, headers, encryption, code, status, message, body. */
export function judgeScenario(given: ScenarioExchange): Judgement {
  const reception = receive(given);
  if (!reception.usable) return unjudged('target-error', reception.why);
  const { response, envelope } = reception;

  const evidence = new Evidence(answeredWith(response.status, envelope?.code));
  const { api, scenario, opened } = given;
  const documented = api.responses.find(({ status }) => status === response.status);
  const headersOf = documented ?? api.responses.find(({ status }) => status === scenario.status);
  judgeHeaders(api, headersOf?.headers ?? [], response.headers, evidence);
  if (!judgeContentType(api, response, opened, evidence)) return evidence.judgement();
  judgeEncryption(api, documented, opened, evidence);

  const row = api.codes.find(({ code, status }) => code === scenario.code && status === scenario.status);
  if (!row) throw new Error(`${scenario.id} has no code row; the contract should not have loaded`);
  if (!envelope) {
    const isNowhere = response.status === 404 || response.status === 405;
    // A page may have such a status for an outcome of its own, told with a message.
    if (isNowhere && !(response.status === scenario.status && hasMessage(api, opened))) {
      const place = `${api.method} ${api.path}`;
      evidence.breaks(
        'path',
        clauseId.path(api.id),
        place,
        'an answer of the API',
        `HTTP ${response.status} and no code`,
      );
      return evidence.judgement();
    }
    // That the message can't be opened is told already.
    if (opened.form === 'sealed' && documented?.body.encrypted) return evidence.judgement();
    const sealed =
      opened.form === 'sealed'
        ? `, and ${api.platform.encryption.member} can't be opened: ${opened.problem}`
        : '';
    evidence.breaks(
      'code.presence',
      clauseId.code(api.id, row.code, 'code'),
      envelopePlaces(given.envelope, api.platform.envelope),
      `the code ${row.code}`,
      `HTTP ${response.status} and no code${sealed} (if the target puts it elsewhere, set wire.envelope in its profile)`,
    );
    return evidence.judgement();
  }
  evidence.keeps(clauseId.path(api.id));
  evidence.shows(...envelope.interpretations);
  const codeHolds = evidence.check(
    'code.value',
    envelope.code === row.code,
    clauseId.code(api.id, row.code, 'code'),
    envelope.codeAt,
    `${row.code} with HTTP ${row.status}`,
    `${typeof envelope.code === 'string' ? envelope.code : showValue(envelope.code, undefined)} with HTTP ${response.status}${saying(envelope.message)}`,
  );
  // Status, message and body of another outcome say nothing about this one.
  if (!codeHolds) return evidence.judgement();
  evidence.check(
    'status',
    response.status === row.status,
    clauseId.code(api.id, row.code, 'status'),
    'HTTP status',
    `${row.status}`,
    `${response.status}`,
  );
  judgeMessage(api, row, envelope.message, envelope.messageAt, evidence);
  if (opened.form === 'plain' || opened.form === 'encrypted') judgeBody(given, opened.value, evidence);
  return evidence.judgement();
}

/** Whether a body has a message where an answer of the API has it. */
function hasMessage({ platform }: Api, opened: OpenedBody): boolean {
  if (opened.form !== 'plain' && opened.form !== 'encrypted') return false;
  const { value } = opened;
  return platform.envelope.places.some(({ message }) => getPointer(value, message) !== undefined);
}

/**
 * Judges an answer by what it claims to be: whatever was asked, an answer with a documented code has that code's
 * status, message, headers and body. Undefined for an answer without one.
 */
export function judgeClaim(given: Omit<ScenarioExchange, 'scenario'>): Judgement | undefined {
  const code = findEnvelope(given.opened, given.envelope, given.api.platform.envelope)?.code;
  const scenario = given.api.scenarios.find((one) => one.code === code);
  return scenario && judgeScenario({ ...given, scenario: { ...scenario, body: undefined } });
}

function saying(message: JsonValue | undefined): string {
  return typeof message === 'string' && message !== '' ? ` and "${message}"` : '';
}

/** Whether there is JSON to judge at all. */
function judgeContentType(
  api: Api,
  response: ReceivedResponse,
  opened: OpenedBody,
  evidence: Evidence,
): boolean {
  const clause = clauseId.responseContentType(api.id);
  if (opened.form === 'empty') return true;
  if (opened.form === 'not-json') {
    evidence.breaks('content-type.body', clause, 'body', 'JSON', opened.problem);
    return false;
  }
  const [type] = headerValues(response.headers, 'content-type');
  evidence.check(
    'content-type.header',
    isJsonType(type),
    clause,
    'header Content-Type',
    'application/json',
    type ?? 'missing',
  );
  return true;
}

function judgeEncryption(
  api: Api,
  documented: Response | undefined,
  opened: OpenedBody,
  evidence: Evidence,
): void {
  const { encryption, shown } = api.platform;
  const ofContent = opened.form === 'encrypted' ? shown.contents[opened.enc] : undefined;
  if (ofContent !== undefined) evidence.shows(ofContent);
  const isSealed = opened.form === 'encrypted' || opened.form === 'sealed';
  if (documented?.body.encrypted) {
    evidence.check(
      'encryption',
      opened.form === 'encrypted',
      clauseId.responseEncryption(api.id),
      `/${encryption.member}`,
      `a message encrypted to the client with ${encryption.alg} and ${encryption.encs.join(' or ')}`,
      opened.form === 'sealed' ? opened.problem : 'a plain body',
    );
    for (const name of inClear(documented.body.schema, opened)) {
      evidence.breaks(
        'encryption',
        clauseId.responseEncryption(api.id),
        `/${name}`,
        'inside the encrypted message alone',
        'in plain text beside it',
      );
    }
    return;
  }
  const failureOfEncrypted = api.responses.some(({ body }) => body.encrypted);
  const either = failureOfEncrypted ? shown.failure : shown.unmarked;
  evidence.shows(isSealed ? either.encrypted : either.plain);
}

/** The documented fields of an encrypted body that the answer shows to everybody as well. */
function inClear(schema: Schema, opened: OpenedBody): readonly string[] {
  if ((opened.form !== 'encrypted' && opened.form !== 'sealed') || !isJsonObject(opened.outer)) return [];
  const { outer } = opened;
  return Object.keys(schema.properties ?? {}).filter((name) => Object.hasOwn(outer, name));
}

/** Judges the message of a documented code, to the letter. */
export function judgeMessage(
  api: Api,
  row: CodeRow,
  message: JsonValue | undefined,
  at: string,
  evidence: Evidence,
  check: Extract<CheckId, 'message' | 'rejection.message'> = 'message',
): void {
  const found = row.messages.find(({ text }) => text === message);
  if (found?.interpretation) evidence.shows(found.interpretation);
  evidence.check(
    check,
    found !== undefined,
    clauseId.code(api.id, row.code, 'message'),
    at,
    row.messages.map(({ text }) => `"${text}"`).join(' or '),
    showValue(message, undefined),
  );
}

function judgeBody({ api, scenario, sent }: ScenarioExchange, body: JsonValue, evidence: Evidence): void {
  const brokenAt = new Set<string>();
  const schema = api.responses.find(({ status }) => status === scenario.status)?.body.schema;
  if (schema && scenario.status < 300) {
    const { breaches, sightings, interpretations, leftEmpty } = bodyChecker(schema)(body);
    evidence.shows(...interpretations);
    if (leftEmpty) evidence.shows(api.platform.open.emptyOptional.accepted);
    // Of a value that breaks one limit nothing is said but that it is there.
    const broken = new Set(breaches.map(({ pointer }) => pointer));
    for (const { pointer, field, aspects, value } of sightings) {
      for (const aspect of aspects) {
        if (aspect !== 'presence' && broken.has(pointer)) continue;
        const clause = clauseId.responseField(api.id, field.path, aspect);
        evidence.keeps(clause);
        if (aspect === 'enum' && typeof value === 'string') evidence.sees(clause, value);
      }
    }
    for (const { pointer, field, aspect, expected, value } of breaches) {
      brokenAt.add(pointer);
      const sensitivity = field?.schema['x-sensitive'];
      const [check, clause]: readonly [CheckId, string] = field
        ? [`body.${aspect}`, clauseId.responseField(api.id, field.path, aspect)]
        : ['body.scenario', clauseId.scenario(scenario.id)];
      const actual = aspect === 'length' ? showLength(value, sensitivity) : showValue(value, sensitivity);
      evidence.breaks(check, clause, pointer === '' ? 'body' : pointer, expected, actual);
    }
  }
  if (scenario.body) {
    for (const { pointer, expected, value } of bodyChecker(scenario.body)(body).breaches) {
      // What breaks its own limits is told already.
      if (brokenAt.has(pointer)) continue;
      evidence.breaks(
        'body.scenario',
        clauseId.scenario(scenario.id),
        pointer === '' ? 'body' : pointer,
        expected,
        showValue(value, undefined),
      );
    }
  }
  if (scenario.status >= 300) return;
  for (const { response, request } of api.echoes) {
    const expected = getPointer(sent, request);
    const actual = getPointer(body, response);
    // A value that is missing or breaks its own limits is told already.
    if (expected === undefined || actual === undefined || brokenAt.has(response)) continue;
    evidence.check(
      'body.echo',
      equalJson(expected, actual),
      clauseId.echo(api.id, response),
      response,
      `${showValue(expected, undefined)}, as sent`,
      showValue(actual, undefined),
    );
  }
}
