import { setTimeout as wait } from 'node:timers/promises';
import type { Case } from '../cases/case.ts';
import type { Api } from '../contract/model.ts';
import { findEnvelope } from '../judge/envelope.ts';
import { hasEnded, judgeLife, type Life, type Reply } from '../judge/life.ts';
import { judgeClaim } from '../judge/scenario.ts';
import type { ShownExchange } from '../report/record.ts';
import { getPointer, isJsonObject, type JsonObject, type JsonValue } from '../wire/json.ts';
import type { Done } from './done.ts';
import { send } from './send.ts';
import type { Session } from './session.ts';

class NoAnswer extends Error {}

/** Lives through the life of an account with a member of its own, and judges what was seen. */
export async function liveThrough(one: Case, prepared: JsonObject, session: Session): Promise<Done> {
  const exchanges: ShownExchange[] = [];
  const random = session.randomFor(`${one.id} member`);
  // Beyond 2^53 on purpose: an id that is rounded anywhere belongs to another member.
  const member =
    100_000_000_000_000_000n +
    BigInt(Math.floor(random() * 2 ** 48)) * 1000n +
    BigInt(Math.floor(random() * 999)) +
    1n;
  const first: JsonObject = { ...prepared, userId: member };
  const account = getPointer(prepared, '/bankAccount');
  const second: JsonObject =
    typeof account === 'string' ? { ...first, bankAccount: otherAccount(account) } : first;

  const api = (id: string): Api => {
    const found = session.contract.apis.find((candidate) => candidate.id === id);
    if (!found) throw new Error(`no API ${id}`);
    return found;
  };
  const ask = async (id: string, body: JsonValue): Promise<Reply> => {
    const request = { api: api(id), id: `${one.id} ${exchanges.length}` };
    const { exchange, opened, shown } = await send(
      request,
      { ready: true, body, change: undefined },
      session,
    );
    exchanges.push(shown);
    if (!exchange.outcome.ok) throw new NoAnswer(exchange.outcome.failure.message);
    const code = findEnvelope(opened, session.profile.wire.envelope)?.code;
    return {
      status: exchange.outcome.response.status,
      code: typeof code === 'string' ? code : undefined,
      body: opened.form === 'plain' || opened.form === 'encrypted' ? opened.value : null,
      claim: judgeClaim({
        api: request.api,
        sent: body,
        outcome: exchange.outcome,
        opened,
        envelope: session.profile.wire.envelope,
      }),
    };
  };
  const inquire = async (registered: Reply, into: Reply[]): Promise<void> => {
    const regNo = getPointer(registered.body, '/bankAccRegNo');
    if (regNo === undefined) return;
    const start = performance.now();
    for (let pause = 20; !hasEnded(into.at(-1)); pause = Math.min(pause * 2, 2000)) {
      if (into.length > 0) {
        const left = session.profile.timeouts.registration - (performance.now() - start);
        if (left <= 0) break;
        await wait(Math.min(pause, left));
      }
      into.push(await ask('ars-inquiry', { regNo }));
      seen.waited = performance.now() - start;
    }
    // Once more: what has ended stays as it is.
    if (hasEnded(into.at(-1))) into.push(await ask('ars-inquiry', { regNo }));
  };

  const seen: { -readonly [Key in keyof Life]: Life[Key] } & {
    inquiries: Reply[];
    changedInquiries: Reply[];
  } = {
    trouble: undefined,
    registered: undefined,
    meanwhile: undefined,
    inquiries: [],
    waited: 0,
    info: undefined,
    changed: undefined,
    changedInquiries: [],
    changedInfo: undefined,
    deleted: undefined,
    infoAfterwards: undefined,
    accounts: [accountIn(first), accountIn(second)],
  };
  const userId: JsonObject = { userId: member };
  try {
    seen.registered = await ask('ars-register', first);
    if (seen.registered.code === '000_000') {
      seen.meanwhile = await ask('ars-register', first);
      await inquire(seen.registered, seen.inquiries);
      seen.info = await ask('account-info', userId);
      seen.changed = await ask('ars-register', second);
      if (seen.changed.code === '000_000') {
        await inquire(seen.changed, seen.changedInquiries);
        seen.changedInfo = await ask('account-info', userId);
      }
      seen.deleted = await ask('account-delete', userId);
      seen.infoAfterwards = await ask('account-info', userId);
    }
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    seen.trouble = error.message;
  }
  return { judgement: judgeLife(seen), exchanges, notes: [] };
}

function accountIn(body: JsonObject): string | undefined {
  const account = isJsonObject(body) ? getPointer(body, '/bankAccount') : undefined;
  return typeof account === 'string' ? account : undefined;
}

/** Another account of the same form: its last digit is another one. */
function otherAccount(account: string): string {
  const last = account.at(-1) ?? '0';
  return `${account.slice(0, -1)}${last === '9' ? '8' : '9'}`;
}
