import type { Case } from '../cases/case.ts';
import { brokenHeaders } from '../cases/mutations/mutation.ts';
import { breachesOf } from '../contract/body-check.ts';
import { isJsonObject, type JsonValue } from '../json/json.ts';
import { answeredWith, type OpenedBody } from '../judge/answer.ts';
import { judgeChanged } from '../judge/changed.ts';
import { findEnvelope } from '../judge/envelope.ts';
import { type Judgement, mergeJudgements, unjudged } from '../judge/evidence.ts';
import type { Answered } from '../judge/finding.ts';
import { judgeScenario } from '../judge/scenario.ts';
import type { CaseRecord } from '../record/record.ts';
import { redactRecord } from '../redact/redact-record.ts';
import type { RedactorOptions } from '../redact/redactor.ts';
import { isWithin, windowText } from '../target/window.ts';
import type { CaseResult } from './case-result.ts';
import { summedUp } from './change.ts';
import { controlAgain, controlFor, expectControl } from './control.ts';
import { interrupted } from './interrupted.ts';
import { runWorkflow } from './run-workflow.ts';
import { checkBody } from './self-check.ts';
import { send } from './send.ts';
import type { Session } from './session.ts';
import { Stopped } from './traffic.ts';

/** Does one case to the target: sends it, opens the answer, judges it. Never throws: a fault of ours is a harness-error. */
export async function runCase(one: Case, session: Session): Promise<CaseRecord> {
  const date = session.now();
  const start = performance.now();
  let result: CaseResult;
  try {
    result = await judged(one, session);
  } catch (error) {
    result = {
      judgement: notDone(error, session),
      exchanges: [],
      sensitive: [],
      notes: [],
    };
  }
  const { judgement, exchanges, sensitive, notes, answered } = result;
  const { made = [], gone = [], left = [] } = result;
  const changes = summedUp(result.changes ?? []);
  const scenario = one.expectation.kind === 'outcome' ? one.expectation.scenario : one.expectation.control;
  const record: CaseRecord = {
    type: 'case',
    id: one.id,
    api: one.api.id,
    kind: one.kind,
    level: one.level,
    title: one.title,
    expected: { status: scenario.status, code: scenario.code },
    clauses: one.clauses,
    outcome: judgement.outcome,
    acknowledged: !one.plan.ready && one.plan.acknowledged,
    reason: judgement.reason,
    findings: judgement.findings,
    kept: judgement.kept,
    interpretations: judgement.interpretations,
    seen: judgement.seen,
    ...(judgement.trouble !== undefined && { trouble: judgement.trouble }),
    ...(answered && { answered }),
    notes,
    ...(changes.length > 0 && { changes }),
    ...(made.length > 0 && { made }),
    ...(gone.length > 0 && { gone }),
    ...(left.length > 0 && { left }),
    exchanges,
    startedAt: date.toISOString(),
    duration: performance.now() - start,
  };
  // Values that nothing quotes need not be looked for.
  const isQuoted =
    judgement.findings.length > 0 || judgement.outcome !== 'conforms' || made.length + left.length > 0;
  return redactRecord(record, isQuoted ? session.redactor.with(together(sensitive)) : session.redactor);
}

function notDone(error: unknown, { signal }: Session): Judgement {
  if (error instanceof Stopped) return unjudged('not-exercised', error.message);
  if (signal?.aborted && error === signal.reason) return unjudged('not-exercised', interrupted);
  const message = error instanceof Error ? error.message : String(error);
  return unjudged('harness-error', `the suite itself failed: ${message}`);
}

function together(all: readonly RedactorOptions[]): RedactorOptions {
  return {
    values: all.flatMap(({ values = [] }) => values),
    names: new Map(all.flatMap(({ names = new Map() }) => [...names])),
  };
}

async function judged(one: Case, session: Session): Promise<CaseResult> {
  const { plan } = one;
  if (!plan.ready) return withoutExchange(unjudged('not-testable', plan.reason));
  session.signal?.throwIfAborted();
  const { window, timeZone } = session.profile;
  if (window && !isWithin(window, session.now(), timeZone)) {
    const hours = windowText(window, timeZone);
    return withoutExchange(unjudged('not-exercised', `the target may be tested from ${hours} only`));
  }
  const looked = await session.preflight?.();
  if (looked?.ok === false) return withoutExchange(unjudged('not-exercised', looked.why));
  const result = await done({ ...one, plan }, session);
  return looked?.note === undefined ? result : { ...result, notes: [...result.notes, looked.note] };
}

