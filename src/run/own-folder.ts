import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import schema from '../../reports/settings.schema.json' with { type: 'json' };
import { guardOf } from '../json/guard.ts';
import { readMarker } from '../report/ledger/run-folder.ts';
import { writeWhole } from '../report/ledger/storage.ts';
import { type Settings, SettingsError } from './settings.ts';

/** The environment variable in which the first process of a run tells the others the run's folder. */
export const runFolderVariable = 'KONAPLATE_RUN_FOLDER';

const settingsFile = 'settings.json';

const isSettings = guardOf<Settings>(schema);

/** The folder of the run that this process belongs to, if one has been made. */
export function ownFolder(env: NodeJS.ProcessEnv): string | undefined {
  const folder = env[runFolderVariable];
  if (folder === undefined || folder === '') return undefined;
  // A variable that has outlived its run would lead this one's results among the other's.
  if (readMarker(folder)?.state === 'unfinished') return folder;
  throw new SettingsError(
    `${runFolderVariable}: ${folder} is no run at work; the suite sets this variable, unset it`,
  );
}

/** {@link ownFolder} where there must be one. */
export function expectOwnFolder(env: NodeJS.ProcessEnv): string {
  const folder = ownFolder(env);
  if (folder === undefined) throw new SettingsError(`${runFolderVariable}: the run has no folder of its own`);
  return folder;
}

/** Writes down what a run was started with, for its other processes and for whoever reads its folder. */
export function keepSettings(folder: string, settings: Settings): void {
  writeWhole(path.join(folder, settingsFile), `${JSON.stringify(settings, null, 2)}\n`);
}

/** What the run of this process was started with; undefined where no run has a folder yet. */
export function keptSettings(env: NodeJS.ProcessEnv): Settings | undefined {
  const folder = ownFolder(env);
  return folder === undefined ? undefined : settingsOf(folder);
}

/**
 * What the run of a folder was started with.
 *
 * @throws {SettingsError}
 */
export function settingsOf(folder: string): Settings {
  const file = path.join(folder, settingsFile);
  const kept = existsSync(file) ? parsed(readFileSync(file, 'utf8')) : undefined;
  if (isSettings(kept)) return kept;
  throw new SettingsError(
    `${file}: expected the settings of the run, which the suite wrote; begin the run anew`,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
