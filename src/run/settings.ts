import { randomInt } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** What of a run is decided from outside: by the command line, which passes it on in the environment. */
export interface Settings {
  /** A name below `targets/` or a path to a profile. */
  readonly target: string;
  readonly seed: number;
  /** The folder of reports, absolute; the run has one of its own in it. */
  readonly reports: string;
  /** What all files of the run, and all its shards, call it; undefined when nobody has said. */
  readonly runId: string | undefined;
  /** Whether the run makes its HTML page, which takes some seconds. */
  readonly page: boolean;
}

/** A setting that can't be used. One line; the CLI exits with 2. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

const names = {
  target: 'KONAPLATE_TARGET',
  seed: 'KONAPLATE_SEED',
  reports: 'KONAPLATE_REPORTS',
  runId: 'KONAPLATE_RUN_ID',
  page: 'KONAPLATE_PAGE',
} as const;

/** The environment variable in which the command line says which cases it chose, in the user's words. */
export const chosenCases = 'KONAPLATE_CHOSEN_CASES';

const keys = ['target', 'seed', 'reports', 'runId', 'page'] as const;

/** The settings as environment variables, for the processes of a run. */
export function settingsEnvironment(settings: Partial<Settings>): Record<string, string> {
  const given: Record<string, string> = {};
  for (const key of keys) if (settings[key] !== undefined) given[names[key]] = String(settings[key]);
  return given;
}

/**
 * Reads the settings. Without a seed a new one is made and put into the environment, so that the workers, which
 * inherit it, have the same.
 *
 * @throws {SettingsError}
 */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  env[names.seed] ??= String(randomInt(1, 2 ** 31));
  const seed = Number(env[names.seed]);
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new SettingsError(`${names.seed}: expected a whole number from 0, got "${env[names.seed]}"`);
  }
  return {
    target: env[names.target] || 'embedded',
    seed,
    reports: reportsFolder(env),
    runId: readRunId(env[names.runId]),
    page: readPage(env[names.page]),
  };
}

/** The folder of reports that an environment names, absolute. */
export function reportsFolder(env: NodeJS.ProcessEnv): string {
  return path.resolve(root, env[names.reports] || 'reports');
}

/** What a run id has to look like, in words. */
export const runIdForm =
  'expected up to 64 letters, digits, ".", "_" and "-", the first one a letter or digit';

/** Whether a text can be a run id: it stands in file names, tables and attributes as it is. */
export function isRunId(text: string): boolean {
  return /^[A-Za-z0-9][\w.-]{0,63}$/.test(text);
}

function readRunId(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  if (isRunId(text)) return text;
  throw new SettingsError(`${names.runId}: ${runIdForm}, got ${JSON.stringify(text.slice(0, 80))}`);
}

function readPage(text: string | undefined): boolean {
  if (text === undefined || text === '' || text === 'true') return true;
  if (text === 'false') return false;
  throw new SettingsError(`${names.page}: expected true or false, got "${text}"`);
}
