import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmdirSync,
  type Stats,
  symlinkSync,
  unlinkSync,
} from 'node:fs';
import path from 'node:path';
import schema from '../../../reports/run.schema.json' with { type: 'json' };
import type { Shape } from '../../json/define.ts';
import { guardOf } from '../../json/guard.ts';
import { UserError } from '../../user-error.ts';
import { discard, ioCode, ioReason, StorageError, shownPath, writeWhole } from './storage.ts';
import type { runMarker } from './written.ts';

/** Something about the folder of reports that can't be used. One line; the CLI exits with 2. */
export class ReportsError extends UserError {
  override readonly name = 'ReportsError';
}

/** `run.json`: the first file of a run and the last that it changes. */
export type RunMarker = Shape<typeof runMarker>;

const isMarker = guardOf<RunMarker>(schema);
const markerFile = 'run.json';
const runsFolder = 'runs';
const latestLink = 'latest';

/**
 * Takes `latest` away, the link to the last finished run: nothing old may be found where a new run is expected.
 *
 * @param reports the folder of reports, which need not be there
 * @returns what a person should know, in one line; undefined when there is nothing
 * @throws {ReportsError} when `latest` is not ours; it is left as it is
 */
export function retireLatest(reports: string): string | undefined {
  const latest = path.join(reports, latestLink);
  return usable(latest, () => {
    const stats = statsOf(latest);
    if (!stats) return undefined;
    if (isOurLink(latest, stats)) {
      unlinkSync(latest);
      return undefined;
    }
    if (stats.isDirectory() && isFormerRun(latest)) return setAside(reports, latest, stats);
    throw new ReportsError(
      `${shownPath(latest)}: expected nothing, or the link to a run that the suite has made there; this is somebody's own: move it away, or name another folder with --reports`,
    );
  });
}

/**
 * Makes the folder of one run, `<reports>/runs/<time>-<target>`, which no other run has, and its marker.
 *
 * @returns the folder, absolute
 * @throws {ReportsError|StorageError}
 */
export function makeRunFolder(
  reports: string,
  run: Pick<RunMarker, 'runId' | 'target' | 'selection' | 'basis' | 'note'>,
  now = new Date(),
): string {
  const runs = path.join(path.resolve(reports), runsFolder);
  const time = now.toISOString().replace(/\.\d+Z$/, 'Z');
  const folder = usable(runs, () => {
    makeRuns(runs);
    return newFolder(path.join(runs, `${time.replaceAll(':', '-')}-${fileName(run.target)}`));
  });
  try {
    writeMarker(folder, {
      run: 1,
      runId: run.runId,
      state: 'unfinished',
      target: run.target,
      selection: run.selection,
      startedAt: time,
      pid: process.pid,
      ...(run.basis && { basis: run.basis }),
      ...(run.note !== undefined && { note: run.note }),
    });
  } catch (error) {
    discard(folder);
    throw error;
  }
  return folder;
}

/** What stands in `run.json` of a folder; undefined when it is not the folder of a run. */
export function readMarker(folder: string): RunMarker | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path.join(folder, markerFile), 'utf8'));
    return isMarker(value) ? value : undefined;
  } catch (error) {
    const code = ioCode(error);
    if (error instanceof SyntaxError || code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new StorageError(
      `${shownPath(path.join(folder, markerFile))} could not be read: ${ioReason(error)}`,
    );
  }
}

/**
 * Says of a run that it is finished, when all else is written; points `latest` at it unless it is a repeated part.
 *
 * @param folder made by {@link makeRunFolder}
 * @returns what a person should know, in one line; undefined when there is nothing
 * @throws {StorageError}
 */
export function finishRun(folder: string, now = new Date()): string | undefined {
  const marker = readMarker(folder);
  if (!marker)
    throw new StorageError(`${shownPath(folder)} has lost its ${markerFile} while the run was at work`);
  writeMarker(folder, {
    ...marker,
    state: 'finished',
    finishedAt: now.toISOString().replace(/\.\d+Z$/, 'Z'),
  });
  return marker.selection.grep === undefined ? pointLatest(folder) : undefined;
}

/**
 * Says of a run that it is at work again.
 *
 * @param kept how many of its cases are not done again
 * @throws {StorageError}
 */
export function reopenRun(folder: string, { finishedAt: _, ...marker }: RunMarker, kept: number): void {
  const at = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  writeMarker(folder, {
    ...marker,
    state: 'unfinished',
    pid: process.pid,
    resumed: [...(marker.resumed ?? []), { at, kept }],
  });
}

/**
 * The run that was begun last.
 *
 * @param reports the folder of reports
 * @returns its folder, absolute; undefined when there is none
 */
export function lastRun(reports: string): string | undefined {
  const runs = path.join(path.resolve(reports), runsFolder);
  if (!existsSync(runs)) return undefined;
  const begun = (folder: string) => readMarker(folder)?.startedAt ?? '';
  return readdirSync(runs)
    .map((name) => path.join(runs, name))
    .filter((folder) => begun(folder) !== '')
    .sort((one, other) => begun(one).localeCompare(begun(other)) || one.localeCompare(other))
    .at(-1);
}

