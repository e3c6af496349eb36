import type { Case } from '../cases/case.ts';
import type { Scenario } from '../contract/model.ts';
import { findEnvelope } from '../judge/envelope.ts';
import { send } from './send.ts';
import type { Session } from './session.ts';

const results = new WeakMap<Session, Map<string, Promise<string | undefined>>>();

/**
 * Sends the unchanged request of a case once in this session: only when the target answers it with its documented code
 * does the answer to a changed one mean anything.
 *
 * @returns undefined when the control holds, otherwise why it does not
 */
export function controlResult(one: Case, scenario: Scenario, session: Session): Promise<string | undefined> {
  const known = results.get(session) ?? new Map<string, Promise<string | undefined>>();
  results.set(session, known);
  const result = known.get(scenario.id) ?? sendControl(one, scenario, session);
  known.set(scenario.id, result);
  return result;
}

async function sendControl(one: Case, scenario: Scenario, session: Session): Promise<string | undefined> {
  const body = session.profile.testData.get(scenario.id);
  if (body === undefined) return `its control ${scenario.id} has no test data`;
  const control = { api: one.api, id: `${scenario.id} as control` };
  const { exchange, opened } = await send(control, { ready: true, body, change: undefined }, session);
  if (!exchange.outcome.ok)
    return `its control ${scenario.id} got no answer: ${exchange.outcome.failure.message}`;
  const code = findEnvelope(opened, session.profile.wire.envelope)?.code;
  if (code === scenario.code) return undefined;
  const came = typeof code === 'string' ? code : 'no code';
  return `its control ${scenario.id} was answered with HTTP ${exchange.outcome.response.status} and ${came}, expected ${scenario.code}`;
}
