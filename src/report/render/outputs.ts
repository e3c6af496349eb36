import path from 'node:path';
import type { Contract } from '../../contract/model.ts';
import type { Redactor } from '../../redact/redactor.ts';
import { writeAllureCoverage } from '../allure/allure-coverage.ts';
import { generateAllureReport } from '../allure/allure-report.ts';
import { type Ledger, writeLedger } from '../ledger/ledger.ts';
import { finishRun } from '../ledger/run-folder.ts';
import { shownPath, writeWhole } from '../ledger/storage.ts';
import { conformanceReport } from './conformance.ts';
import { junitXml } from './junit.ts';
import { wantsColor } from './paint.ts';
import { summary } from './summary.ts';

/** What a run leaves in its folder, besides `run.json` and `allure-results/`. */
export const outputs = {
  ledger: 'ledger.jsonl',
  conformance: 'conformance.json',
  junit: 'junit.xml',
  page: 'report.html',
} as const;

/** What the outputs are made with besides the ledger. */
export interface OutputContext {
  readonly contract: Contract;
  /** Clause id → why there is no case (`specs/untested.yaml`). */
  readonly untested?: ReadonlyMap<string, string>;
}

/**
 * Writes the ledger and everything that is made from it but the page, which takes what lies in `allure-results/` too.
 *
 * @throws {StorageError}
 */
export function writeOutputs(dir: string, ledger: Ledger, { contract, untested }: OutputContext): void {
  writeLedger(path.join(dir, outputs.ledger), ledger);
  const report = conformanceReport(ledger, contract, untested);
  writeWhole(path.join(dir, outputs.conformance), `${JSON.stringify(report, null, 2)}\n`);
  writeAllureCoverage(path.join(dir, 'allure-results'), report);
  writeWhole(path.join(dir, outputs.junit), junitXml(ledger, contract));
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
    stopped,
  }: OutputContext & {
    /** For what Allure says when it fails. */
    readonly redactor: Pick<Redactor, 'text'>;
    readonly out: NodeJS.WriteStream;
    readonly page: boolean;
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
        { what: 'page', file: made.startsWith('not made') ? made : shownPath(made) },
        {
          what: 'for programs',
          file: `${shownPath(path.join(dir, outputs.conformance))}, ${shownPath(path.join(dir, outputs.junit))}`,
        },
        { what: 'record', file: shownPath(path.join(dir, outputs.ledger)) },
        { what: 'folder', file: shownPath(dir) },
      ],
    })}${note === undefined ? '' : `${note}\n`}`,
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