/**
 * The finished run that a person means.
 *
 * @param given the folder of a run, or one of reports, whose `latest` is meant then
 * @throws {ReportsError} when there is none
 */
export function findFinishedRun(given: string): { readonly folder: string; readonly marker: RunMarker } {
  for (const candidate of [given, path.join(given, latestLink)]) {
    const marker = readMarker(candidate);
    if (!marker) continue;
    if (marker.state === 'finished') return { folder: realpathSync(candidate), marker };
    throw new ReportsError(
      `${given}: expected a finished run; this one is still at work, or was ended before its end. Run it again, a shard with the same --run-id`,
    );
  }
  throw new ReportsError(
    existsSync(path.join(given, runsFolder))
      ? `${given}: expected a finished run; it has no latest, so its last whole run or shard did not come to its end. Run it again, a shard with the same --run-id`
      : `${given}: expected the folder of a run or of reports; there is neither a ${markerFile} nor a ${latestLink}`,
  );
}

function makeRuns(runs: string): void {
  mkdirSync(path.dirname(runs), { recursive: true });
  try {
    // Not recursive: then Node takes a read-only disk for a folder that is not there.
    mkdirSync(runs);
  } catch (error) {
    if (ioCode(error) !== 'EEXIST') throw error;
  }
}

function newFolder(wished: string): string {
  for (let count = 1; ; count += 1) {
    const folder = count === 1 ? wished : `${wished}-${count}`;
    try {
      mkdirSync(folder);
      return folder;
    } catch (error) {
      if (ioCode(error) !== 'EEXIST') throw error;
    }
  }
}

/** A name as a part of a file's name on any system. */
function fileName(name: string): string {
  const safe = name
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
    .replaceAll(/^[.-]+/g, '');
  const cut = Array.from(safe)
    .slice(0, 40)
    .join('')
    .replace(/[.-]+$/, '');
  return cut === '' ? 'target' : cut;
}

function pointLatest(folder: string): string | undefined {
  const reports = path.resolve(folder, '../..');
  const latest = path.join(reports, latestLink);
  const made = path.join(reports, `.${latestLink}-${path.basename(folder)}`);
  try {
    const stats = statsOf(latest);
    if (stats && !isOurLink(latest, stats))
      return `${shownPath(latest)} is not the suite's link, and was left as it is`;
    const isWindows = process.platform === 'win32';
    // Windows lets anybody make junctions, which are absolute and can't replace one another.
    symlinkSync(isWindows ? folder : path.join(runsFolder, path.basename(folder)), made, 'junction');
    if (isWindows && stats) unlinkSync(latest);
    renameSync(made, latest);
    return undefined;
  } catch (error) {
    discard(made);
    return `${shownPath(latest)} could not be made: ${ioReason(error)}`;
  }
}

function statsOf(file: string): Stats | undefined {
  try {
    return lstatSync(file);
  } catch (error) {
    if (ioCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whether a link leads to a run of the same folder of reports, one that has been deleted included. */
function isOurLink(latest: string, stats: Stats): boolean {
  if (!stats.isSymbolicLink()) return false;
  const reports = path.dirname(latest);
  const run = path.resolve(reports, readlinkSync(latest));
  return path.dirname(run) === path.join(path.resolve(reports), runsFolder);
}

/** What runs have left in a folder named `latest` before each had one of its own. */
const formerNames = new Set([
  'allure-report',
  'allure-results',
  'artifacts',
  'conformance.json',
  'junit.xml',
  'ledger.jsonl',
  'ledger.jsonl.unfinished',
  'parts',
  'report.html',
]);

/** A copy of a run, as systems without links make it of `latest`, or one of the time when `latest` was a folder. */
function isFormerRun(folder: string): boolean {
  if (readMarker(folder)) return true;
  const names = readdirSync(folder);
  return (
    names.every((name) => formerNames.has(name)) &&
    ['allure-results', 'conformance.json', 'ledger.jsonl'].some((name) => names.includes(name))
  );
}

/** Moves it among the runs: nothing is deleted. */
function setAside(reports: string, latest: string, { mtime }: Stats): string {
  const runs = path.join(reports, runsFolder);
  makeRuns(runs);
  const time = mtime
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-');
  const place = newFolder(path.join(runs, `${time}-formerly-latest`));
  rmdirSync(place);
  renameSync(latest, place);
  return `${shownPath(latest)} was the folder of an earlier run and is a link from now on; that run is in ${shownPath(place)}`;
}

/** Mistakes of whoever named the folder; anything else is trouble of the machine. */
const usersMistakes = new Set([
  'EACCES',
  'EEXIST',
  'ELOOP',
  'ENAMETOOLONG',
  'ENOENT',
  'ENOTDIR',
  'EPERM',
  'EROFS',
]);

function usable<Result>(place: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    const code = ioCode(error);
    if (code === undefined) throw error;
    const why = `${shownPath(place)}: ${ioReason(error)}`;
    if (!usersMistakes.has(code)) throw new StorageError(`no run was begun; ${why}`);
    throw new ReportsError(`${why}; name a folder for reports that can be written to, with --reports`);
  }
}

function writeMarker(folder: string, marker: RunMarker): void {
  writeWhole(path.join(folder, markerFile), `${JSON.stringify(marker, null, 2)}\n`);
}
