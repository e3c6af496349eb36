import type { ScenarioCase } from '../cases/scenario-cases.ts';
import { bodyChecker } from '../contract/body-check.ts';
import { type Judgement, unjudged } from '../judge/evidence.ts';
import { judgeScenario } from '../judge/scenario.ts';
import type { CaseRecord, ShownExchange } from '../report/record.ts';
import { redactRecord } from '../report/redact.ts';
import { shownExchange } from '../report/shown-exchange.ts';
import type { JsonValue } from '../wire/json.ts';
import { openBody } from './open-body.ts';
import { buildRequest } from './request.ts';
import type { Session } from './session.ts';

/** Does one case to the target: sends it, opens the answer, judges it. Never throws: a fault of ours is a harness-error. */
export async function runCase(one: ScenarioCase, session: Session): Promise<CaseRecord> {
  const date = session.now();
  const start = performance.now();
  let done: Done;
  try {
    done = await judged(one, session, date);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    done = {
      judgement: unjudged('harness-error', `the suite itself failed: ${message}`),
      exchanges: [],
      notes: [],
    };
  }
  const { judgement, exchanges, notes } = done;
  const record: CaseRecord = {
    type: 'case',
    id: one.id,
    api: one.api.id,
    kind: one.kind,
    title: one.scenario.title,
    expected: { status: one.scenario.status, code: one.scenario.code },
    clauses: one.clauses,
    outcome: judgement.outcome,
    acknowledged: !one.request.ready && one.request.acknowledged,
    reason: judgement.reason,
    findings: judgement.findings,
    kept: judgement.kept,
    readings: judgement.readings,
    notes,
    exchanges,
    startedAt: date.toISOString(),
    duration: performance.now() - start,
  };
  return redactRecord(record, session.redactor);
}

interface Done {
  readonly judgement: Judgement;
  readonly exchanges: readonly ShownExchange[];
  readonly notes: readonly string[];
}

async function judged(one: ScenarioCase, session: Session, date: Date): Promise<Done> {
  const { api, scenario, request } = one;
  if (!request.ready)
    return { judgement: unjudged('not-testable', request.reason), exchanges: [], notes: [] };
  const { profile, client, contract, redactor } = session;
  const sent = await buildRequest(api, profile, request.body, { date, random: session.randomFor(one.id) });
  const exchange = await client.send(sent, { deadline: profile.timeouts.exchange });
  const opened = exchange.outcome.ok
    ? await openBody(exchange.outcome.response, profile.credentials.clientPrivateKey)
    : ({ form: 'empty' } as const);
  const judgement = judgeScenario({
    api,
    scenario,
    sent: request.body,
    outcome: exchange.outcome,
    opened,
    envelope: profile.wire.envelope,
  });
  const shown = shownExchange(exchange, {
    api,
    contract,
    redactor,
    ...(api.request.body.encrypted && { requestPlaintext: request.body }),
    ...(opened.form === 'encrypted' && { responsePlaintext: opened.value }),
  });
  return { judgement, exchanges: [shown], notes: departures(one, request.body) };
}

/**
 * Where prepared data depart from the documented request. They are sent all the same, since the platform's portal
 * gives them out, but a reader of a failure should know.
 */
function departures({ api, scenario }: ScenarioCase, body: JsonValue): string[] {
  if (scenario.breaksRequest) return [];
  return bodyChecker(api.request.body.schema)(body).breaches.map(
    ({ pointer, aspect, expected }) =>
      `the prepared request departs from the documents at ${pointer === '' ? 'its root' : pointer}: expected ${expected} (${aspect})`,
  );
}
