import type { Case } from '../cases/case.ts';
import { seededNumbers } from '../cases/seeded.ts';
import type { Contract } from '../contract/model.ts';
import type { CaseRecord } from '../record/record.ts';
import type { Redactor } from '../redact/redactor.ts';
import type { Profile } from '../target/profile.ts';
import { createHttpClient, type HttpClient } from '../wire/client.ts';
import { sharedPreflight } from './preflight.ts';
import { redactorFor } from './redactor.ts';
import { runCase } from './run-case.ts';
import type { Session } from './session.ts';
import { redactWaivers, waiveRecord } from './waive.ts';

export interface EngineOptions {
  readonly contract: Contract;
  /** The target, with its credentials, test data and limits. */
  readonly profile: Profile;
  /** The same seed makes the same values. */
  readonly seed: number;
  /** Once it aborts nothing more is sent, but for the deletion of what a case has registered. */
  readonly signal?: AbortSignal;
  /** Hides keys, card and personal data in records; what the profile and the contract name, unless given. */
  readonly redactor?: Redactor;
  /** Connections of its own unless given; a given one is not closed. */
  readonly client?: HttpClient;
  /** The one clock of a run; the machine's unless given. */
  readonly now?: () => Date;
  /**
   * Whether to look, before the first case, whether the target is there and takes the credentials: one request that
   * changes nothing, or two. If not so, nothing else is sent, and no case exercised. Not unless said.
   */
  readonly preflight?: boolean;
}

/** Does cases to a target. Knows neither a test runner nor a terminal, and writes nothing. */
export interface Engine {
  readonly profile: Profile;
  readonly redactor: Redactor;
  /**
   * Does one case: sends its control first where it has one that this engine has not sent yet, then its request; opens,
   * judges and records the answer, the waivers of the profile applied. Never rejects: whatever goes wrong is an outcome.
   */
  run(one: Case): Promise<CaseRecord>;
  /** Does cases one behind the other, in their order, and gives each record as soon as it is there. */
  runAll(cases: Iterable<Case>): AsyncGenerator<CaseRecord, void, undefined>;
  /** Closes the connections. What is under way ends by itself, or by the signal. */
  close(): Promise<void>;
}

/** Opens an engine for one target. Cases may be in flight together; those that see each other's effects must not be. */
export function openEngine(options: EngineOptions): Engine {
  const { contract, profile, seed, signal, now = () => new Date() } = options;
  const redactor = options.redactor ?? redactorFor(contract, profile);
  const waivers = redactWaivers(profile.waivers, redactor);
  const client = options.client ?? clientFor(profile);
  const shared: Session = {
    contract,
    profile,
    client,
    redactor,
    now,
    randomFor: (caseId) => seededNumbers(seed, caseId),
    ...(signal && { signal }),
  };
  const session = options.preflight ? { ...shared, preflight: sharedPreflight(shared) } : shared;
  const run = async (one: Case): Promise<CaseRecord> => waiveRecord(await runCase(one, session), waivers);
  return {
    profile,
    redactor,
    run,
    async *runAll(cases) {
      for (const one of cases) yield await run(one);
    },
    async close() {
      if (!options.client) await client.close();
    },
  };
}

function clientFor({ maxResponseBytes, tls, proxy }: Profile): HttpClient {
  return createHttpClient({
    maxResponseSize: maxResponseBytes,
    ...(tls && { tls }),
    ...(proxy !== undefined && { proxy }),
  });
}
