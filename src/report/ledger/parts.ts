import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { CaseRecord } from '../../record/record.ts';
import { isCaseRecord, parseLine } from './lines.ts';
import { ioReason, StorageError, shownPath, writeWhole } from './storage.ts';

/** How the error of a case begins that was done, or was to be done, and can't be recorded. */
export const notRecorded = 'not recorded: ';

/** The folder, below that of the run, in which each process of a run keeps what it has. */
export function partsFolder(dir: string): string {
  return path.join(dir, 'parts');
}

/**
 * Adds one case to this process's part of the ledger; one write, so that a crash tears the last line at most.
 *
 * @throws {StorageError}
 */
export function appendRecord(dir: string, record: CaseRecord): void {
  const folder = partsFolder(dir);
  const file = path.join(folder, `${process.pid}.jsonl`);
  try {
    if (!existsSync(folder)) mkdirSync(folder, { recursive: true });
    appendFileSync(file, `${JSON.stringify(record)}\n`);
  } catch (error) {
    throw new StorageError(`${shownPath(file)} could not be written: ${ioReason(error)}`);
  }
}

/** Every record of every part, and what could not be read; a torn last line is a record that is missing. */
export function readParts(dir: string): {
  readonly records: readonly CaseRecord[];
  readonly problems: readonly string[];
} {
  const folder = partsFolder(dir);
  const records: CaseRecord[] = [];
  const problems: string[] = [];
  for (const name of existsSync(folder) ? readdirSync(folder).sort() : []) {
    if (!name.endsWith('.jsonl')) continue;
    const lines = readFileSync(path.join(folder, name), 'utf8').split('\n');
    for (const [index, line] of lines.entries()) {
      if (line === '') continue;
      const record = parseLine(line);
      if (isCaseRecord(record)) records.push(record);
      else if (index === lines.length - 1) {
        problems.push(
          `parts/${name}:${index + 1}: the last line is torn, its process ended while writing it; that case has no record`,
        );
      } else
        problems.push(`parts/${name}:${index + 1}: expected the record of a case; that case has no record`);
    }
  }
  return { records, problems };
}

/** What an earlier part of a run that goes on has left. */
const keptPart = 'kept.jsonl';

/**
 * Makes some records all that there is of the parts of a run.
 *
 * @throws {StorageError}
 */
export function keepRecords(dir: string, records: readonly CaseRecord[]): void {
  const folder = partsFolder(dir);
  mkdirSync(folder, { recursive: true });
  writeWhole(path.join(folder, keptPart), records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  for (const name of readdirSync(folder)) {
    if (name !== keptPart) rmSync(path.join(folder, name), { force: true });
  }
}

/** What {@link keepRecords} has kept, the same as long as the run is at work; nothing in a run that was not resumed. */
export function keptRecords(dir: string): readonly CaseRecord[] {
  const file = path.join(partsFolder(dir), keptPart);
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').map(parseLine).filter(isCaseRecord) : [];
}
