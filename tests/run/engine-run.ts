import type { TestContext } from 'node:test';
import type { Deviation } from '../../sandbox/stages.ts';
import { startSandbox } from '../../sandbox/start.ts';
import { allCases } from '../../src/cases/all-cases.ts';
import type { Case } from '../../src/cases/case.ts';
import { openEngine } from '../../src/engine/engine.ts';
import { redactorFor } from '../../src/engine/redactor.ts';
import { redactWaivers } from '../../src/engine/waive.ts';
import type { CaseRecord, LedgerHeader } from '../../src/record/record.ts';
import { assembleLedger, type Ledger } from '../../src/report/ledger/ledger.ts';
import { type ConformanceReport, conformanceReport } from '../../src/report/render/conformance.ts';
import { summary } from '../../src/report/render/summary.ts';
import { exitCodeOf } from '../../src/report/waivers.ts';
import { readProfile } from '../../src/run/plan.ts';
import { sharingState } from '../../src/run/split.ts';
import { describeProfile } from '../../src/target/profile.ts';
import { testCredentials } from '../keys.ts';
import { contract } from '../project.ts';

/** What a run through the engine, in this process, came to. */
export interface EngineRun extends Told {
  readonly ledger: Ledger;
}

/** What the reports say of a ledger. */
export interface Told {
  readonly exitCode: number;
  /** The summary, as the terminal shows it. */
  readonly output: string;
  readonly report: ConformanceReport;
}

/** What is made of a ledger when a run ends, but for files. */
export function toldOf(ledger: Ledger): Told {
  return {
    exitCode: exitCodeOf(ledger, contract),
    output: summary(ledger, contract, { color: false, columns: undefined, reports: [] }),
    report: conformanceReport(ledger, contract),
  };
}

export interface EngineRunOptions {
  /** All cases unless given; a choice is told as one. */
  readonly only?: (one: Case, index: number, all: readonly Case[]) => boolean;
  readonly selection?: LedgerHeader['selection'];
  /** Cases that share no state are done beside the others, over connections of their own. */
  readonly sideBySide?: boolean;
}

/** All cases against the target of a profile, as a run by a user does them, without the runner and its processes. */
export async function runThroughEngine(
  profileFile: string,
  { only, selection = only ? { grep: 'chosen' } : {}, sideBySide = false }: EngineRunOptions = {},
): Promise<EngineRun> {
  const seed = 1;
  const profile = readProfile(profileFile, contract, {});
  if (profile.kind !== 'ready') throw new Error('a target that is to be launched needs the runner');
  const all = allCases(contract, profile, seed);
  const cases = only ? all.filter(only) : all;
  const startedAt = new Date().toISOString();
  const redactor = redactorFor(contract, profile);
  const waivers = redactWaivers(profile.waivers, redactor);
  const done = async (some: readonly Case[]): Promise<readonly CaseRecord[]> => {
    const engine = openEngine({ contract, profile, seed, redactor });
    try {
      const records: CaseRecord[] = [];
      for await (const record of engine.runAll(some)) records.push(record);
      return records;
    } finally {
      await engine.close();
    }
  };
  const isSharing = sharingState(contract);
  const parts = sideBySide ? [cases.filter(isSharing), cases.filter((one) => !isSharing(one))] : [cases];
  const records = (await Promise.all(parts.map(done))).flat();
  const ledger = assembleLedger({
    header: {
      type: 'header',
      ledger: 1,
      runId: 'engine-run',
      tool: { name: 'tests', version: '0' },
      documents: { title: contract.title, version: contract.version, digest: contract.digest },
      target: { ...describeProfile(profile), file: 'profile.yaml' },
      seed,
      startedAt,
      selection,
      cases: { planned: cases.length, all: all.length },
      ...(waivers.length > 0 && { waivers }),
    },
    planned: cases.map(({ id }) => id),
    records: records.map((record) => ({
      ...record,
      position: all.findIndex(({ id }) => id === record.id),
    })),
    problems: [],
    missing: (id) => {
      throw new Error(`no record of ${id}`);
    },
    finishedAt: new Date().toISOString(),
  });
  return { ...toldOf(ledger), ledger };
}

export const scenariosOnly = ({ kind }: Case): boolean => kind === 'scenario';

/** The embedded target in this process; it ends with the test. Returns the path of the profile that it has written. */
export async function startSandboxHere(context: TestContext, deviation: Deviation = {}): Promise<string> {
  const sandbox = await startSandbox({ contract, credentials: await testCredentials(), deviation });
  context.after(() => sandbox.close());
  return sandbox.profilePath;
}
