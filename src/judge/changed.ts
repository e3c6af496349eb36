import type { Expectation } from '../cases/case.ts';
import { clauseId } from '../contract/clauses.ts';
import type { Api, Scenario } from '../contract/model.ts';
import type { JsonValue } from '../json/json.ts';
import type { ReceivedResponse } from '../wire/exchange.ts';
import { headerValues } from '../wire/headers.ts';
import { answeredWith, type OpenedBody } from './answer.ts';
import type { CheckId } from './check.ts';
import { type Envelope, findEnvelope } from './envelope.ts';
import { Evidence, type Judgement, unjudged } from './evidence.ts';
import { judgeHeaders, ofRejection } from './headers.ts';
import { type Received, type Reception, receive } from './reception.ts';
import { judgeClaim, judgeMessage } from './scenario.ts';

/** The answer to a request that departs from the documents in one thing, and what is expected of it. */
export interface ChangedExchange extends Received {
  /** The plain text of the request body. */
  readonly sent: JsonValue;
  readonly expectation: Exclude<Expectation, { kind: 'outcome' | 'workflow' }>;
  /** The header that is not as documented, if it is one. An answer may repeat what it got. */
  readonly changedHeader?: string | undefined;
  /** The control as it was asked again, behind a robustness case without a usable answer. */
  readonly controlBehind?: { readonly failure: string | undefined } | undefined;
}

/** What an answer says of the request: taken, refused as malformed or unauthorised, or nothing. */
interface Answer {
  readonly response: ReceivedResponse;
  readonly envelope: Envelope | undefined;
  /** Undefined when there is none, or none that is text. */
  readonly code: string | undefined;
  /** For a person. */
  readonly shown: string;
}

/** Judges the answer to a changed request whose unchanged form, the control, is known to be understood. */
export function judgeChanged(given: ChangedExchange): Judgement {
  const { api, expectation } = given;
  const reception = receive(given);
  if (expectation.kind === 'graceful') return judgeGrace(given, expectation, reception);
  if (!reception.usable) return unjudged('target-error', reception.why);
  const { response } = reception;
  const answer = answerIn(response, reception.envelope);
  const evidence = new Evidence(answeredWith(response.status, answer.code));
  if (response.status >= 500) {
    evidence.warns(
      'robustness.client-error',
      clauseId.graceful(api.id),
      'HTTP status',
      'a 4xx',
      answer.shown,
    );
  }
  switch (expectation.kind) {
    case 'rejected':
      judgeRejection(given, expectation, answer, evidence);
      break;
    case 'understood':
      evidence.check(
        'limit.accepted',
        !isBadValue(api, answer),
        expectation.clause,
        answer.envelope?.codeAt ?? 'HTTP status',
        'an answer to a value within its limits',
        answer.shown,
      );
      break;
    case 'observed': {
      const { accepted, rejected, rejectedAs } = expectation;
      const isAccepted =
        rejectedAs === 'bad-value' ? !isBadValue(api, answer) : isTaken(api, expectation.control, answer);
      evidence.shows(isAccepted ? accepted : rejected);
      if (expectation.clause !== undefined) evidence.keeps(expectation.clause);
      // What a stranger is answered is documented nowhere, a success without an account included.
      if (rejectedAs === undefined && !isBadValue(api, answer)) judgeAsClaimed(given, evidence);
      break;
    }
  }
  return evidence.judgement();
}

function answerIn(response: ReceivedResponse, envelope: Envelope | undefined): Answer {
  const code = typeof envelope?.code === 'string' ? envelope.code : undefined;
  const shown = `HTTP ${response.status}${code === undefined ? ' and no code' : ` with ${code}`}`;
  return { response, envelope, code, shown };
}

/** An answer that has taken the request is judged like any other. */
function judgeAsClaimed(given: ChangedExchange, evidence: Evidence): void {
  const claim = judgeClaim(given);
  if (claim) evidence.adds(claim);
}

function isBadValue({ platform }: Api, { code }: Answer): boolean {
  return code !== undefined && platform.badValueCodes.includes(code);
}

/** Whether the request was taken for a good one: with its control's outcome, a success, or another documented one. */
function isTaken(api: Api, control: Scenario, answer: Answer): boolean {
  if (answer.code === undefined) return answer.response.status < 300;
  if (answer.code === control.code) return true;
  return !isBadValue(api, answer) && api.codes.some(({ code }) => code === answer.code);
}

