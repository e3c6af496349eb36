import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Shape } from '../json/define.ts';
import { fillEnvironment } from '../target/env-file.ts';
import type { Environment } from '../target/environment.ts';
import { UserError } from '../user-error.ts';
import type { settings } from './written.ts';

/** The project's root folder. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** What of a run is decided from outside, by the command line or the environment. */
export type Settings = Shape<typeof settings>;

/** Part `part`, from 1, of `of` parts. */
export type Shard = NonNullable<Settings['shard']>;

/** A setting that can't be used. One line; the CLI exits with 2. */
export class SettingsError extends UserError {
  override readonly name = 'SettingsError';
}

const names = {
  target: 'KONAPLATE_TARGET',
  documents: 'KONAPLATE_DOCUMENTS',
  seed: 'KONAPLATE_SEED',
  reports: 'KONAPLATE_REPORTS',
  runId: 'KONAPLATE_RUN_ID',
  page: 'KONAPLATE_PAGE',
  pages: 'KONAPLATE_PAGES',
  envFile: 'KONAPLATE_ENV_FILE',
} as const;

/** Settings without a seed where nobody has given one. */
export type SettingsRead = Omit<Settings, 'seed'> & Partial<Pick<Settings, 'seed'>>;

/** Settings with the environment that they and the profile are read from. */
export interface ReadSettings {
  readonly settings: SettingsRead;
  readonly env: Environment;
  /** What the person who starts a run should know of them, one line each. */
  readonly notes: readonly string[];
}

/**
 * Reads the settings, from a file of environment variables too.
 *
 * @param chosen what the command line says, which stands above the environment
 * @throws {SettingsError|ProfileError}
 */
export function readSettings(
  given: NodeJS.ProcessEnv,
  chosen: Partial<Settings> = {},
  cwd = process.cwd(),
): ReadSettings {
  const { env, file = '', note } = fillEnvironment(given, chosen.envFile ?? given[names.envFile], cwd);
  const runId = readRunId(env[names.runId]);
  const seed = readSeed(env[names.seed]);
  const pages = env[names.pages];
  const settings: SettingsRead = {
    target: env[names.target] || 'embedded',
    ...(seed !== undefined && { seed }),
    ...(runId !== undefined && { runId }),
    page: readPage(env[names.page]),
    ...(pages && { pages: path.resolve(cwd, pages) }),
    preflight: false,
    workers: 1,
    failTests: true,
    ...chosen,
    documents: path.resolve(cwd, chosen.documents || env[names.documents] || root),
    reports: reportsFolder(env, chosen.reports),
    envFile: file,
  };
  return { settings, env, notes: note === undefined ? [] : [note] };
}

/** The folder of reports that the command line or an environment names, absolute. */
export function reportsFolder(env: NodeJS.ProcessEnv, chosen?: string): string {
  return path.resolve(root, chosen || env[names.reports] || 'reports');
}

/** What a run id has to look like, in words. */
export const runIdForm =
  'expected up to 64 letters, digits, ".", "_" and "-", the first one a letter or digit';

/** Whether a text can be a run id: it stands in file names, tables and attributes as it is. */
export function isRunId(text: string): boolean {
  return /^[A-Za-z0-9][\w.-]{0,63}$/.test(text);
}

function readSeed(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  const seed = Number(text);
  if (Number.isSafeInteger(seed) && seed >= 0) return seed;
  throw new SettingsError(`${names.seed}: expected a whole number from 0, got "${text}"`);
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
