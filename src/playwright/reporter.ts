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
import { notSentBecause } from '../engine/not-sent.ts';
import { exitCodes } from '../judge/verdict.ts';
import { printable, terminalText } from '../printable.ts';
import { tellExitCode } from '../process/exit-code.ts';
import type { CaseRecord, LedgerHeader } from '../record/record.ts';
import type { Redactor } from '../redact/redactor.ts';
import { assembleLedger, type Ledger } from '../report/ledger/ledger.ts';
import { keptRecords, notRecorded, partsFolder, readParts } from '../report/ledger/parts.ts';
import { type RunMarker, readMarker } from '../report/ledger/run-folder.ts';
import { ioCode, ioProblem, StorageError } from '../report/ledger/storage.ts';
import { finishAndTell, writeOutputs } from '../report/render/outputs.ts';
import { Progress } from '../report/render/progress.ts';
import { exitCodeOf } from '../report/waivers.ts';
import { reasonAnnotation } from './annotations.ts';

/** What a reporter has to be told of the run. */
export interface RunInfo {
  readonly contract: Contract;
  readonly header: Pick<LedgerHeader, 'tool' | 'documents' | 'target' | 'seed' | 'waivers' | 'notes'>;
  /** The ids of all cases that there are without a selection, in the planned order. */
  readonly order: readonly string[];
  readonly redactor: Redactor;
  /** Clause id → why there is no case (`specs/untested.yaml`). */
  readonly untested?: ReadonlyMap<string, string>;
  /** The Korean of what the documents put into words (`specs/korean.yaml`). */
  readonly korean?: ReadonlyMap<string, string>;
  /** A folder with captured documentation pages, which the report then shows as a whole. */
  readonly pages?: string;
}

export interface ConformanceReporterOptions {
  /** The folder of the run with its marker, absolute; undefined when cases are only listed. */
  readonly dir: string | undefined;
  /** Asked once, when the tests are about to start: a launched target is there by then. */
  readonly info: () => RunInfo;
  /** Set by Playwright. */
  readonly mode: string | undefined;
  readonly out?: NodeJS.WriteStream;
  /** Whether to make `report.html`; only tests of the reporter do without. */
  readonly html?: boolean;
  /** Aborts when the run shall stop: then no page is made. */
  readonly stopped?: AbortSignal;
}

interface RunAtWork {
  readonly dir: string;
  readonly marker: RunMarker;
  readonly info: RunInfo;
}

/**
 * Playwright's reporter: progress while cases run, then the ledger out of what the workers wrote, and from that ledger
 * everything else. The title of a test is the id of its case. A run that is not conformant has failed for Playwright
 * too, whatever became of its tests.
 */
