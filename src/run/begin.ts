import { randomUUID } from 'node:crypto';
import { makeRunFolder, type RunMarker, retireLatest } from '../report/ledger/run-folder.ts';
import { toolDigest } from '../report/tool-digest.ts';
import { checkWindow } from '../target/read-safety.ts';
import { keepSettings, ownFolder, runFolderVariable } from './own-folder.ts';
import { loadPlan, type Plan } from './plan.ts';
import { readRunnerLine } from './selection.ts';
import { reportsFolder, root, SettingsError } from './settings.ts';

/**
 * Makes the folder of this run and tells it to the processes that are given the environment.
 *
 * @throws {SafetyError} at an hour at which its target may not be tested
 */
export function beginRun(
  plan: Plan,
  env: NodeJS.ProcessEnv,
  run: Pick<RunMarker, 'selection' | 'note'>,
): string {
  const { settings, profile } = plan;
  checkWindow(profile);
  const runId = settings.runId ?? randomUUID();
  const folder = makeRunFolder(settings.reports, {
    ...run,
    runId,
    target: profile.name,
    basis: basisOf(plan),
  });
  keepSettings(folder, settings);
  env[runFolderVariable] = folder;
  return folder;
}

/** What the cases of a run are judged by. */
export function basisOf({ contract, profile }: Plan): NonNullable<RunMarker['basis']> {
  return {
    tool: toolDigest(root),
    documents: contract.digest,
    ...(profile.kind === 'ready' && { target: profile.digest }),
  };
}

/** What the runner's configuration needs of a run. */
export interface OpenRun {
  readonly plan: Plan;
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
  const { selection, lists, reporter } = readRunnerLine(argv);
  if (folder !== undefined || lists) return { plan: loadPlan(env), folder };
  if (selection.grep === undefined) {
    const told = retireLatest(reportsFolder(env));
    if (told !== undefined) process.stderr.write(`${told}\n`);
  }
  if (selection.shard !== undefined) {
    throw new SettingsError(
      "--shard: the runner would do cases that see each other's effects on several machines at once; use npm run conformance -- --shard",
    );
  }
  const plan = loadPlan(env);
  const note =
    reporter === undefined
      ? {}
      : { note: `--reporter ${reporter} stood in place of the suite's own, which alone writes results here` };
  return { plan, folder: beginRun(plan, env, { selection, ...note }) };
}
