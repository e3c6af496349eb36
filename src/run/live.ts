import { setTimeout as wait } from 'node:timers/promises';
import type { Case } from '../cases/case.ts';
import { findEnvelope } from '../judge/envelope.ts';
import { endOf, type Inquired, isOver } from '../judge/inquiries.ts';
import { judgeLife, type Life, type Registration, unlived } from '../judge/life.ts';
import { isUnavailable, noUsableAnswer } from '../judge/reception.ts';
import { type Reply, shownReply, success, textAt } from '../judge/reply.ts';
import { judgeClaim } from '../judge/scenario.ts';
import type { RedactorOptions } from '../redact/redactor.ts';
import type { ShownExchange } from '../report/record.ts';
import { getPointer, type JsonObject } from '../wire/json.ts';
import type { Done } from './done.ts';
import { type Sent, send } from './send.ts';
import type { Session } from './session.ts';

/** No answer came from which anything over time could be read. */
class NoAnswer extends Error {}

type Ask = (api: string, body: JsonObject) => Promise<Reply>;
type Draft<Part> = { -readonly [Key in keyof Part]: Part[Key] };

/** Lives through the life of an account with members of its own, and judges what was seen. */
export async function liveThrough(one: Case, prepared: JsonObject, session: Session): Promise<Done> {
  const exchanges: ShownExchange[] = [];
  const sensitive: RedactorOptions[] = [];
  const ask = asker(one, session, (sent) => {
    exchanges.push(sent.shown);
    sensitive.push(sent.sensitive);
  });
  const random = session.randomFor(`${one.id} member`);
  const members = {
    own: memberId(100_000_000_000_000_000n, random),
    neighbour: memberId(600_000_000_000_000_000n, random),
  };
  const life: Draft<Life> & { meanwhile: Registration[] } = { ...unlived, meanwhile: [] };
  try {
    await goThrough(life, prepared, members, ask, session.profile.timeouts.registration);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    life.trouble = error.message;
  }
  await cleanUp(life, members, ask);
  return { judgement: judgeLife(life), exchanges, sensitive, notes: [] };
}

interface Members {
  readonly own: bigint;
  readonly neighbour: bigint;
}

/**
 * Goes from step to step and writes down what it sees, up to where nothing more can be learnt.
 *
 * @param limit milliseconds for which a registration is inquired
 * @throws {NoAnswer} what was seen until then is written down
 */
async function goThrough(
  life: Draft<Life> & { meanwhile: Registration[] },
  prepared: JsonObject,
  { own, neighbour }: Members,
  ask: Ask,
  limit: number,
): Promise<void> {
  const register = async (userId: bigint, account: number): Promise<Draft<Registration>> => {
    const body = withAccount({ ...prepared, userId }, account);
    const reply = await ask('ars-register', body);
    return { account: accountIn(body), reply, inquired: undefined };
  };
  const follow = (registration: Draft<Registration>) => inquire(registration, ask, limit);

  const registered = await register(own, 0);
  life.registered = registered;
  if (!wasAccepted(registered)) return;
  const meanwhile: Draft<Registration>[] = [];
  for (const account of accountIn(prepared).number === undefined ? [0] : [0, 1]) {
    const second = await register(own, account);
    meanwhile.push(second);
    life.meanwhile.push(second);
  }
  const other = await register(neighbour, 2);
  life.neighbour = other;
  await follow(registered);
  // Whoever has ended by the first inquiry was no hindrance to a second registration, which then counts.
  if (isOver(registered.inquired?.replies[0])) {
    for (const second of meanwhile) if (wasAccepted(second)) await follow(second);
  }
  const hasEnded = ({ inquired }: Registration): boolean =>
    inquired === undefined || endOf(inquired) !== undefined;
  if (![registered, ...meanwhile].every(hasEnded)) return;
  life.info = await ask('account-info', { userId: own });
  const changed = await register(own, 3);
  life.changed = changed;
  if (wasAccepted(changed)) {
    await follow(changed);
    if (!hasEnded(changed)) return;
    life.changedInfo = await ask('account-info', { userId: own });
  }
  if (wasAccepted(other)) {
    await follow(other);
    if (endOf(other.inquired) === 'registered') {
      life.neighbourInfo = await ask('account-info', { userId: neighbour });
    }
  }
  life.deleted = await ask('account-delete', { userId: own });
  life.infoAfterwards = await ask('account-info', { userId: own });
  if (life.neighbourInfo) life.neighbourAfterwards = await ask('account-info', { userId: neighbour });
  life.infoAtLast = await ask('account-info', { userId: own });
}