export class ConformanceReporter implements Reporter {
  readonly #options: ConformanceReporterOptions;
  readonly #out: NodeJS.WriteStream;
  readonly #startedAt = new Date().toISOString();
  readonly #problems: string[] = [];
  readonly #results = new Map<string, TestResult>();
  #places: ReadonlyMap<string, number> = new Map();
  #planned: readonly string[] = [];
  #run: RunAtWork | undefined;
  #progress: Progress | undefined;
  /** Why there will be no result: it could not be kept. */
  #lost: string | undefined;

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
    try {
      this.#begin(suite);
    } catch (error) {
      // Playwright begins a run without any test when the target could not be launched, and tells why behind this.
      if (suite.allTests().length === 0) return;
      this.#lose(error);
      this.#out.write(`INCOMPLETE  ${this.#lost}\n`);
      // Playwright would do all cases, and nobody would hear of them.
      process.exit(exitCodes.incomplete);
    }
  }

  #begin(suite: Suite): void {
    const { dir = '' } = this.#options;
    const marker = readMarker(dir);
    if (!marker) throw new StorageError(`${dir}: expected the folder of a run with its run.json`);
    const info = this.#options.info();
    this.#run = { dir, marker, info };
    const notes = notesOf(this.#run);
    for (const note of notes) this.#out.write(`Note: ${printable(note)}\n`);
    this.#places = new Map(info.order.map((id, place) => [id, place]));
    // The runner goes by files; reports go by the plan, however the cases are spread over files and processes.
    const titles = suite.allTests().map(({ title }) => title);
    this.#planned = [...keptRecords(dir).map(({ id }) => id), ...titles].sort(
      (a, b) => this.#placeOf(a) - this.#placeOf(b),
    );
    this.#progress = new Progress(this.#out, titles.length);
  }

  onTestBegin(test: TestCase): void {
    this.#progress?.begins(test.title);
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    this.#results.set(test.title, result);
    const reason = this.#firstError(result) ?? annotation(result, reasonAnnotation) ?? skipReason(test);
    // One line for all cases: the first that could not be recorded was the last that was sent.
    if (reason?.startsWith(notRecorded)) this.#lost ??= reason.slice(notRecorded.length);
    else this.#progress?.ended(test.title, statusOf(result), reason);
  }

  onError(error: TestError): void {
    // What follows a full disk is more of the same.
    if (this.#listing || this.#lost !== undefined) return;
    const text = this.#redact(error.message ?? error.value ?? 'an error without a message');
    this.#problems.push(text.split('\n')[0] ?? text);
    this.#progress?.line(text);
    if (!this.#progress) process.stderr.write(terminalText(`${text}\n`));
  }

  /** Every other reporter of ours stands before this one, and has written what it has. */
  async onEnd(result: FullResult): Promise<{ status?: FullResult['status'] }> {
    if (this.#listing) return {};
    this.#progress?.done();
    const exitCode = await this.#finish(result);
    await tellExitCode(exitCode);
    return exitCode === exitCodes.conformant || result.status === 'interrupted' ? {} : { status: 'failed' };
  }

  /** Writes what is to be written, and tells it; returns the exit code of the run. */
  async #finish(result: FullResult): Promise<number> {
    // Otherwise something failed before there was a run, and Playwright or onError has said what.
    if (this.#run && this.#lost === undefined) {
      const { dir, info } = this.#run;
      try {
        const ledger = this.#assemble(this.#run, result);
        const notes = await writeOutputs(dir, ledger, info);
        rmSync(partsFolder(dir), { recursive: true, force: true });
        // Playwright's own, which our cases put nothing into.
        rmSync(path.join(dir, 'artifacts'), { recursive: true, force: true });
        await finishAndTell(dir, ledger, {
          ...info,
          out: this.#out,
          page: this.#options.html !== false,
          notes,
          ...(this.#options.stopped && { stopped: this.#options.stopped }),
        });
        return exitCodeOf(ledger, info.contract);
      } catch (error) {
        this.#lose(error);
      }
    }
    const why = this.#lost ?? 'the run ended before it began; see the messages above';
    this.#out.write(`INCOMPLETE  ${this.#redact(why)}\n`);
    return exitCodes.incomplete;
  }

  #assemble(run: RunAtWork, result: FullResult): Ledger {
    const { dir, marker, info } = run;
    const { records, problems } = readParts(dir);
    const { waivers = [] } = info.header;
    const notes = notesOf(run);
    const assembled = assembleLedger({
      header: {
        type: 'header',
        ledger: 1,
        runId: marker.runId,
        tool: info.header.tool,
        documents: info.header.documents,
        target: info.header.target,
        seed: info.header.seed,
        startedAt: marker.resumed === undefined ? this.#startedAt : inMilliseconds(marker.startedAt),
        selection: marker.selection,
        cases: { planned: new Set(this.#planned).size, all: info.order.length },
        ...(waivers.length === 0 ? {} : { waivers }),
        ...(notes.length === 0 ? {} : { notes }),
      },
      planned: this.#planned,
      records: records.map((record) => this.#doubted(record)),
      problems: [
        ...this.#problems,
        ...problems,
        ...notSentBecause(records),
        ...(result.status === 'interrupted' ? ['the run was interrupted'] : []),
        ...(result.status === 'timedout' ? ['the run took longer than its global timeout'] : []),
      ],
      missing: (id) => this.#missing(id, info.contract, result.status === 'interrupted'),
      finishedAt: new Date().toISOString(),
    });
    const cases = assembled.cases.map((record) => ({ ...record, position: this.#placeOf(record.id) }));
    return { ...assembled, cases };
  }

  /** Half a result is none: whatever was seen, the run is incomplete. */
  #lose(error: unknown): void {
    if (!(error instanceof StorageError) && ioCode(error) === undefined) throw error;
    this.#lost = error instanceof StorageError ? error.message : ioProblem(error);
  }

  #placeOf(id: string): number {
    return this.#places.get(id) ?? this.#places.size;
  }

  /** A test that failed although its record is fine has met trouble that the record does not know. */
  #doubted(record: CaseRecord): CaseRecord {
    const result = this.#results.get(record.id);
    const fine = record.outcome === 'conforms' || record.outcome === 'warns' || record.outcome === 'waived';
    // What was judged ahead of its test stays so, whatever becomes of that when the run is stopped.
    if (!fine || !result || result.status === 'passed' || result.status === 'interrupted') return record;
    const reason = `the test ended as ${result.status} after the case was judged: ${this.#firstError(result) ?? 'no reason given'}`;
    return { ...record, outcome: 'harness-error', reason };
  }

  #missing(id: string, contract: Contract, wasInterrupted: boolean): CaseRecord {
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
      outcome: wasInterrupted ? 'not-exercised' : 'harness-error',
      acknowledged: false,
      reason: wasInterrupted ? 'the run was interrupted' : `there is no record of it: ${why}`,
      findings: [],
      kept: [],
      interpretations: [],
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
    return this.#run ? this.#run.info.redactor.text(bare) : bare;
  }
}

/** What a reader should know of a run, beside what came of its cases. */
function notesOf({ marker: { resumed = [] }, info }: RunAtWork): readonly string[] {
  return [
    ...(info.header.notes ?? []),
    ...resumed.map(
      ({ at, kept }) => `resumed at ${at}: ${kept} cases had been judged before, and are not done again`,
    ),
  ];
}

function inMilliseconds(second: string): string {
  return new Date(second).toISOString();
}

/** What became of the case, whatever became of its test. */
function statusOf(result: TestResult): TestResult['status'] {
  const isKept = annotation(result, reasonAnnotation) === undefined;
  return result.status === 'passed' && !isKept ? 'failed' : result.status;
}

function annotation(result: TestResult, wanted: string): string | undefined {
  return result.annotations.find(({ type }) => type === wanted)?.description;
}

function skipReason(test: TestCase): string | undefined {
  return test.annotations.find(({ type }) => type === 'skip')?.description;
}
