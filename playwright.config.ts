import path from 'node:path';
import { defineConfig } from '@playwright/test';
import { tellError } from './src/cli/tell-error.ts';
import { webServerFor } from './src/playwright/launch.ts';
import { projectsFor } from './src/playwright/projects.ts';
import { type OpenRun, openRun } from './src/run/begin.ts';

const { plan, folder } = run();

// Where --last-failed looks: each run has a folder of its own.
process.env.PLAYWRIGHT_LAST_RUN_OUTPUT_FILE ??= path.join(plan.settings.reports, '.last-run.json');

export default defineConfig({
  testDir: 'suites',
  // Not there when cases are only listed, which writes nothing.
  ...(folder !== undefined && { outputDir: `${folder}/artifacts` }),
  preserveOutput: 'never',
  fullyParallel: false,
  ...projectsFor(plan.workers),
  retries: 0,
  // Each exchange has a deadline of its own, from the profile.
  timeout: 0,
  forbidOnly: true,
  reporter: [['./src/playwright/run-allure-reporter.ts'], ['./src/playwright/run-reporter.ts']],
  ...webServerFor(plan.profile),
});

/** The runner would show a stack trace and exit with 1, as if a promise were broken. */
function run(): OpenRun {
  try {
    return openRun(process.argv.slice(2), process.env);
  } catch (error) {
    process.exit(tellError(error));
  }
}
