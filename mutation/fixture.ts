import { type Credentials, makeCredentials } from '../sandbox/credentials.ts';
import type { Deviation } from '../sandbox/stages.ts';
import { startSandbox } from '../sandbox/start.ts';
import { allCases } from '../src/cases/all-cases.ts';
import type { Case } from '../src/cases/case.ts';
import { loadContract, namedFolders } from '../src/contract/load.ts';
import type { Contract } from '../src/contract/model.ts';
import { sharedContract } from '../src/contract/shared-contract.ts';
import { openEngine } from '../src/engine/engine.ts';
import type { CaseRecord } from '../src/record/record.ts';
import { redactNothing } from '../src/redact/redactor.ts';
import { readProfile } from '../src/run/plan.ts';
import { root } from '../src/run/settings.ts';
import type { Profile } from '../src/target/profile.ts';
import { createHttpClient, type HttpClient } from '../src/wire/client.ts';
import { recording, type Step } from './baseline.ts';
import { MutationTestError } from './error.ts';

/** Everything that the trials of one process share: documents, cases, keys. */
export interface Fixture {
  readonly contract: Contract;
  readonly cases: readonly Case[];
  readonly credentials: Credentials;
  readonly profile: Profile;
  readonly seed: number;
  /** Case id → every step of the target when nothing deviates. */
  readonly baseline: ReadonlyMap<string, readonly Step[]>;
  /** What came of every case when nothing deviates, without its exchanges. */
  readonly records: readonly CaseRecord[];
}

/** What it takes to run cases against a target that deviates. */
export type Tools = Omit<Fixture, 'baseline' | 'records'>;

/** Milliseconds that a step of a process takes by the sandbox's clock, which stands still but for looks at one. */
const step = 300;

/**
 * Milliseconds for which a process is followed. One that never ends is waited for in vain, so that targets which answer
 * looks otherwise get less; all others end after a few looks, however slow the machine is.
 */
const patience = { looks: 1000, otherwise: 30_000 } as const;

/** What a mutation test is of. */
export interface Subject {
  /** The folder that holds `openapi/` and `specs/`; the project's own unless given. */
  readonly documents?: string | undefined;
  /** Only the faults of these APIs and the cases that send them requests; all of them unless given. */
  readonly apis?: readonly string[] | undefined;
}

/** Reads documents and profile, makes keys and cases, and runs all cases without a fault. Takes some seconds. */
export async function openFixture(seed: number, subject: Subject = {}): Promise<Fixture> {
  const tools = await openTools(seed, subject);
  return { ...tools, ...(await runWithoutFault(tools)) };
}

/** Reads documents and profile, and makes keys and cases. */
export async function openTools(seed: number, { documents = root, apis }: Subject = {}): Promise<Tools> {
  const load = () => loadContract(namedFolders(documents));
  const contract = documents === root ? sharedContract(process.env, load) : load();
  const credentials = await makeCredentials();
  const profile = await profileFor(contract, credentials);
  const cases = allCases(contract, profile, seed)
    .filter((one) => !apis || apisOf(one).some((id) => apis.includes(id)))
    // What can't be tested here, with a reason, can catch nothing.
    .filter(({ plan }) => plan.ready || !plan.acknowledged);
  return { contract, credentials, profile, seed, cases };
}

/** The APIs that a case sends requests to. */
export function apisOf({ api, expectation }: Case): readonly string[] {
  return expectation.kind === 'workflow' ? expectation.document.apis : [api.id];
}

async function profileFor(contract: Contract, credentials: Credentials): Promise<Profile> {
  const sandbox = await startSandbox({ contract, credentials });
  try {
    const profile = readProfile(sandbox.profilePath, contract, {});
    if (profile.kind !== 'ready')
      throw new MutationTestError('the sandbox wrote a profile without an address');
    return profile;
  } finally {
    await sandbox.close();
  }
}

/** @throws {MutationTestError} when a case does not conform without any fault: nothing could be said of the faults then */
async function runWithoutFault(tools: Tools): Promise<Pick<Fixture, 'baseline' | 'records'>> {
  const baseline = new Map<string, Step[]>();
  for (const one of tools.cases) baseline.set(one.id, []);
  let current: Step[] = [];
  const records = await runAgainst(tools, tools.cases, {
    deviation: recording((step) => current.push(step)),
    apis: [],
    before: ({ id }) => {
      current = baseline.get(id) ?? [];
    },
  });
  const wrong = records.find(({ outcome }) => outcome !== 'conforms');
  if (wrong) {
    throw new MutationTestError(
      `without any fault ${wrong.id} came to ${wrong.outcome}: ${wrong.reason}; mend the suite or the sandbox first`,
    );
  }
  return { baseline, records: records.map((record) => ({ ...record, exchanges: [] })) };
}

/** Runs the given cases against a sandbox of their own, which handles requests to the named APIs as told. */
export async function runAgainst(
  fixture: Tools,
  cases: readonly Case[],
  {
    deviation,
    apis,
    before = () => undefined,
    inFlight = 1,
  }: {
    readonly deviation: Deviation;
    readonly apis: readonly string[];
    readonly before?: (one: Case) => void;
    /** How many cases are in flight; one at a time unless given, since a deviation may go by their order. */
    readonly inFlight?: number;
  },
): Promise<readonly CaseRecord[]> {
  const { contract, credentials, profile, seed } = fixture;
  let now = Date.now();
  const sandbox = await startSandbox({
    contract,
    credentials,
    deviation,
    registrationMs: step,
    now: () => now,
  });
  // What is looked at goes one step further behind each look, however long that takes: no race, no waiting.
  const looks = contract.workflows.flatMap(({ processes }) =>
    processes.flatMap(({ look }) => look?.operation ?? []),
  );
  const lookPaths = contract.apis.filter(({ id }) => looks.includes(id)).map((api) => api.path);
  const http = createHttpClient({ maxResponseSize: profile.maxResponseBytes });
  const client: HttpClient = {
    async send(request, options) {
      const exchange = await http.send(request, options);
      if (lookPaths.some((path) => request.url.endsWith(path))) now += step;
      return exchange;
    },
    close: () => http.close(),
  };
  const engine = openEngine({
    contract,
    profile: {
      ...profile,
      baseUrl: sandbox.url,
      timeouts: {
        ...profile.timeouts,
        workflow: apis.some((api) => looks.includes(api)) ? patience.looks : patience.otherwise,
      },
    },
    seed,
    client,
    redactor: redactNothing,
    inFlight,
  });
  const begun = function* () {
    for (const one of cases) {
      before(one);
      yield one;
    }
  };
  try {
    const records: CaseRecord[] = [];
    for await (const record of engine.runAll(begun())) records.push(record);
    return records;
  } finally {
    await client.close();
    await sandbox.close();
  }
}
