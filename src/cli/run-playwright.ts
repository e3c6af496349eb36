import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { exitCodes, usageExitCode } from '../judge/verdict.ts';
import { onStop } from '../process/stop.ts';
import { toldExitCode } from '../process/told-exit-code.mjs';
import { readMarker } from '../report/ledger/run-folder.ts';
import { root } from '../run/settings.ts';

/**
 * Runs the suites with Playwright's runner, in a process of its own, and returns the exit code of the verdict that they
 * wrote down; without one the run is incomplete.
 *
 * The runner stops when the channel to it is closed, whether by a signal to this process or by its end
 * (`src/playwright/stop-runner.ts`).
 *
 * @param folder that of the run
 */
export async function runPlaywright(
  folder: string,
  env: NodeJS.ProcessEnv,
  args: readonly string[],
): Promise<number> {
  const cli = createRequire(import.meta.url).resolve('@playwright/test/cli');
  const child = spawn(process.execPath, [cli, 'test', ...args], {
    cwd: root,
    env,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  let isStopped = false;
  let endedAtOnce = false;
  const told = toldExitCode(child);
  const stopListening = onStop(
    () => {
      isStopped = true;
      tell(
        '\nInterrupted: nothing more is tested, and what was registered is deleted. A second signal ends at once.',
      );
      if (child.connected) child.disconnect();
    },
    () => {
      tell('Ended at once: registrations may be left on the target.');
      endedAtOnce = true;
      child.kill('SIGKILL');
    },
  );
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    // What was told last has been read when the channel is closed.
    child.on('exit', (code) => {
      if (child.connected) child.once('disconnect', () => resolve(code));
      else resolve(code);
    });
  }).finally(stopListening);
  if (endedAtOnce) return exitCodes.incomplete;
  // Of both the runner has told the reason.
  if (exitCode === usageExitCode || exitCode === exitCodes.incomplete) return exitCode;
  // A runner that is stopped has no channel any more.
  const verdict = told() ?? verdictExitCode(folder);
  // The runner knows passed and failed alone, and of one that was stopped the files say how far it came.
  const agrees = isStopped || (exitCode === 0) === (verdict === exitCodes.conformant);
  if (verdict !== undefined && agrees) return verdict;
  tell(`The run did not come to a verdict (the runner ended with ${exitCode ?? 'a signal'}): incomplete.`);
  return exitCodes.incomplete;
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

function verdictExitCode(folder: string): number | undefined {
  const file = path.join(folder, 'conformance.json');
  if (readMarker(folder)?.state !== 'finished' || !existsSync(file)) return undefined;
  const report: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const code: unknown =
    typeof report === 'object' && report !== null && 'exitCode' in report ? report.exitCode : undefined;
  return typeof code === 'number' ? code : undefined;
}
