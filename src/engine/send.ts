import type { Case } from '../cases/case.ts';
import type { OpenedBody } from '../judge/answer.ts';
import { type Reception, receive } from '../judge/reception.ts';
import type { ShownExchange } from '../record/record.ts';
import type { RedactorOptions } from '../redact/redactor.ts';
import { sensitiveIn, shownExchange } from '../redact/shown-exchange.ts';
import type { Exchange } from '../wire/exchange.ts';
import { checkAllowed } from './allowed.ts';
import { type Change, changesBy } from './change.ts';
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
  /** Whether that is an answer of the API. */
  readonly reception: Reception;
  /** What must not be told of it. */
  readonly sensitive: RedactorOptions;
  /** What a reader should know of how it was sent. */
  readonly notes: readonly string[];
  /** What it may have changed on the target. */
  readonly changes: readonly Change[];
}

export interface SendingOptions {
  /** Rejects with its reason, also while an answer is waited for; the session's unless given. */
  readonly signal?: AbortSignal | undefined;
  /** Takes back what was made: it is sent however the run stands. */
  readonly cleaning?: boolean;
}

type Request = Pick<Case, 'api' | 'id'> & Partial<Pick<Case, 'expectation'>>;
type ReadyPlan = Extract<Case['plan'], { ready: true }>;

/**
 * Sends the request of a plan, when the traffic to the target allows, and opens what comes back.
 *
 * @throws {SelfCheckError|NotAllowed} when it is not as its case declares, or not as the profile allows; nothing has been
 * sent then
 * @throws {Stopped} when nothing more is sent
 */
export async function send(
  one: Request,
  plan: ReadyPlan,
  session: Session,
  { signal = session.signal, cleaning = false }: SendingOptions = {},
): Promise<Sent> {
  const mayBeUnanswered = one.expectation?.kind === 'graceful';
  return session.traffic.send(
    one.api,
    (nth) => sendOnce(nth === 0 ? one : { ...one, id: `${one.id} again ${nth}` }, plan, session, { signal }),
    { signal, cleaning, mayBeUnanswered },
  );
}

/** The same, whatever the traffic. */
export async function sendOnce(
  one: Request,
  plan: ReadyPlan,
  session: Pick<Session, 'profile' | 'client' | 'contract' | 'redactor' | 'userAgent' | 'now' | 'randomFor'>,
  { signal, limit }: { readonly signal?: AbortSignal | undefined; readonly limit?: number | undefined },
): Promise<Omit<Sent, 'notes'>> {
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
    deadline: Math.min(profile.timeouts.exchange, limit ?? profile.timeouts.exchange),
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
  const { outcome } = exchange;
  return {
    exchange,
    opened,
    reception: receive({ api, outcome, opened, envelope: profile.wire.envelope }),
    shown: shownExchange(disclosed, redactor.with(sensitive)),
    sensitive,
    changes: changesBy(api, exchange, opened, profile),
  };
}
