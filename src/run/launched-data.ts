import { spawnSync } from 'node:child_process';
import type { Contract } from '../contract/model.ts';
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../json/json.ts';
import { handOver, takeOver } from '../process/handed-over.ts';
import { withTestData } from '../target/load.ts';
import type { LaunchedProfile, Profile } from '../target/profile.ts';
import { root, SettingsError } from './settings.ts';

/** The environment variable in which the first process of a run tells the others where it has put these data. */
const handedTestData = 'KONAPLATE_HANDED_TEST_DATA';

/**
 * A profile with the test data that the target to be launched has made for itself. It is asked only when a scenario has
 * neither data nor a reason, since that takes a process of its own; the profile's own data stand above what it says.
 *
 * @param env gets what was told, for the other processes of the run
 */
export function withLaunchedData(
  profile: Profile | LaunchedProfile,
  { apis }: Contract,
  env: NodeJS.ProcessEnv,
): Profile | LaunchedProfile {
  if (profile.kind !== 'launched') return profile;
  const { testData, notTestable } = profile;
  const isComplete = apis.every(({ scenarios }) =>
    scenarios.every(({ id }) => testData.has(id) || notTestable.has(id)),
  );
  if (isComplete) return profile;
  const told = read(takeOver(env, handedTestData)?.toString('utf8') ?? ask(env));
  const without = ([id]: readonly [id: string, unknown]) => !testData.has(id) && !notTestable.has(id);
  return withTestData(profile, {
    testData: new Map([...testData, ...[...told.testData].filter(without)]),
    notTestable: new Map([...notTestable, ...[...told.notTestable].filter(without)]),
  });
}

/** Asks the embedded target, which is no part of the suite, for its test data as JSON. */
function ask(env: NodeJS.ProcessEnv): string {
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'sandbox/main.ts', '--test-data'],
    { cwd: root, env, encoding: 'utf8', maxBuffer: 2 ** 28 },
  );
  if (status !== 0) {
    const why = error?.message ?? stderr.trim().split('\n').at(-1) ?? '';
    throw new SettingsError(`the embedded target could not tell its test data: ${why}`);
  }
  handOver(env, handedTestData, stdout);
  return stdout;
}

function read(text: string): Pick<Profile, 'testData' | 'notTestable'> {
  const told = parseJson(text);
  const entries = (name: string): [string, JsonValue][] => {
    const map = isJsonObject(told) ? told[name] : undefined;
    return map !== undefined && isJsonObject(map) ? Object.entries(map) : [];
  };
  return {
    testData: new Map(
      entries('testData').flatMap(([id, body]): [string, JsonObject][] =>
        isJsonObject(body) ? [[id, body]] : [],
      ),
    ),
    notTestable: new Map(
      entries('notTestable').flatMap(([id, reason]): [string, string][] =>
        typeof reason === 'string' ? [[id, reason]] : [],
      ),
    ),
  };
}