/** One that there is something to send for. */
interface ReadyCase extends Case {
  readonly plan: Extract<Case['plan'], { ready: true }>;
}

async function done(one: ReadyCase, session: Session): Promise<CaseResult> {
  const { plan, expectation } = one;
  if (expectation.kind === 'workflow') {
    if (!isJsonObject(plan.body)) throw new Error('the plan of a workflow has no object as its body');
    return runWorkflow(one, expectation, plan.body, session);
  }
  if (expectation.kind !== 'outcome') return exchanged({ ...one, plan, expectation }, session);
  const tell = expectControl(expectation.scenario, session);
  try {
    return await exchanged({ ...one, plan, expectation }, session, (code) =>
      tell(code === expectation.scenario.code),
    );
  } finally {
    tell(false);
  }
}

/** One that sends a single request, behind its control where it has one. */
interface SingleRequest extends Case {
  readonly plan: Extract<Case['plan'], { ready: true }>;
  readonly expectation: Exclude<Case['expectation'], { kind: 'workflow' }>;
}

/** @param hears is told the code of the answer */
async function exchanged(
  one: SingleRequest,
  session: Session,
  hears: (code: JsonValue | undefined) => void = () => undefined,
): Promise<CaseResult> {
  const { plan, expectation, api } = one;
  const control =
    expectation.kind === 'outcome' ? undefined : await controlFor(one, expectation.control, session);
  if (control?.failure !== undefined) {
    return {
      ...withoutExchange(unjudged('not-exercised', control.failure), control.sensitive),
      changes: control.changes,
    };
  }
  checkBody(one, plan.body, session.profile.testData);
  const { exchange, opened, reception, shown, sensitive, notes, changes } = await send(one, plan, session);
  hears(codeOf(opened, session));
  const { envelope } = session.profile.wire;
  const controlBehind =
    !reception.usable && expectation.kind === 'graceful'
      ? await controlAgain(one, expectation.control, session)
      : undefined;
  const own =
    expectation.kind === 'outcome'
      ? judgeScenario({
          api,
          scenario: expectation.scenario,
          sent: plan.body,
          outcome: exchange.outcome,
          opened,
          envelope,
        })
      : judgeChanged({
          api,
          sent: plan.body,
          expectation,
          outcome: exchange.outcome,
          opened,
          envelope,
          changedHeader: brokenHeaders(plan.mutation)[0],
          controlBehind,
        });
  // What the control's answer broke is told here, or it would be told nowhere.
  const controlBroke = control?.claim !== undefined && control.claim.findings.length > 0;
  const judgement = controlBroke ? mergeJudgements(own, control.claim) : own;
  const isAsPrepared = expectation.kind === 'outcome' && !expectation.scenario.breaksRequest;
  return {
    judgement,
    exchanges: [shown],
    sensitive: [sensitive, ...[control, controlBehind].flatMap((one) => one?.sensitive ?? [])],
    changes: [...changes, ...[control, controlBehind].flatMap((one) => one?.changes ?? [])],
    notes: [...notes, ...(isAsPrepared ? departures(one, plan.body) : [])],
    ...(exchange.outcome.ok && { answered: answerOf(exchange.outcome.response.status, opened, session) }),
  };
}

function withoutExchange(judgement: Judgement, sensitive?: RedactorOptions): CaseResult {
  return { judgement, exchanges: [], sensitive: sensitive ? [sensitive] : [], notes: [] };
}

function answerOf(status: number, opened: OpenedBody, session: Session): Answered {
  return answeredWith(status, codeOf(opened, session));
}

function codeOf(opened: OpenedBody, session: Session): JsonValue | undefined {
  return findEnvelope(opened, session.profile.wire.envelope, session.contract.platform.envelope)?.code;
}

/**
 * Where prepared data depart from the documented request. They are sent all the same, since the platform's portal
 * gives them out, but a reader of a failure should know.
 */
function departures({ api }: Case, body: JsonValue): string[] {
  return breachesOf(api.request.body.schema, body).map(
    ({ pointer, aspect, expected }) =>
      `the prepared request departs from the documents at ${pointer === '' ? 'its root' : pointer}: expected ${expected} (${aspect})`,
  );
}
