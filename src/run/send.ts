import type { Case } from '../cases/case.ts';
import type { OpenedBody } from '../judge/answer.ts';
import type { RedactorOptions } from '../redact/redactor.ts';
import { sensitiveIn, shownExchange } from '../redact/shown-exchange.ts';
import type { ShownExchange } from '../report/record.ts';
import type { Exchange } from '../wire/exchange.ts';
import { openBody } from './open-body.ts';
import { buildRequest } from './request.ts';
import { checkSent } from './self-check.ts';
import type { Session } from './session.ts';

/** One exchange, opened. */
export interface Sent {
  readonly exchange: Exchange;
  readonly opened: OpenedBody;
  readonly shown: ShownExchange;
  /** What must not be told of it. */
  readonly sensitive: RedactorOptions;
}

/** Sends the request of a plan and opens what comes back. */
export async function send(
  one: Pick<Case, 'api' | 'id'>,
  plan: Extract<Case['plan'], { ready: true }>,
  session: Session,
): Promise<Sent> {
  const { profile, client, contract, redactor } = session;
  const { api } = one;
  const sent = await buildRequest(
    api,
    profile,
    plan.body,
    { date: session.now(), random: session.randomFor(one.id) },
    plan.change,
  );
  checkSent(api, sent, plan.change);
  const exchange = await client.send(sent, { deadline: profile.timeouts.exchange });
  const opened: OpenedBody = exchange.outcome.ok
    ? await openBody(exchange.outcome.response, profile.credentials.clientPrivateKey)
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
