import { defineConfig } from '@playwright/test';
import { tellMendable } from './src/cli/mendable.ts';
import { webServerFor } from './src/playwright/launch.ts';
import { type OpenRun, openRun } from './src/run/own-folder.ts';

const { profile, folder } = run();

export default defineConfig({
  testDir: 'suites',
  // Not there when cases are only listed, which writes nothing.
  ...(folder !== undefined && { outputDir: `${folder}/artifacts` }),
  preserveOutput: 'never',
  // Files run side by side, the cases of a file in order.
  fullyParallel: false,
  workers: 1,
  retries: 0,
  // Each exchange has a deadline of its own, from the profile.
  timeout: 0,
  forbidOnly: true,
  reporter: [['./src/playwright/run-allure-reporter.ts'], ['./src/playwright/run-reporter.ts']],
  ...webServerFor(profile),
});

/** The runner would show a stack trace and exit with 1, as if a promise were broken. */
function run(): OpenRun {
  try {
    return openRun(process.argv.slice(2), process.env);
  } catch (error) {
    process.exit(tellMendable(error));
  }
}
