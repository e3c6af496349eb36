import type { Contract } from '../contract/model.ts';
import { completeLaunched } from '../target/load.ts';
import type { LaunchedProfile, Profile } from '../target/profile.ts';
import { readProfile } from './plan.ts';
import { SettingsError } from './settings.ts';

/** The environment variable in which the runner puts the path of a launched target's profile, for the workers. */
export const launchedProfile = 'KONAPLATE_LAUNCHED_PROFILE';

/** What node is told to start the embedded target, in the project's folder. */
export const launchArguments: readonly string[] = ['--import', 'tsx', 'sandbox/main.ts', '--with-parent'];

/** Finds, in what it prints, the path of the profile that it has made for itself. */
export const toldProfile = new RegExp(`\\(profile: (?<${launchedProfile}>[^)\\n]+)\\)`);

/** The planned profile with the address and the credentials that the launched target tells, and nothing else of it. */
export function launchedFrom(file: string, planned: LaunchedProfile, contract: Contract): Profile {
  // Without the environment: its KONAPLATE_ names are another target's, and would lead the run there.
  const told = readProfile(file, contract, {});
  if (told.kind !== 'ready')
    throw new SettingsError('the launched target wrote a profile that wants a launch again');
  return completeLaunched(planned, told);
}
