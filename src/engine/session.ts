import { seededFaker } from '../cases/seeded.ts';
import type { Contract } from '../contract/model.ts';
import type { Redactor } from '../redact/redactor.ts';
import { openDisclosure } from '../run/disclosure.ts';
import type { Plan } from '../run/plan.ts';
import type { Profile } from '../target/profile.ts';
import { createHttpClient, type HttpClient } from '../wire/client.ts';

/** What the cases of one process share while a target is there. */
export interface Session {
  readonly contract: Contract;
  readonly profile: Profile;
  readonly client: HttpClient;
  readonly redactor: Redactor;
  /** The one clock of a run. */
  readonly now: () => Date;
  /** A source of numbers in [0, 1) that depends on nothing but the seed and the case. */
  readonly randomFor: (caseId: string) => () => number;
  /** Aborts when nothing more shall be sent, but for the deletion of what was registered. */
  readonly signal?: AbortSignal;
}

let open: Session | undefined;

/** The session of this process, opened when it is first needed: by then a launched target is ready. */
export function openSession(plan: Plan, signal: AbortSignal): Session {
  open ??= startSession(plan, signal);
  return open;
}

function startSession(plan: Plan, signal: AbortSignal): Session {
  const { contract, settings } = plan;
  const { profile, redactor } = openDisclosure(plan);
  return {
    contract,
    profile,
    client: createHttpClient({
      maxResponseSize: profile.maxResponseBytes,
      ...(profile.tls && { tls: profile.tls }),
      ...(profile.proxy !== undefined && { proxy: profile.proxy }),
    }),
    redactor,
    signal,
    now: () => new Date(),
    randomFor: (caseId) => {
      const faker = seededFaker(settings.seed, caseId);
      return () => faker.number.float();
    },
  };
}
