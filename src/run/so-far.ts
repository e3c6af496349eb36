import { appendFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { partsFolder } from '../report/ledger/parts.ts';
import { readMarker } from '../report/ledger/run-folder.ts';
import { ioReason, StorageError, shownPath } from '../report/ledger/storage.ts';

/** How far a run has come: what a process that takes it over has to know of those before it. */
export interface SoFar {
  /** Milliseconds since the run began, or was gone on with. */
  readonly age: number;
  /** How many requests were counted. */
  readonly requests: number;
  /** How many requests in a row had no answer. */
  readonly row: number;
  /** Why nothing more is sent; undefined as long as something is. */
  readonly stopped: string | undefined;
}

/** @param folder that of the run */
export function soFar(folder: string, now = Date.now()): SoFar {
  const marker = readMarker(folder);
  const began = Date.parse(marker?.resumed?.at(-1)?.at ?? marker?.startedAt ?? '');
  const { requests, row, stopped } = files(folder);
  return {
    age: Number.isNaN(began) ? 0 : Math.max(0, now - began),
    requests: existsSync(requests) ? statSync(requests).size : 0,
    row: existsSync(row) ? Number(readFileSync(row, 'utf8')) : 0,
    stopped: existsSync(stopped) ? readFileSync(stopped, 'utf8') : undefined,
  };
}

/** Keeps why nothing more is sent. */
export function keepStopped(folder: string, sentence: string): void {
  writing(files(folder).stopped, (file) => writeFileSync(file, sentence));
}

/** Keeps how many requests in a row had no answer. */
export function keepRow(folder: string, row: number): void {
  writing(files(folder).row, (file) => writeFileSync(file, String(row)));
}

/** Counts a request: one byte each. */
export function keepRequest(folder: string): void {
  writing(files(folder).requests, (file) => appendFileSync(file, '.'));
}

function files(folder: string) {
  const parts = partsFolder(folder);
  return {
    requests: path.join(parts, 'requests'),
    row: path.join(parts, 'row'),
    stopped: path.join(parts, 'stopped'),
  };
}

function writing(file: string, write: (file: string) => void): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    write(file);
  } catch (error) {
    throw new StorageError(`${shownPath(file)} could not be written: ${ioReason(error)}`);
  }
}
