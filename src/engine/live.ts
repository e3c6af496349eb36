import { setTimeout as wait } from 'node:timers/promises';
import type { Case } from '../cases/case.ts';
import { getPointer, type JsonObject } from '../json/json.ts';
import { unjudged } from '../judge/evidence.ts';
import { endOf, type Inquired, isOver } from '../judge/inquiries.ts';
import { judgeLife, type Life, type Registration, unlived } from '../judge/life.ts';
import { receive } from '../judge/reception.ts';
import { type Reply, shownReply, success, textAt } from '../judge/reply.ts';
import { judgeClaim } from '../judge/scenario.ts';
import type { ShownExchange } from '../record/record.ts';
import type { RedactorOptions } from '../redact/redactor.ts';
import type { Done } from './done.ts';
import { abortedAfter, interrupted } from './interrupted.ts';
import { type Sent, send } from './send.ts';
import type { Session } from './session.ts';

/** No answer came from which anything over time could be read. */
class NoAnswer extends Error {}

/** For how long after an interruption what was registered is followed, and for how long it is deleted; milliseconds. */
const patience = { following: 5_000, deleting: 10_000 };

type Ask = (api: string, body: JsonObject) => Promise<Reply>;
type Draft<Part> = { -readonly [Key in keyof Part]: Part[Key] };

/** Lives through the life of an account with members of its own, and judges what was seen. */
export async function liveThrough(one: Case, prepared: JsonObject, session: Session): Promise<Done> {
  const exchanges: ShownExchange[] = [];
  const sensitive: RedactorOptions[] = [];
  const keep = (sent: Sent) => {
    exchanges.push(sent.shown);
    sensitive.push(sent.sensitive);
  };
  const { signal } = session;
  const soon = abortedAfter(signal, patience.following);
  const asking = asker(one, session, keep);
  const ask = asking(signal);
  const askSoon = asking(soon);
  const askAtLast = asking(abortedAfter(signal, patience.deleting));
  const registrations: Asked[] = [];
  // The answer to a registration is waited for even when the run is stopped: its number says what is to be cleaned up.
  const register = async (userId: bigint, body: JsonObject): Promise<Draft<Registration>> => {
    signal?.throwIfAborted();
    const asked: Asked = { member: userId, registration: undefined };
    registrations.push(asked);
    const reply = await askSoon('ars-register', { ...body, userId });
    asked.registration = { account: accountIn(body), reply, inquired: undefined };
    return asked.registration;
  };
  const random = session.randomFor(`${one.id} member`);
  const members = {
    own: memberId(100_000_000_000_000_000n, random),
    neighbour: memberId(600_000_000_000_000_000n, random),
  };
  const life: Draft<Life> & { meanwhile: Registration[] } = { ...unlived, meanwhile: [] };
  try {
    const limit = session.profile.timeouts.registration;
    await goThrough(life, prepared, members, { ask, register, limit, signal });
  } catch (error) {
    if (signal?.aborted) life.trouble = interrupted;
    else if (error instanceof NoAnswer) life.trouble = error.message;
    else throw error;
  }
  const judgement = judgeLife(life);
  const deleted = life.deleted?.code === success ? [members.own] : [];
  const open = registrations.filter(({ member }) => !deleted.includes(member));
  const left = await cleanUp(open, {
    ask: askAtLast,
    follow: async (registration) => {
      // Without an interruption it was followed for as long as the profile says.
      if (!signal?.aborted) return;
      await inquire(registration, { ask: askSoon, limit: patience.following, signal: soon });
    },
  });
  return {
    judgement:
      signal?.aborted && judgement.outcome !== 'violates'
        ? unjudged('not-exercised', interrupted)
        : judgement,
    exchanges,
    sensitive,
    notes: [],
    left,
  };
}

/** A registration that was sent; without an answer nobody knows what became of it. */
interface Asked {
  readonly member: bigint;
  registration: Draft<Registration> | undefined;
}

/** With what a life is gone through. */
interface Steps {
  readonly ask: Ask;
  readonly register: (userId: bigint, body: JsonObject) => Promise<Draft<Registration>>;
  /** Milliseconds for which a registration is inquired. */
  readonly limit: number;
  readonly signal: AbortSignal | undefined;
}

interface Members {
  readonly own: bigint;
  readonly neighbour: bigint;
}

/**
 * Goes from step to step and writes down what it sees, up to where nothing more can be learnt.
 *
 * @throws {NoAnswer} what was seen until then is written down
 */