function judgeRejection(
  { api, changedHeader }: ChangedExchange,
  { level, clause, codes, only, guard, control }: Extract<Expectation, { kind: 'rejected' }>,
  answer: Answer,
  evidence: Evidence,
): void {
  const { code, envelope, response } = answer;
  const place = envelope?.codeAt ?? 'HTTP status';
  const allowed = code !== undefined && codes.includes(code);
  const expected = only ? `a rejection with ${codes.join(' or ')}` : 'a rejection of the request';
  const asBefore = code === control.code ? ', as to a request without this fault' : '';
  if (!allowed && (isTaken(api, control, answer) || (only && response.status < 500))) {
    const came = `${answer.shown}${asBefore}`;
    const check = asBefore
      ? 'rejection.outcome-of-control'
      : only
        ? 'rejection.documented-code'
        : 'rejection.documented-outcome';
    if (level === 'MUST') evidence.breaks(check, clause, place, expected, came);
    else evidence.warns(check, clause, place, expected, came);
    return;
  }
  evidence.keeps(clause);
  // What a page documents is no question; how a bad token, key or id is refused is the target's choice.
  if (guard) {
    const { refusal } = api.platform.shown;
    evidence.shows(refusal[response.status] ?? refusal.other);
  }
  const row = api.codes.find((one) => one.code === code);
  if (!row || !envelope) return;
  // A documented code comes with its status, message and headers, whoever asks.
  evidence.check(
    'rejection.status',
    response.status === row.status,
    clauseId.code(api.id, row.code, 'status'),
    'HTTP status',
    String(row.status),
    String(response.status),
  );
  // The message of a bad value may name the parameter; of a header's name the pages say nothing.
  if (only) judgeMessage(api, row, envelope.message, envelope.messageAt, evidence, 'rejection.message');
  const documented = api.responses.find(({ status }) => status === response.status);
  const headers = documented?.headers.filter(({ name }) => name !== changedHeader) ?? [];
  judgeHeaders(api, headers, response.headers, evidence, ofRejection);
}

const stackTrace =
  /\bat [\w$.<>]+ ?\([^)\n]*:\d+(?::\d+)?\)|Traceback \(most recent call last\)|\bjava\.(?:lang|util)\.\w+|Exception in thread/;

/**
 * Without a usable answer the control decides: if it is answered behind the request, what is missing is an answer to
 * this request, and otherwise the target itself.
 */
function judgeGrace(
  given: ChangedExchange,
  { clause, control }: Extract<Expectation, { kind: 'graceful' }>,
  reception: Reception,
): Judgement {
  const { api, outcome, opened, controlBehind } = given;
  if (!reception.usable && controlBehind?.failure !== undefined) {
    return unjudged('target-error', `${reception.why}; asked again, ${controlBehind.failure}`);
  }
  if (!reception.usable && !controlBehind) return unjudged('target-error', reception.why);
  if (!outcome.ok) {
    const evidence = new Evidence();
    evidence.warns('robustness.answer', clause, 'connection', 'an answer', outcome.failure.message);
    return evidence.judgement();
  }
  const answer = answerIn(outcome.response, findEnvelope(opened, given.envelope, api.platform.envelope));
  const evidence = new Evidence(answeredWith(outcome.response.status, answer.code));
  judgeManners(clause, outcome.response, opened, evidence);
  if (answer.code === control.code) judgeAsClaimed(given, evidence);
  return evidence.judgement();
}

function judgeManners(
  clause: string,
  response: ReceivedResponse,
  opened: OpenedBody,
  evidence: Evidence,
): void {
  const said = (check: CheckId, holds: boolean, place: string, expected: string, actual: string) => {
    if (!holds) evidence.warns(check, clause, place, expected, actual);
    return holds;
  };
  const [server = ''] = [
    ...headerValues(response.headers, 'server'),
    ...headerValues(response.headers, 'x-powered-by'),
  ];
  const text = new TextDecoder().decode(response.body.slice(0, 65536));
  const all = [
    said(
      'robustness.no-server-error',
      response.status < 500,
      'HTTP status',
      'no 5xx',
      String(response.status),
    ),
    said('robustness.no-stack-trace', !stackTrace.test(text), 'body', 'no stack trace', 'a stack trace'),
    said(
      'robustness.no-server-version',
      !/\d+\.\d+/.test(server),
      'header Server',
      'no version of a server',
      server,
    ),
    said('robustness.json', opened.form !== 'not-json', 'body', 'JSON, or nothing', 'something else'),
  ];
  if (all.every(Boolean)) evidence.keeps(clause);
}
