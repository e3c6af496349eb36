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
  /** Where the run leaves its results, absolute. */
  readonly reports: string;
}

/** A setting that can't be used. One line; the CLI exits with 2. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

const names = { target: 'KONAPLATE_TARGET', seed: 'KONAPLATE_SEED', reports: 'KONAPLATE_REPORTS' } as const;

/** The settings as environment variables, for the processes of a run. */
export function settingsEnvironment(settings: Partial<Settings>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]): [string, string] => [
      names[key as keyof Settings],
      String(value),
    ]),
  );
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
    reports: path.resolve(root, env[names.reports] || 'reports/latest'),
  };
}