async function goThrough(
  life: Draft<Life> & { meanwhile: Registration[] },
  prepared: JsonObject,
  { own, neighbour }: Members,
  steps: Steps,
): Promise<void> {
  const { ask } = steps;
  const register = (userId: bigint, account: number) =>
    steps.register(userId, withAccount(prepared, account));
  const follow = (registration: Draft<Registration>) => inquire(registration, steps);

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
  const isOpen = (one: Registration): boolean => one.inquired !== undefined && !hasEnded(one);
  if ([registered, ...meanwhile].some(isOpen)) return;
  life.info = await ask('account-info', { userId: own });
  const changed = await register(own, 3);
  life.changed = changed;
  if (wasAccepted(changed)) {
    await follow(changed);
    if (isOpen(changed)) return;
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

/**
 * Leaves no account behind, as far as that can be done; what is answered is nobody's promise. A registration that is
 * still under way makes its account after a deletion: when the run was stopped, its end is waited for first.
 *
 * @param follow inquires a registration until it has ended, or there is no time left
 * @returns what may be left, a line each
 */
async function cleanUp(
  registrations: readonly Asked[],
  {
    ask,
    follow,
  }: { readonly ask: Ask; readonly follow: (registration: Draft<Registration>) => Promise<void> },
): Promise<readonly string[]> {
  const left: string[] = [];
  const open = registrations.filter(
    ({ registration }) => registration === undefined || registration.reply.code === success,
  );
  for (const member of new Set(open.map((one) => one.member))) {
    const own = open.filter((one) => one.member === member);
    for (const { registration } of own) {
      // Whatever keeps it from being followed, its account is deleted.
      if (registration && !hasEnded(registration)) await follow(registration).catch(() => undefined);
    }
    const isSure = own.every(({ registration }) => registration && hasEnded(registration));
    const problem =
      (await deletion(member, ask)) ??
      (isSure ? undefined : 'it was deleted, and may have been under way still');
    if (problem !== undefined) left.push(`the registration of member ${masked(member)}: ${problem}`);
  }
  return left;
}

/** Deletes a member's account; returns why that did not succeed. */
async function deletion(member: bigint, ask: Ask): Promise<string | undefined> {
  try {
    const reply = await ask('account-delete', { userId: member });
    return reply.code === success ? undefined : `its deletion was answered with ${shownReply(reply)}`;
  } catch (error) {
    return `it could not be deleted: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Enough to find it again among the members of the target. */
function masked(member: bigint): string {
  return String(member).replace(/^(\d{3})\d+(\d{4})$/, '$1…$2');
}

function hasEnded({ inquired }: Registration): boolean {
  return inquired !== undefined && endOf(inquired) !== undefined;
}

/** Asks until its signal aborts, and throws its reason then. */
function asker(
  one: Case,
  session: Session,
  keep: (sent: Sent) => void,
): (signal: AbortSignal | undefined) => Ask {
  let count = 0;
  const { contract, profile } = session;
  const { envelope } = profile.wire;
  return (signal) => async (id, body) => {
    const api = contract.apis.find((candidate) => candidate.id === id);
    if (!api) throw new Error(`no API ${id}`);
    const request = { api, id: `${one.id} ${count}` };
    count += 1;
    const sent = await send(request, { ready: true, body, mutation: undefined }, session, signal);
    keep(sent);
    const { opened } = sent;
    const { outcome } = sent.exchange;
    const reception = receive({ api, outcome, opened, envelope });
    if (!reception.usable) throw new NoAnswer(`${id}: ${reception.why}`);
    const { status } = reception.response;
    const code = reception.envelope?.code;
    if (typeof code !== 'string') throw new NoAnswer(`${id}: HTTP ${status} and no code`);
    const documented = api.codes.some((row) => row.code === code);
    if (opened.form !== 'plain' && opened.form !== 'encrypted') {
      throw new NoAnswer(`${id}: HTTP ${status} with a message that can't be opened`);
    }
    const claim = judgeClaim({ api, sent: body, outcome, opened, envelope });
    return { status, code, documented, body: opened.value, claim };
  };
}

/** Inquires a registration until it is over, and then once more: what has ended stays as it is. */
async function inquire(
  registration: Draft<Registration>,
  { ask, limit, signal }: Pick<Steps, 'ask' | 'limit' | 'signal'>,
): Promise<void> {
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
      await wait(Math.min(pause, left), undefined, { ...(signal && { signal }) });
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
