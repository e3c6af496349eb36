import type { PlaywrightTestConfig } from '@playwright/test';
import { launchArguments, toldProfile } from '../run/launched.ts';
import { root } from '../run/settings.ts';
import type { LaunchedProfile, Profile } from '../target/profile.ts';

/**
 * How the runner starts a target that a profile wants launched: the embedded one prints the path of the profile that
 * it has made for itself, and the name of the group makes the runner set that environment variable.
 */
export function webServerFor(profile: Profile | LaunchedProfile): Pick<PlaywrightTestConfig, 'webServer'> {
  if (profile.kind !== 'launched') return {};
  return {
    webServer: {
      command: `node ${launchArguments.join(' ')}`,
      cwd: root,
      wait: { stdout: toldProfile },
      timeout: 30_000,
      gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
    },
  };
}