/** Leaves no account behind, as far as that can be done; what is answered is nobody's promise. */
async function cleanUp(life: Life, { own, neighbour }: Members, ask: Ask): Promise<void> {
  const left = [
    ...(life.registered?.reply.code === success && life.deleted?.code !== success ? [own] : []),
    ...(life.neighbour?.reply.code === success ? [neighbour] : []),
  ];
  for (const userId of left) {
    try {
      await ask('account-delete', { userId });
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
    }
  }
}

function asker(one: Case, session: Session, keep: (sent: Sent) => void): Ask {
  let count = 0;
  const { contract, profile } = session;
  const { envelope } = profile.wire;
  return async (id, body) => {
    const api = contract.apis.find((candidate) => candidate.id === id);
    if (!api) throw new Error(`no API ${id}`);
    const request = { api, id: `${one.id} ${count}` };
    count += 1;
    const sent = await send(request, { ready: true, body, change: undefined }, session);
    keep(sent);
    const { opened } = sent;
    const { outcome } = sent.exchange;
    if (!outcome.ok) throw new NoAnswer(outcome.failure.message);
    const { status } = outcome.response;
    const code = findEnvelope(opened, envelope)?.code;
    const documented = api.codes.some((row) => row.code === code);
    const isPage = (status >= 300 && status < 400) || (isUnavailable(status) && !documented);
    if (typeof code !== 'string' || isPage) {
      const why = noUsableAnswer(outcome.response, opened) ?? `HTTP ${status} and no code`;
      throw new NoAnswer(`${id}: ${why}`);
    }
    if (opened.form !== 'plain' && opened.form !== 'encrypted') {
      throw new NoAnswer(`${id}: HTTP ${status} with an encData that can't be opened`);
    }
    const claim = judgeClaim({ api, sent: body, outcome, opened, envelope });
    return { status, code, documented, body: opened.value, claim };
  };
}

/** Inquires a registration until it is over, and then once more: what has ended stays as it is. */
async function inquire(registration: Draft<Registration>, ask: Ask, limit: number): Promise<void> {
  const regNo = getPointer(registration.reply.body, '/bankAccRegNo');
  if (regNo === undefined) return;
  const replies: Reply[] = [];
  const inquired: Draft<Inquired> = { replies, waited: 0, gaveUp: false };
  registration.inquired = inquired;
  const look = async (): Promise<Reply> => {
    const reply = await ask('ars-inquiry', { regNo });
    if (reply.documented) return reply;
    // Neither an end nor under way: the page lists every code, and the clauses of the codes tell of it.
    throw new NoAnswer(
      `ars-inquiry: ${shownReply(reply)}, which its page does not have; nothing can be followed`,
    );
  };
  const start = performance.now();
  for (let pause = 20; !isOver(replies.at(-1)); pause = Math.min(pause * 2, 2000)) {
    if (replies.length > 0) {
      const left = limit - (performance.now() - start);
      if (left <= 0) {
        inquired.gaveUp = true;
        return;
      }
      await wait(Math.min(pause, left));
    }
    replies.push(await look());
    inquired.waited = performance.now() - start;
  }
  if (endOf(inquired) !== undefined) replies.push(await look());
}

function wasAccepted({ reply }: Registration): boolean {
  return reply.code === success && textAt(getPointer(reply.body, '/bankAccRegNo')) !== undefined;
}

/** Beyond 2^53 on purpose: an id that is rounded anywhere belongs to another member. */
function memberId(from: bigint, random: () => number): bigint {
  const high = BigInt(Math.floor(random() * 2 ** 48));
  const low = BigInt(Math.floor(random() * 999));
  return from + high * 1000n + low + 1n;
}

function accountIn(body: JsonObject): Registration['account'] {
  return {
    number: textAt(getPointer(body, '/bankAccount')),
    bankCode: textAt(getPointer(body, '/bankCode')),
  };
}

/** The request for another account of the same form, if it has any: its last digit is another one for each step. */
function withAccount(body: JsonObject, step: number): JsonObject {
  const { number } = accountIn(body);
  if (number === undefined) return body;
  const bankAccount = number.replace(/\d(?=\D*$)/u, (digit) => String((Number(digit) + step) % 10));
  return { ...body, bankAccount };
}
