import path from 'node:path';
import { lastRun, type RunMarker, readMarker, retireLatest } from '../report/ledger/run-folder.ts';
import { shownPath } from '../report/ledger/storage.ts';
import { ResumeError, resumeRun } from '../report/resume.ts';
import { basisOf } from './begin.ts';
import { keepSettings, runFolderVariable, settingsOf } from './own-folder.ts';
import type { Plan } from './plan.ts';
import type { Settings } from './settings.ts';

/** A run that was broken off. */
export interface BrokenRun {
  /** Absolute. */
  readonly folder: string;
  readonly marker: RunMarker;
  /** What it was started with. */
  readonly settings: Settings;
}

/**
 * The run that a person means to go on with.
 *
 * @param named the folder of the run; without it the run begun last
 * @param reports the folder of reports, absolute
 * @throws {ResumeError|SettingsError}
 */
export function findBrokenRun(named: string | undefined, reports: string): BrokenRun {
  const folder = named === undefined ? lastRun(reports) : path.resolve(named);
  if (folder === undefined) {
    throw new ResumeError(`${shownPath(reports)}: expected a run to go on with, there is none`);
  }
  const marker = readMarker(folder);
  if (!marker)
    throw new ResumeError(`${shownPath(folder)}: expected the folder of a run, there is no run.json`);
  if (marker.state === 'unfinished' && isAlive(marker.pid)) {
    throw new ResumeError(
      `${shownPath(folder)}: the run is still at work (process ${marker.pid}); wait for its end`,
    );
  }
  if (marker.basis === undefined) {
    throw new ResumeError(
      `${shownPath(folder)}: expected a run of the command; this one was put together from others, begin it anew`,
    );
  }
  const settings = settingsOf(folder);
  if (settings.failTests) {
    throw new ResumeError(
      `${shownPath(folder)}: the test runner was started without the command, and its choice of cases is not known; begin the run anew`,
    );
  }
  return { folder, marker, settings };
}

/**
 * Makes the folder of a broken-off run that of a run at work, and tells it to the processes that are given the
 * environment.
 *
 * @param plan made from the settings of the run
 * @param all the ids of its cases
 * @returns how many of them were judged before, and are not done again
 * @throws {ResumeError} where cases would be judged by something else than before, or none is left; nothing has been
 *   changed then
 */
export function goOn(
  { folder, marker }: BrokenRun,
  plan: Plan,
  all: ReadonlySet<string>,
  env: NodeJS.ProcessEnv,
): number {
  expectSame(folder, marker.basis, basisOf(plan));
  const kept = resumeRun(folder, marker, all);
  // It will lead here, once the run has come to its end.
  const note = marker.selection.grep === undefined ? retireLatest(path.resolve(folder, '../..')) : undefined;
  if (note !== undefined) process.stderr.write(`${note}\n`);
  keepSettings(folder, plan.settings);
  env[runFolderVariable] = folder;
  return kept;
}

function expectSame(
  folder: string,
  before: Readonly<Record<string, string>> | undefined,
  now: Readonly<Record<string, string>>,
): void {
  const named = { tool: 'the suite', documents: 'the documents', target: 'the profile of the target' };
  const changed = Object.entries(named).filter(([part]) => before?.[part] !== now[part]);
  if (changed.length === 0) return;
  const what = changed.map(([, words]) => words).join(' and ');
  throw new ResumeError(
    `${shownPath(folder)}: ${what} changed since the run began, and its cases would not be judged alike; begin it anew`,
  );
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process is alive, too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
