import { randomInt } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { fillEnvironment } from '../target/env-file.ts';
import type { Environment } from '../target/environment.ts';

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
  /** The file of environment variables, absolute; empty: none. */
  readonly envFile: string;
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
  envFile: 'KONAPLATE_ENV_FILE',
} as const;

/** The environment variable in which the command line says which cases it chose, in the user's words. */
export const chosenCases = 'KONAPLATE_CHOSEN_CASES';

const keys = ['target', 'seed', 'reports', 'runId', 'page', 'envFile'] as const;

/** The settings as environment variables, for the processes of a run. */
export function settingsEnvironment(settings: Partial<Settings>): Record<string, string> {
  const given: Record<string, string> = {};
  for (const key of keys) if (settings[key] !== undefined) given[names[key]] = String(settings[key]);
  return given;
}

/** Settings with the environment that they and the profile are read from. */
export interface ReadSettings {
  readonly settings: Settings;
  readonly env: Environment;
  /** What the person who starts a run should know of them, one line each. */
  readonly notes: readonly string[];
}

/**
 * Reads the settings, from a file of environment variables too. What is decided here, a new seed and which file was
 * taken, is put into the environment, so that the workers, which inherit it, decide the same.
 *
 * @throws {SettingsError|ProfileError}
 */
export function readSettings(given: NodeJS.ProcessEnv, cwd = process.cwd()): ReadSettings {
  const { env, file = '', note } = fillEnvironment(given, given[names.envFile], cwd);
  given[names.envFile] = file;
  const seedText = env[names.seed] || String(randomInt(1, 2 ** 31));
  given[names.seed] = seedText;
  const seed = Number(seedText);
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new SettingsError(`${names.seed}: expected a whole number from 0, got "${seedText}"`);
  }
  const settings = {
    target: env[names.target] || 'embedded',
    seed,
    reports: reportsFolder(env),
    runId: readRunId(env[names.runId]),
    page: readPage(env[names.page]),
    envFile: file,
  };
  return { settings, env, notes: note === undefined ? [] : [note] };
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
