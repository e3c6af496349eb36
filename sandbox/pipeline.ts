import { act } from './act.ts';
import { answerWith } from './answer.ts';
import { checkHeaders } from './check-headers.ts';
import { checkParameters } from './check-parameters.ts';
import { openBody } from './open-body.ts';
import { Refusal } from './own-codes.ts';
import { seal } from './seal.ts';
import type { Outcome, Situation, WireAnswer } from './stages.ts';

/** From a received request to the answer for the wire, stage by stage; the order of the checks is in checks.ts. */
export async function respond(received: Situation): Promise<WireAnswer> {
  let at = received;
  let outcome: Outcome;
  try {
    checkHeaders(at);
    at = { ...at, parameters: await openBody(at) };
    checkParameters(at);
    outcome = act(at);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    outcome = { ...error.answer, fields: {} };
  }
  const wire = await seal(answerWith(outcome, at), at);
  return at.deviation.send?.(wire, at) ?? wire;
}
