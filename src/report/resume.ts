import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Outcome } from '../judge/finding.ts';
import type { CaseRecord } from '../record/record.ts';
import { UserError } from '../user-error.ts';
import { filesOfWholeRun } from './allure/whole-run.ts';
import { readLedger } from './ledger/ledger.ts';
import { keepRecords, readParts } from './ledger/parts.ts';
import { type RunMarker, reopenRun } from './ledger/run-folder.ts';
import { outputs } from './render/outputs.ts';

/** A run that can't be gone on with. One line; the CLI exits with 2. */
export class ResumeError extends UserError {
  override readonly name = 'ResumeError';
}

/** What stays as it is when a run goes on: a case with any other outcome is done again. */
const settled: ReadonlySet<Outcome> = new Set(['conforms', 'waived', 'warns', 'not-testable', 'violates']);

/**
 * Makes the folder of a broken-off run that of a run at work again. What its cases came to is kept, and all that was made
 * of it is taken away. At least one case is left to be done, so that there is a run that can come to its end.
 *
 * @param folder that of the run
 * @param all the ids of the cases that the run chose
 * @returns how many cases are kept
 * @throws {ResumeError} when there is nothing left to do; nothing has been changed then
 * @throws {StorageError}
 */
export function resumeRun(folder: string, marker: RunMarker, all: ReadonlySet<string>): number {
  const records = recordsOf(folder, marker).filter(({ id, outcome }) => all.has(id) && settled.has(outcome));
  const byId = new Map(records.map((record) => [record.id, record]));
  const ended = marker.state === 'finished';
  if (ended && byId.size === all.size) {
    throw new ResumeError(`${folder}: the run has come to its end, every case of it was judged`);
  }
  const kept = [...byId.values()].slice(0, all.size - 1);
  keepRecords(folder, kept);
  reopenRun(folder, marker, kept.length);
  for (const name of [outputs.ledger, outputs.conformance, outputs.junit, outputs.page]) {
    rmSync(path.join(folder, name), { force: true });
  }
  forgetResults(path.join(folder, 'allure-results'), new Set(kept.map(({ id }) => id)));
  return kept.length;
}

function recordsOf(folder: string, { state }: RunMarker): readonly CaseRecord[] {
  if (state === 'unfinished') return readParts(folder).records;
  const file = path.join(folder, outputs.ledger);
  if (!existsSync(file))
    throw new ResumeError(`${folder}: expected a finished run, there is no ${outputs.ledger}`);
  return readLedger(file).cases;
}

/** Leaves in the Allure results what they have of some cases, by id. */
function forgetResults(results: string, kept: ReadonlySet<string>): void {
  if (!existsSync(results)) return;
  for (const name of filesOfWholeRun(results)) rmSync(path.join(results, name), { force: true });
  for (const name of readdirSync(results).filter((one) => one.endsWith('-result.json'))) {
    const file = path.join(results, name);
    if (!kept.has(caseOf(file))) rmSync(file);
  }
}

/** The id of the case of a result; of a torn one the empty text. */
function caseOf(file: string): string {
  try {
    const result: { readonly name?: unknown } = JSON.parse(readFileSync(file, 'utf8'));
    return typeof result.name === 'string' ? result.name : '';
  } catch (error) {
    if (error instanceof SyntaxError) return '';
    throw error;
  }
}
