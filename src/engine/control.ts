import type { Case } from '../cases/case.ts';
import type { Scenario } from '../contract/model.ts';
import type { Judgement } from '../judge/evidence.ts';
import { receive } from '../judge/reception.ts';
import { judgeClaim } from '../judge/scenario.ts';
import type { RedactorOptions } from '../redact/redactor.ts';
import { send } from './send.ts';
import type { Session } from './session.ts';

/** What sending the unchanged request of some cases has shown. */
export interface Control {
  /** Why its answer is not the documented one; undefined when it holds. */
  readonly failure: string | undefined;
  /** Its answer, judged like any other. */
  readonly claim: Judgement | undefined;
  /** What must not be told of its answer. */
  readonly sensitive?: RedactorOptions;
  /** There was no answer of the API, which may be another matter the next time. */
  readonly unanswered?: boolean;
}

/** How often a control may go without an answer before its cases do without it: a dead target costs a timeout each time. */
const patience = 3;

interface Asked {
  readonly control: Promise<Control>;
  readonly times: number;
}

const controls = new WeakMap<Session, Map<string, Asked>>();

/**
 * Sends the unchanged request of a case once in this session, again only for want of an answer: only when the target
 * answers it with its documented code does the answer to a changed one mean anything. What its answer breaks is told
 * with the case that came first.
 */
export async function controlFor(one: Case, scenario: Scenario, session: Session): Promise<Control> {
  const known = controlsOf(session);
  const before = known.get(scenario.id);
  if (before) {
    const control = await before.control;
    if (!control.unanswered || before.times >= patience) return { ...control, claim: undefined };
  }
  const control = sendControl(one, scenario, session);
  known.set(scenario.id, { control, times: (before?.times ?? 0) + 1 });
  return control;
}

/** A prepared scenario that has just been answered with its documented code is a control that need not be sent again. */
export function holdsAsControl(scenario: Scenario, session: Session): void {
  const known = controlsOf(session);
  if (known.has(scenario.id)) return;
  known.set(scenario.id, { control: Promise.resolve({ failure: undefined, claim: undefined }), times: 1 });
}

/** Sends it once more, behind a case that got no usable answer; the next cases go by what comes of it. */
export async function controlAgain(one: Case, scenario: Scenario, session: Session): Promise<Control> {
  const control = sendControl(one, scenario, session);
  controlsOf(session).set(scenario.id, { control, times: 1 });
  return { ...(await control), claim: undefined };
}

function controlsOf(session: Session): Map<string, Asked> {
  const known = controls.get(session) ?? new Map<string, Asked>();
  controls.set(session, known);
  return known;
}

async function sendControl(one: Case, scenario: Scenario, session: Session): Promise<Control> {
  const body = session.profile.testData.get(scenario.id);
  if (body === undefined) return { failure: `its control ${scenario.id} has no test data`, claim: undefined };
  const control = { api: one.api, id: `${scenario.id} as control` };
  const { exchange, opened, sensitive } = await send(
    control,
    { ready: true, body, mutation: undefined },
    session,
  );
  const { outcome } = exchange;
  const { envelope } = session.profile.wire;
  const reception = receive({ api: one.api, outcome, opened, envelope });
  if (!reception.usable) {
    return {
      failure: `its control ${scenario.id} got no usable answer: ${reception.why}`,
      claim: undefined,
      sensitive,
      unanswered: true,
    };
  }
  const code = reception.envelope?.code;
  if (code === scenario.code) {
    const claim = judgeClaim({ api: one.api, sent: body, outcome, opened, envelope });
    return { failure: undefined, claim, sensitive };
  }
  const came = typeof code === 'string' ? code : 'no code';
  return {
    failure: `its control ${scenario.id} was answered with HTTP ${reception.response.status} and ${came}, expected ${scenario.code}`,
    claim: undefined,
    sensitive,
  };
}
