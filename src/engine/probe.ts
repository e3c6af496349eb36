import { controlOf } from '../cases/prepared.ts';
import type { Probe } from './breaker.ts';
import { sendOnce } from './send.ts';
import type { Session } from './session.ts';
import type { Traffic } from './traffic.ts';

/**
 * The request that asks whether a target is there: a prepared one to an API that only reads, the first that there is.
 * Undefined without any.
 *
 * @param traffic which it passes; asked for when it is sent
 */
export function probeOf(session: Omit<Session, 'traffic'>, traffic: () => Traffic): Probe | undefined {
  const { contract, profile, signal } = session;
  for (const api of contract.apis) {
    if (api.effect !== 'reads') continue;
    const scenario = controlOf(api, profile);
    const body = profile.testData.get(scenario.id);
    if (body === undefined || scenario.breaksRequest) continue;
    let count = 0;
    return {
      name: scenario.id,
      async ask(limit) {
        count += 1;
        const one = { api, id: `${scenario.id} to see whether the target is there ${count}` };
        const plan = { ready: true, body, mutation: undefined } as const;
        try {
          const { reception } = await traffic().aside(
            () => sendOnce(one, plan, session, { signal, limit }),
            signal,
          );
          return reception.usable || reception.answered;
        } catch (error) {
          if (signal?.aborted && error === signal.reason) return false;
          throw error;
        }
      },
    };
  }
  return undefined;
}
