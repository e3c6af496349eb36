import { randomUUID } from 'node:crypto';
import { makeRunFolder, type RunMarker, readMarker, retireLatest } from '../report/ledger/run-folder.ts';
import { loadPlan, type Plan } from './plan.ts';
import { readRunnerLine } from './selection.ts';
import { reportsFolder, SettingsError } from './settings.ts';

/** The environment variable in which the first process of a run tells the others the run's folder. */
const variable = 'KONAPLATE_RUN_FOLDER';

/** The folder of the run that this process belongs to, if one has been made. */
export function ownFolder(env: NodeJS.ProcessEnv): string | undefined {
  const folder = env[variable];
  if (folder === undefined || folder === '') return undefined;
  // A variable that has outlived its run would lead this one's results among the other's.
  if (readMarker(folder)?.state === 'unfinished') return folder;
  throw new SettingsError(`${variable}: ${folder} is no run at work; the suite sets this variable, unset it`);
}

/** {@link ownFolder} where there must be one. */
export function expectOwnFolder(env: NodeJS.ProcessEnv): string {
  const folder = ownFolder(env);
  if (folder === undefined) throw new SettingsError(`${variable}: the run has no folder of its own`);
  return folder;
}

/** Makes the folder of this run and tells it to the processes that are given the environment. */
export function beginRun(
  { settings, profile }: Plan,
  env: NodeJS.ProcessEnv,
  run: Pick<RunMarker, 'selection' | 'note'>,
): string {
  const runId = settings.runId ?? randomUUID();
  const folder = makeRunFolder(settings.reports, { ...run, runId, target: profile.name });
  env[variable] = folder;
  return folder;
}

/** What the runner's configuration needs of a run. */
export interface OpenRun {
  readonly profile: Plan['profile'];
  /** The folder of the run; undefined when cases are only listed. */
  readonly folder: string | undefined;
}

/**
 * The run as every process of the runner opens it. The first one makes its folder, unless the command line of the suite
 * has done so, after taking away the link to the last finished run.
 *
 * @param argv the runner's, without the program and the script
 * @throws what the user has to mend; nothing has been sent
 */
export function openRun(argv: readonly string[], env: NodeJS.ProcessEnv): OpenRun {
  const folder = ownFolder(env);
  const { selection, lists, reporter } = readRunnerLine(argv, env);
  if (folder !== undefined || lists) return { profile: loadPlan(env).profile, folder };
  if (selection.grep === undefined) {
    const told = retireLatest(reportsFolder(env));
    if (told !== undefined) process.stderr.write(`${told}\n`);
  }
  const plan = loadPlan(env);
  const note =
    reporter === undefined
      ? {}
      : { note: `--reporter ${reporter} stood in place of the suite's own, which alone writes results here` };
  return { profile: plan.profile, folder: beginRun(plan, env, { selection, ...note }) };
}
