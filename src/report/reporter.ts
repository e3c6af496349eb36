import { rmSync } from 'node:fs';
import path from 'node:path';
import type {
  FullConfig,
  FullResult,
  Reporter,
  Suite,
  TestCase,
  TestError,
  TestResult,
} from '@playwright/test/reporter';
import { caseKinds } from '../cases/case.ts';
import type { Contract } from '../contract/model.ts';
import { exitCodes } from '../judge/verdict.ts';
import type { Redactor } from '../redact/redactor.ts';
import { assembleLedger, type Ledger, partsFolder, readParts } from './ledger.ts';
import { outputs, tellResult, writeOutputs } from './outputs.ts';
import { Progress } from './progress.ts';
import type { CaseRecord, LedgerHeader } from './record.ts';
import { exitCodeOf } from './waivers.ts';

/** What a reporter has to be told of the run. */
export interface RunInfo {
  readonly contract: Contract;
  readonly header: Pick<LedgerHeader, 'tool' | 'documents' | 'target' | 'seed' | 'selection' | 'waivers'>;
  /** The ids of all cases that there are without a selection, in the planned order. */
  readonly order: readonly string[];
  readonly redactor: Redactor;
  /** Clause id → why there is no case (`specs/untested.yaml`). */
  readonly untested?: ReadonlyMap<string, string>;
}

export interface ConformanceReporterOptions {
  /** The folder of the reports, absolute. */
  readonly dir: string;
  /** Asked once, when the tests are about to start: a launched target is there by then. */
  readonly info: () => RunInfo;
  /** Set by Playwright. */
  readonly mode: string | undefined;
  readonly out?: NodeJS.WriteStream;
  /** Whether to make `report.html`; only tests of the reporter do without. */
  readonly html?: boolean;
}

/**
 * The environment variable that tells the workers of a run that this reporter is there and takes each case's outcome
 * from its record, whatever the status of its test.
 */
export const outcomesAreRecorded = 'KONAPLATE_OUTCOMES_ARE_RECORDED';

/**
 * Playwright's reporter: progress while cases run, then the ledger out of what the workers wrote, and from that ledger
 * everything else. The title of a test is the id of its case. Playwright itself would exit with 0 or 1; here the exit
 * code is that of the verdict.
 */
export class ConformanceReporter implements Reporter {
  readonly #options: ConformanceReporterOptions;
  readonly #out: NodeJS.WriteStream;
  readonly #startedAt = new Date().toISOString();
  readonly #problems: string[] = [];
  readonly #results = new Map<string, TestResult>();
  #places: ReadonlyMap<string, number> = new Map();
  #planned: readonly string[] = [];
  #info: RunInfo | undefined;
  #progress: Progress | undefined;
  #ledger: Ledger | undefined;
  #exitCode: number = exitCodes.incomplete;

  constructor(options: ConformanceReporterOptions) {
    this.#options = options;
    this.#out = options.out ?? process.stdout;
  }

  /** In list mode Playwright's own list is what a user wants to see. */
  printsToStdio(): boolean {
    return !this.#listing;
  }

