import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Contract } from '../contract/model.ts';
import type { Redactor } from '../redact/redactor.ts';
import { writeAllureCoverage } from './allure-coverage.ts';
import { generateAllureReport } from './allure-report.ts';
import { conformanceReport } from './conformance.ts';
import { junitXml } from './junit.ts';
import { type Ledger, writeLedger } from './ledger.ts';
import { summary, wantsColor } from './summary.ts';

/** What a run leaves in the folder of its reports, besides `allure-results/`. */
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

/** Writes the ledger and everything that is made from it but the page, which takes what lies in `allure-results/` too. */
export function writeOutputs(dir: string, ledger: Ledger, { contract, untested }: OutputContext): void {
  writeLedger(path.join(dir, outputs.ledger), ledger);
  const report = conformanceReport(ledger, contract, untested);
  writeFileSync(path.join(dir, outputs.conformance), `${JSON.stringify(report, null, 2)}\n`);
  writeAllureCoverage(path.join(dir, 'allure-results'), report);
  writeFileSync(path.join(dir, outputs.junit), junitXml(ledger, contract));
}

/** Makes the page, when it is wanted, and tells the result in a terminal. */
export async function tellResult(
  dir: string,
  ledger: Ledger,
  {
    contract,
    untested,
    redactor,
    out,
    page,
  }: OutputContext & {
    /** For what Allure says when it fails. */
    readonly redactor: Pick<Redactor, 'text'>;
    readonly out: NodeJS.WriteStream;
    readonly page: boolean;
  },
): Promise<void> {
  const made = page ? await makePage(dir, redactor) : 'not made';
  out.write(
    `\n${summary(ledger, contract, {
      color: wantsColor(out, process.env),
      ...(untested && { untested }),
      reports: [
        { what: 'page', file: made.startsWith('not made') ? made : shown(made) },
        {
          what: 'for programs',
          file: `${shown(path.join(dir, outputs.conformance))}, ${shown(path.join(dir, outputs.junit))}`,
        },
        { what: 'record', file: shown(path.join(dir, outputs.ledger)) },
      ],
    })}`,
  );
}

async function makePage(dir: string, redactor: Pick<Redactor, 'text'>): Promise<string> {
  try {
    return (await generateAllureReport(dir)).file;
  } catch (error) {
    return `not made: ${redactor.text(error instanceof Error ? error.message : String(error))}`;
  }
}

/** From the current folder when it lies below it. */
function shown(file: string): string {
  const relative = path.relative(process.cwd(), file);
  return relative.startsWith('..') ? file : relative;
}
