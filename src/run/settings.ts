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
  /** Where the run leaves its results, absolute. */
  readonly reports: string;
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
  page: 'KONAPLATE_PAGE',
  envFile: 'KONAPLATE_ENV_FILE',
} as const;

/** The environment variable in which the command line says which cases it chose, in the user's words. */
export const chosenCases = 'KONAPLATE_CHOSEN_CASES';

const keys = ['target', 'seed', 'reports', 'page', 'envFile'] as const;

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
    reports: path.resolve(root, env[names.reports] || 'reports/latest'),
    page: readPage(env[names.page]),
    envFile: file,
  };
  return { settings, env, notes: note === undefined ? [] : [note] };
}

function readPage(text: string | undefined): boolean {
  if (text === undefined || text === '' || text === 'true') return true;
  if (text === 'false') return false;
  throw new SettingsError(`${names.page}: expected true or false, got "${text}"`);
}
