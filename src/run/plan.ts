import { createHash, randomInt } from 'node:crypto';
import { allCases } from '../cases/all-cases.ts';
import type { Case } from '../cases/case.ts';
import type { Allowance } from '../cases/permission.ts';
import { loadContract, namedFolders } from '../contract/load.ts';
import type { Contract } from '../contract/model.ts';
import { sharedContract } from '../contract/shared-contract.ts';
import { inClear, markedFields } from '../redact/in-clear.ts';
import type { Environment } from '../target/environment.ts';
import { keyLengths } from '../target/key-lengths.ts';
import { loadProfile } from '../target/load.ts';
import { ProfileError } from '../target/problem.ts';
import type { LaunchedProfile, Profile, ProfileBase } from '../target/profile.ts';
import { withLaunchedData } from './launched-data.ts';
import { withOwnEffects } from './own-effects.ts';
import { keptSettings } from './own-folder.ts';
import { readSettings, root, type Settings } from './settings.ts';
import { workersFor } from './workers.ts';

/** What a run will do, known before a target is reached. */
export interface Plan {
  readonly settings: Settings;
  readonly contract: Contract;
  readonly profile: Profile | LaunchedProfile;
  /** What the person who starts the run should know of settings and profile; each one line, without secrets. */
  readonly notes: readonly string[];
  readonly cases: readonly Case[];
  /** How many processes do cases: as many as are wanted and the pace of the profile allows. */
  readonly workers: number;
}

let loaded: Plan | undefined;

/**
 * Reads settings, documents and profile; once in a process, and the documents once in a run: processes that are given
 * this environment take them over.
 *
 * @param chosen what the command line says; processes that a run has started take what it was started with
 * @throws {SettingsError|ContractError|ProfileError|SafetyError} what the user has to mend; nothing has been sent
 */
export function loadPlan(env: NodeJS.ProcessEnv, chosen: Partial<Settings> = {}): Plan {
  loaded ??= readPlan(env, chosen);
  return loaded;
}

/** {@link loadPlan}, anew each time. */
export function readPlan(env: NodeJS.ProcessEnv, chosen: Partial<Settings> = {}): Plan {
  const { settings: read, env: filled, notes } = readSettings(env, keptSettings(env) ?? chosen);
  const documents = sharedContract(env, () => loadContract(namedFolders(read.documents)));
  const { target, effects } = read;
  const profile = withLaunchedData(readProfile(target, documents, filled, effects), documents, env);
  const settings = { ...read, seed: read.seed ?? seedFor(read, documents, profile) };
  const isProduction = profile.environment === 'production';
  const safe = isProduction ? withOwnEffects(documents, settings.documents) : documents;
  const contract = inClear(safe, profile.showInClear);
  const cases = allCases(contract, profile, settings.seed);
  if (!cases.some(({ plan }) => plan.ready)) throw nothingToSend(target, profile);
  const { workers, note } = workersFor(settings.workers, profile);
  return {
    settings,
    contract,
    profile,
    notes: [...notes, ...profile.notes, ...(note === undefined ? [] : [note])],
    cases,
    workers,
  };
}

/**
 * A seed where nobody has given one: the shards of a run, which have its id in common, must make the same cases. Any
 * other run makes values of its own, since a target may still hold what an earlier one has made of the same.
 */
function seedFor(
  { runId }: Pick<Settings, 'runId'>,
  { digest }: Contract,
  profile: Profile | LaunchedProfile,
): number {
  if (runId === undefined) return randomInt(1, 2 ** 31);
  const target = profile.kind === 'ready' ? profile.digest : profile.name;
  return createHash('sha256').update(`${digest} ${target} ${runId}`).digest().readUInt32BE() >>> 1;
}

function nothingToSend(target: string, { testData, effects }: ProfileBase): ProfileError {
  const isEmpty = testData.size === 0;
  const message = isEmpty
    ? 'no scenario has a request body, so that nothing could be sent; copy the test data of the portal\'s pages here (targets/sandbox.yaml has a line for each scenario: take out its "#")'
    : `no scenario with a request body may be sent (effects: ${effects}), so that nothing could be tested; add the test data of operations that only read`;
  return new ProfileError([{ place: target, pointer: '/testData', message }]);
}

/**
 * Reads a profile and holds its scenario ids against the documents.
 *
 * @param effects narrows what the profile allows
 * @throws {ProfileError|SafetyError}
 */
export function readProfile(
  target: string,
  contract: Contract,
  env: Environment,
  effects?: Allowance,
): Profile | LaunchedProfile {
  const scenarioIds = contract.apis.flatMap(({ scenarios }) => scenarios.map(({ id }) => id));
  return loadProfile(target, {
    root,
    env,
    scenarioIds,
    clauses: contract.clauses,
    fields: markedFields(contract),
    keyLengths: keyLengths(contract),
    ...(effects && { effects }),
  });
}
