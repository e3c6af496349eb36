import type { PlaywrightTestConfig } from '@playwright/test';
import { root } from '../run/settings.ts';
import type { LaunchedProfile, Profile } from '../target/profile.ts';

/** The environment variable in which the runner puts the path of a launched target's profile, for the workers. */
export const launchedProfile = 'KONAPLATE_LAUNCHED_PROFILE';

/**
 * How the runner starts a target that a profile wants launched: the embedded one prints the path of the profile that
 * it has made for itself, and the name of the group makes the runner set that environment variable.
 */
export function webServerFor(profile: Profile | LaunchedProfile): Pick<PlaywrightTestConfig, 'webServer'> {
  if (profile.kind !== 'launched') return {};
  return {
    webServer: {
      command: 'node --import tsx sandbox/main.ts --with-parent',
      cwd: root,
      wait: { stdout: /\(profile: (?<KONAPLATE_LAUNCHED_PROFILE>[^)\n]+)\)/ },
      timeout: 30_000,
      gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
    },
  };
}
