import { encryptedWays, harmlessRequests, type PreparedRequest } from '../cases/harmless.ts';
import { type Trouble, type TroubleKind, troubleOf } from '../judge/setup.ts';
import { type Sent, send } from './send.ts';
import type { Preflight, Session } from './session.ts';

/** The troubles that no case can be judged in. A target that fails by itself is there all the same, and judged. */
const stopping: readonly TroubleKind[] = ['no-answer', 'not-the-api', 'refused', 'sealed'];

/**
 * Looks whether the target is there and lets us in, with one request that changes nothing. When that meets trouble,
 * another one has to meet the same: a single API may well refuse what it should take, and that is its own fault. Never
 * rejects but with the reason of the session's signal.
 */
export async function preflight(session: Session): Promise<Preflight> {
  const [first, second = first] = witnesses(session);
  if (first === undefined || second === undefined) {
    return {
      ok: true,
      note: 'whether the target is there and takes the credentials was not looked at beforehand: no API that only reads has test data',
    };
  }
  const asked = [...new Set([first.scenario.id, second.scenario.id])].join(' and ');
  const trouble = await troubleWith(first, session, asked);
  if (trouble === undefined || !stopping.includes(trouble.kind)) return { ok: true };
  const another = await troubleWith(second, session, asked);
  if (another?.kind !== trouble.kind) return { ok: true };
  // Of one API alone nothing follows for those that can't be asked without changing something.
  const speaksForAll = trouble.kind === 'no-answer' || first.api !== second.api || isOnlyApi(first, session);
  return speaksForAll ? { ok: false, why: trouble.says } : { ok: true };
}

async function troubleWith(
  request: PreparedRequest,
  session: Session,
  asked: string,
): Promise<Trouble | undefined> {
  const { exchange, opened } = await ask(request, session);
  const { envelope } = session.profile.wire;
  return troubleOf({ ...request, outcome: exchange.outcome, opened, envelope }, asked);
}

/** Sends a prepared request as it is, for no case. */
export function ask({ api, scenario, body }: PreparedRequest, session: Session): Promise<Sent> {
  return send({ api, id: `${scenario.id} beforehand` }, { ready: true, body, mutation: undefined }, session);
}

/** {@link preflight} for all who wait for it, once; its note is for the first of them. */
export function sharedPreflight(session: Session): () => Promise<Preflight> {
  let shared: Promise<Preflight> | undefined;
  return async () => {
    const isFirst = shared === undefined;
    shared ??= looked(session);
    const result = await shared;
    return result.ok && !isFirst ? { ok: true } : result;
  };
}

/** What else would be sent meets the same trouble. */
async function looked(session: Session): Promise<Preflight> {
  const result = await preflight(session);
  if (!result.ok) session.traffic.stop(result.why);
  return result;
}

/** Two requests, of different APIs if there are such, that show the most. */
function witnesses({ contract, profile }: Session): readonly PreparedRequest[] {
  const harmless = harmlessRequests(contract, profile).toSorted(
    (a, b) => encryptedWays(b.api) - encryptedWays(a.api),
  );
  const [first] = harmless;
  if (first === undefined) return [];
  const second = harmless.find(({ api }) => api !== first.api) ?? harmless[1];
  return second === undefined ? [first] : [first, second];
}

function isOnlyApi({ api }: PreparedRequest, { contract, profile }: Session): boolean {
  return contract.apis.every(
    (one) => one === api || !one.scenarios.some(({ id }) => profile.testData.has(id)),
  );
}
