import type { Case } from '../cases/case.ts';
import { seededNumbers } from '../cases/seeded.ts';
import type { Contract } from '../contract/model.ts';
import type { CaseRecord } from '../record/record.ts';
import type { Redactor } from '../redact/redactor.ts';
import type { Profile } from '../target/profile.ts';
import { createHttpClient, type HttpClient } from '../wire/client.ts';
import type { Patience } from './breaker.ts';
import type { Clock } from './clock.ts';
import { InFlight, inOrder } from './in-flight.ts';
import { sharedPreflight } from './preflight.ts';
import { redactorFor } from './redactor.ts';
import { runCase } from './run-case.ts';
import type { Session } from './session.ts';
import { trafficFor } from './traffic-for.ts';
import { turnsOf } from './turn.ts';
import { userAgentOf } from './user-agent.ts';
import { redactWaivers, waiveRecord } from './waive.ts';

export interface EngineOptions {
  readonly contract: Contract;
  /** The target, with its credentials, test data and limits. */
  readonly profile: Profile;
  /** The same seed makes the same values. */
  readonly seed: number;
  /** By which the requests of one run are found again at the target. */
  readonly runId?: string;
  /** Once it aborts nothing more is sent, but for the deletion of what a case has registered. */
  readonly signal?: AbortSignal;
  /** Hides keys, card and personal data in records; what the profile and the contract name, unless given. */
  readonly redactor?: Redactor;
  /** Connections of its own unless given; a given one is not closed. */
  readonly client?: HttpClient;
  /** The one clock of a run; the machine's unless given. */
  readonly now?: () => Date;
  /** How many cases are in flight at most; as the profile says, unless given. */
  readonly inFlight?: number;
  /**
   * Whether to look, before the first case, whether the target is there and takes the credentials: one request that
   * changes nothing, or two. If not so, nothing else is sent, and no case exercised. Not unless said.
   */
  readonly preflight?: boolean;
  /** What time is measured with; the machine's unless given. */
  readonly clock?: Clock;
  /** How much trouble is borne; as usual unless given. */
  readonly patience?: Patience;
  /** For how many milliseconds of the run something is sent; as the profile says, unless given. */
  readonly limit?: number;
  /** How many requests the run has sent before; maxRequests counts them too. */
  readonly sent?: number;
  /** How many requests in a row had no answer before. */
  readonly row?: number;
  /** Told how many in a row have none, whenever that changes. */
  readonly onRow?: (row: number) => void;
  /** Told of each request that is about to be sent. */
  readonly onSend?: () => void;
  /** Told once, when nothing more is sent to the target, why. */
  readonly onStop?: (sentence: string) => void;
}

/** Does cases to a target. Knows neither a test runner nor a terminal, and writes nothing. */
export interface Engine {
  readonly profile: Profile;
  readonly redactor: Redactor;
  /**
   * Does one case: sends its control first where it has one that this engine has not sent yet, then its request; opens,
   * judges and records the answer, the waivers of the profile applied. Never rejects: whatever goes wrong is an outcome.
   *
   * Cases that are handed over while others are under way wait for their turn: so many at once as the profile allows, and
   * none beside one whose effects it might see. Hand them over in the order of the plan.
   */
  run(one: Case): Promise<CaseRecord>;
  /** How many cases, handed over and not yet done, keep it busy. */
  readonly ahead: number;
  /** Does cases, as many in flight as may be, and gives their records in the order of the cases. */
  runAll(cases: Iterable<Case>): AsyncGenerator<CaseRecord, void, undefined>;
  /** Sends nothing more but for cleaning up; what is not done is not exercised, for the reason that is given. */
  stop(sentence: string): void;
  /** Closes the connections. What is under way ends by itself, or by the signal. */
  close(): Promise<void>;
}

/** How many cases wait for each one in flight, so that those which may overtake are at hand. */
const waitingForEach = 8;

/** Opens an engine for one target. */
export function openEngine(options: EngineOptions): Engine {
  const { contract, profile, seed, signal, now = () => new Date() } = options;
  const redactor = options.redactor ?? redactorFor(contract, profile);
  const waivers = redactWaivers(profile.waivers, redactor);
  const { inFlight = profile.pace.inFlight } = options;
  const client = options.client ?? clientFor(profile, inFlight);
  const untold: Omit<Session, 'traffic'> = {
    contract,
    profile,
    client,
    redactor,
    userAgent: userAgentOf(options.runId),
    now,
    randomFor: (caseId) => seededNumbers(seed, caseId),
    ...(signal && { signal }),
  };
  const { clock, patience, limit, sent, row, onRow, onSend, onStop } = options;
  const traffic = trafficFor(untold, {
    ...(clock && { clock }),
    ...(patience && { patience }),
    ...(limit !== undefined && { limit }),
    sent,
    row,
    onRow,
    onSend,
    onStop,
  });
  const shared: Session = { ...untold, traffic };
  const session = options.preflight ? { ...shared, preflight: sharedPreflight(shared) } : shared;
  const underWay = new InFlight(inFlight);
  const turnOf = turnsOf(contract);
  const ahead = inFlight === 1 ? 1 : inFlight * waitingForEach;
  const run = (one: Case): Promise<CaseRecord> =>
    underWay.do(turnOf(one), async () => waiveRecord(await runCase(one, session), waivers));
  return {
    profile,
    redactor,
    run,
    ahead,
    runAll: (cases) => inOrder(cases, ahead, run),
    stop: (sentence) => traffic.stop(sentence),
    async close() {
      if (!options.client) await client.close();
    },
  };
}

/** The connections to a target, as its profile wants them. */
export function clientFor({ maxResponseBytes, tls, proxy }: Profile, connections: number): HttpClient {
  return createHttpClient({
    connections,
    maxResponseSize: maxResponseBytes,
    ...(tls && { tls }),
    ...(proxy !== undefined && { proxy }),
  });
}
