import type { Case } from '../cases/case.ts';
import type { OpenedBody } from '../judge/answer.ts';
import type { ShownExchange } from '../record/record.ts';
import type { RedactorOptions } from '../redact/redactor.ts';
import { sensitiveIn, shownExchange } from '../redact/shown-exchange.ts';
import type { Exchange } from '../wire/exchange.ts';
import { checkAllowed } from './allowed.ts';
import { openBody } from './open-body.ts';
import { buildRequest } from './request.ts';
import { checkMutation, checkSent, controlBody } from './self-check.ts';
import type { Session } from './session.ts';
import { withUserAgent } from './user-agent.ts';

/** One exchange, opened. */
export interface Sent {
  readonly exchange: Exchange;
  readonly opened: OpenedBody;
  readonly shown: ShownExchange;
  /** What must not be told of it. */
  readonly sensitive: RedactorOptions;
}

/**
 * Sends the request of a plan and opens what comes back.
 *
 * @param signal rejects with its reason, also while an answer is waited for; the session's unless given
 * @throws {SelfCheckError|NotAllowed} when it is not as its case declares, or not as the profile allows; nothing has been
 * sent then
 */
export async function send(
  one: Pick<Case, 'api' | 'id'> & Partial<Pick<Case, 'expectation'>>,
  plan: Extract<Case['plan'], { ready: true }>,
  session: Session,
  signal: AbortSignal | undefined = session.signal,
): Promise<Sent> {
  const { profile, client, contract, redactor } = session;
  const { api } = one;
  const moment = { date: session.now(), random: session.randomFor(one.id) };
  const built = await buildRequest(api, profile, plan.body, moment, plan.mutation);
  const { sent } = built;
  checkSent(api, sent, plan.mutation);
  const control = controlBody(plan, one.expectation, profile.testData) ?? plan.body;
  checkMutation(one.id, control, built, plan.mutation, profile);
  checkAllowed(one, plan, sent, session);
  signal?.throwIfAborted();
  const exchange = await client.send(withUserAgent(sent, session.userAgent), {
    deadline: profile.timeouts.exchange,
    ...(signal && { signal }),
  });
  const opened: OpenedBody = exchange.outcome.ok
    ? await openBody(
        exchange.outcome.response,
        profile.credentials.clientPrivateKey,
        contract.platform.encryption,
      )
    : { form: 'empty' };
  const disclosed = {
    exchange,
    api,
    contract,
    ...(api.request.body.encrypted && { requestPlaintext: plan.body }),
    ...(opened.form === 'encrypted' && { responsePlaintext: opened.value }),
  };
  const sensitive = sensitiveIn(disclosed);
  return { exchange, opened, shown: shownExchange(disclosed, redactor.with(sensitive)), sensitive };
}
