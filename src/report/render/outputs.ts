import path from 'node:path';
import type { Contract } from '../../contract/model.ts';
import { printable } from '../../printable.ts';
import type { Redactor } from '../../redact/redactor.ts';
import { UserError } from '../../user-error.ts';
import { writeAllureCoverage } from '../allure/allure-coverage.ts';
import { generateAllureReport } from '../allure/allure-report.ts';
import { type Ledger, writeLedger } from '../ledger/ledger.ts';
import { finishRun } from '../ledger/run-folder.ts';
import { shownPath, writeWhole } from '../ledger/storage.ts';
import { type GivenPages, readGivenPages } from '../page/given-pages.ts';
import { conformancePage } from '../page/page.ts';
import { conformanceReport } from './conformance.ts';
import { junitXml } from './junit.ts';
import { wantsColor } from './paint.ts';
import { summary } from './summary.ts';

/** What a run leaves in its folder, besides `run.json` and `allure-results/`. */
export const outputs = {
  ledger: 'ledger.jsonl',
  conformance: 'conformance.json',
  junit: 'junit.xml',
  report: 'conformance.html',
  page: 'report.html',
} as const;

/** What the outputs are made with besides the ledger. */
export interface OutputContext {
  readonly contract: Contract;
  /** Clause id → why there is no case (`specs/untested.yaml`). */
  readonly untested?: ReadonlyMap<string, string>;
  /** The Korean of what the documents put into words (`specs/korean.yaml`). */
  readonly korean?: ReadonlyMap<string, string>;
  /** A folder with captured documentation pages, which the report then shows as a whole. */
  readonly pages?: string;
}

/**
 * Writes the ledger and everything that is made from it but the Allure page, which takes what lies in `allure-results/`
 * too. Returns what the user should know of it.
 *
 * @throws {StorageError}
 */
export async function writeOutputs(
  dir: string,
  ledger: Ledger,
  { contract, untested, korean, pages }: OutputContext,
): Promise<readonly string[]> {
  writeLedger(path.join(dir, outputs.ledger), ledger);
  const report = conformanceReport(ledger, contract, untested);
  writeWhole(path.join(dir, outputs.conformance), `${JSON.stringify(report, null, 2)}\n`);
  writeAllureCoverage(path.join(dir, 'allure-results'), report);
  writeWhole(path.join(dir, outputs.junit), junitXml(ledger, contract));
  const given = pages === undefined ? undefined : await givenPages(pages, contract);
  writeWhole(
    path.join(dir, outputs.report),
    conformancePage(ledger, {
      contract,
      ...(untested && { untested }),
      ...(korean && { korean }),
      ...(given && { texts: given.texts }),
    }),
  );
  return given?.notes ?? [];
}

/** A folder that can't be read any more takes nothing from a run that has been done. */
async function givenPages(folder: string, contract: Contract): Promise<GivenPages> {
  try {
    return await readGivenPages(folder, contract);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { texts: new Map(), notes: [error.message] };
  }
}

/**
 * Makes the page, when it is wanted, says that the run is finished, and tells its result in a terminal.
 *
 * @throws {StorageError}
 */
export async function finishAndTell(
  dir: string,
  ledger: Ledger,
  {
    contract,
    untested,
    redactor,
    out,
    page,
    notes = [],
    stopped,
  }: OutputContext & {
    /** For what Allure says when it fails. */
    readonly redactor: Pick<Redactor, 'text'>;
    readonly out: NodeJS.WriteStream;
    readonly page: boolean;
    /** What is told last. */
    readonly notes?: readonly string[];
    /** Aborts when the page is no longer waited for. */
    readonly stopped?: AbortSignal;
  },
): Promise<void> {
  const made = page ? await makePage(dir, redactor, stopped) : 'not made';
  const note = finishRun(dir);
  out.write(
    `\n${summary(ledger, contract, {
      color: wantsColor(out, process.env),
      columns: out.columns,
      ...(untested && { untested }),
      folder: shownPath(dir),
      reports: [
        { what: 'report', file: shownPath(path.join(dir, outputs.report)) },
        { what: 'page', file: made.startsWith('not made') ? made : shownPath(made) },
        {
          what: 'for programs',
          file: `${shownPath(path.join(dir, outputs.conformance))}, ${shownPath(path.join(dir, outputs.junit))}`,
        },
        { what: 'record', file: shownPath(path.join(dir, outputs.ledger)) },
        { what: 'folder', file: shownPath(dir) },
      ],
    })}${[...notes.map((line) => printable(line)), ...(note === undefined ? [] : [note])].map((line) => `${line}\n`).join('')}`,
  );
}

async function makePage(
  dir: string,
  redactor: Pick<Redactor, 'text'>,
  stopped: AbortSignal | undefined,
): Promise<string> {
  try {
    return (await generateAllureReport(dir, stopped)).file;
  } catch (error) {
    if (stopped?.aborted) return 'not made: interrupted';
    return `not made: ${redactor.text(error instanceof Error ? error.message : String(error))}`;
  }
}
