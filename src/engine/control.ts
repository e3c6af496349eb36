import type { Case } from '../cases/case.ts';
import type { Api, Scenario } from '../contract/model.ts';
import { type JsonValue, stringifyJson } from '../json/json.ts';
import type { Judgement } from '../judge/evidence.ts';
import { judgeClaim } from '../judge/scenario.ts';
import type { RedactorOptions } from '../redact/redactor.ts';
import type { Change } from './change.ts';
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
  /** What it may have changed on the target; told with the case that came first. */
  readonly changes: readonly Change[];
  /** There was no answer of the API, which may be another matter the next time. */
  readonly unanswered?: boolean;
}

/** How often a control may go without an answer before its cases do without it: a dead target costs a timeout each time. */
const patience = 3;

interface Asked {
  /** Undefined: it turned out to be none. */
  readonly control: Promise<Control | undefined>;
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
  const id = controlId(one, scenario);
  let times = 0;
  for (let before = known.get(id); before; before = known.get(id)) {
    const control = await before.control;
    if (control && (!control.unanswered || before.times >= patience))
      return { ...control, claim: undefined, changes: [] };
    // Of all that wait for the same one, the first asks again, and the others wait for that.
    if (known.get(id) !== before) continue;
    times = before.times;
    break;
  }
  const control = sendControl(one, scenario, session);
  known.set(id, { control, times: times + 1 });
  return control;
}

/** What its cases share: the prepared request of a scenario, or a body of their own. */
export function controlId({ plan }: Case, { id }: Scenario): string {
  return plan.ready && plan.control !== undefined ? `${id} ${stringifyJson(plan.control)}` : id;
}

/**
 * Says that a prepared scenario is being sent: when it is answered with its documented code, it is a control that need
 * not be sent again, and whoever needs one waits for that.
 *
 * @returns what is to be told, in any case, whether it was; the first word counts
 */
export function expectControl(scenario: Scenario, session: Session): (holds: boolean) => void {
  const known = controlsOf(session);
  if (known.has(scenario.id)) return () => undefined;
  const { promise, resolve } = deferred<Control | undefined>();
  known.set(scenario.id, { control: promise, times: 0 });
  return (holds) => resolve(holds ? { failure: undefined, claim: undefined, changes: [] } : undefined);
}

function deferred<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
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
  const own = one.plan.ready ? one.plan.control : undefined;
  const body = own ?? session.profile.testData.get(scenario.id);
  if (body === undefined) {
    return { failure: `its control ${scenario.id} has no test data`, claim: undefined, changes: [] };
  }
  const name = own === undefined ? scenario.id : `${scenario.id} with what this case changes added`;
  const control = { api: one.api, id: `${name} as control` };
  const { exchange, opened, reception, sensitive, changes } = await send(
    control,
    { ready: true, body, mutation: undefined },
    session,
  );
  if (!reception.usable) {
    return {
      failure: `its control ${name} got no usable answer: ${reception.why}`,
      claim: undefined,
      sensitive,
      changes,
      unanswered: true,
    };
  }
  const code = reception.envelope?.code;
  // A valid request that nobody has prepared may have another documented outcome.
  if (code === scenario.code || (own !== undefined && isOutcome(one.api, code))) {
    const { outcome } = exchange;
    const { envelope } = session.profile.wire;
    const claim = judgeClaim({ api: one.api, sent: body, outcome, opened, envelope });
    return { failure: undefined, claim, sensitive, changes };
  }
  const came = typeof code === 'string' ? code : 'no code';
  return {
    failure: `its control ${name} was answered with HTTP ${reception.response.status} and ${came}, expected ${scenario.code}`,
    claim: undefined,
    sensitive,
    changes,
  };
}

/** Whether a code is one that the API documents for a request without a bad value. */
function isOutcome({ codes, platform }: Api, code: JsonValue | undefined): boolean {
  return codes.some((row) => row.code === code) && !platform.badValueCodes.some((one) => one === code);
}