  get #listing(): boolean {
    return this.#options.mode === 'list';
  }

  onBegin(_config: FullConfig, suite: Suite): void {
    if (this.#listing) return;
    process.env[outcomesAreRecorded] = 'true';
    // Playwright ends the process with a code of its own, so the last word is said while the process exits; whatever
    // goes wrong from here on, it is not "conformant".
    process.once('exit', () => {
      process.exitCode = this.#exitCode;
    });
    this.#clear();
    this.#info = this.#options.info();
    this.#places = new Map(this.#info.order.map((id, place) => [id, place]));
    // The runner goes by files; reports go by the plan, however the cases are spread over files and processes.
    this.#planned = suite
      .allTests()
      .map(({ title }) => title)
      .sort((a, b) => this.#placeOf(a) - this.#placeOf(b));
    this.#progress = new Progress(this.#out, this.#planned.length);
  }

  onTestBegin(test: TestCase): void {
    this.#progress?.begins(test.title);
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    this.#results.set(test.title, result);
    this.#progress?.ended(test.title, result.status, this.#firstError(result) ?? skipReason(test));
  }

  onError(error: TestError): void {
    if (this.#listing) return;
    const text = this.#redact(error.message ?? error.value ?? 'an error without a message');
    this.#problems.push(text.split('\n')[0] ?? text);
    this.#progress?.line(text);
    if (!this.#progress) process.stderr.write(`${text}\n`);
  }

  onEnd(result: FullResult): void {
    if (this.#listing) return;
    this.#progress?.done();
    const info = this.#info;
    // Something failed before there was a run, and Playwright or onError has said what.
    if (!info) return;
    const { records, problems } = readParts(this.#options.dir);
    const { waivers = [] } = info.header;
    const { grep, shard } = info.header.selection;
    const assembled = assembleLedger({
      header: {
        type: 'header',
        ledger: 1,
        tool: info.header.tool,
        documents: info.header.documents,
        target: info.header.target,
        seed: info.header.seed,
        startedAt: this.#startedAt,
        selection: { ...(grep === undefined ? {} : { grep }), ...(shard === undefined ? {} : { shard }) },
        cases: { planned: new Set(this.#planned).size, all: info.order.length },
        ...(waivers.length === 0 ? {} : { waivers }),
      },
      planned: this.#planned,
      records: records.map((record) => this.#doubted(record)),
      problems: [
        ...this.#problems,
        ...problems,
        ...(result.status === 'interrupted' ? ['the run was interrupted'] : []),
        ...(result.status === 'timedout' ? ['the run took longer than its global timeout'] : []),
      ],
      missing: (id) => this.#missing(id, info.contract),
      finishedAt: new Date().toISOString(),
    });
    const cases = assembled.cases.map((record) => ({ ...record, position: this.#placeOf(record.id) }));
    this.#ledger = { ...assembled, cases };
    writeOutputs(this.#options.dir, this.#ledger, info);
    this.#exitCode = exitCodeOf(this.#ledger, info.contract);
    rmSync(partsFolder(this.#options.dir), { recursive: true, force: true });
  }

  /** By now every other reporter has written what it has. */
  async onExit(): Promise<void> {
    if (this.#listing) return;
    if (!this.#ledger || !this.#info) {
      this.#out.write('INCOMPLETE  the run ended before it began; see the messages above\n');
      return;
    }
    await tellResult(this.#options.dir, this.#ledger, {
      ...this.#info,
      out: this.#out,
      page: this.#options.html !== false,
    });
  }

  #placeOf(id: string): number {
    return this.#places.get(id) ?? this.#places.size;
  }

  /** A test that failed although its record is fine has met trouble that the record does not know. */
  #doubted(record: CaseRecord): CaseRecord {
    const result = this.#results.get(record.id);
    const fine = record.outcome === 'conforms' || record.outcome === 'warns' || record.outcome === 'waived';
    if (!fine || !result || result.status === 'passed') return record;
    const reason = `the test ended as ${result.status} after the case was judged: ${this.#firstError(result) ?? 'no reason given'}`;
    return { ...record, outcome: 'harness-error', reason };
  }

  #missing(id: string, contract: Contract): CaseRecord {
    const result = this.#results.get(id);
    const api = contract.apis.find((one) => one.scenarios.some((scenario) => scenario.id === id));
    const scenario = api?.scenarios.find((one) => one.id === id);
    const [apiId = id, second] = id.split('/');
    const kind = scenario ? 'scenario' : (caseKinds.find((one) => one === second) ?? 'scenario');
    const why = result
      ? (this.#firstError(result) ?? `its test ended as ${result.status}`)
      : 'its test did not run';
    return {
      type: 'case',
      id,
      api: api?.id ?? apiId,
      kind,
      level: kind === 'robustness' ? 'SHOULD' : 'MUST',
      title: scenario?.title ?? id,
      expected: scenario ? { status: scenario.status, code: scenario.code } : 'an answer that can be judged',
      clauses: [],
      outcome: 'harness-error',
      acknowledged: false,
      reason: `there is no record of it: ${why}`,
      findings: [],
      kept: [],
      readings: [],
      notes: [],
      exchanges: [],
      startedAt: result?.startTime.toISOString() ?? this.#startedAt,
      duration: Math.max(0, result?.duration ?? 0),
    };
  }

  #firstError(result: TestResult): string | undefined {
    const message = result.errors[0]?.message ?? result.errors[0]?.value;
    return message === undefined
      ? undefined
      : this.#redact(message.replace(/^Error: /, ''))
          .split('\n')
          .map((line) => line.trim())
          .slice(0, 3)
          .join(' ');
  }

  #redact(text: string): string {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours that Playwright puts into its messages.
    const bare = text.replaceAll(/\u001b\[[0-9;]*m/g, '');
    return this.#info ? this.#info.redactor.text(bare) : bare;
  }

  /** Nothing of an earlier run may be taken for this one's. */
  #clear(): void {
    for (const file of [...Object.values(outputs), `${outputs.ledger}.unfinished`]) {
      rmSync(path.join(this.#options.dir, file), { force: true });
    }
    rmSync(partsFolder(this.#options.dir), { recursive: true, force: true });
  }
}

function skipReason(test: TestCase): string | undefined {
  return test.annotations.find(({ type }) => type === 'skip')?.description;
}
