// @ts-check
import { spawn } from 'node:child_process';
import { readlinkSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import { whenNpmEnds } from '../process/npm-above.mjs';
import { toldExitCode } from '../process/told-exit-code.mjs';
import { replacedReports } from './replaced-reports.mjs';

// node src/cli/launch.mjs <script.ts> [arguments]
//
// Starts a command in a process of its own and ends with the exit code that it tells. Node ends with 1 for whatever
// goes wrong while it starts, and here 1 says that a promise was broken: an end without a told code is a 3. Plain
// JavaScript and nothing installed, so that it works where the command can't even start.

const incomplete = 3;
const [script = '', ...args] = process.argv.slice(2);
const latestBefore = latestRun();

process.exitCode = incomplete;
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
try {
  launch();
} catch (error) {
  fail(error instanceof Error ? error.message : String(error), 'is everything installed (npm ci)?');
}

function launch() {
  // Without the two dashes Node looks for options of its own among ours: --env-file is one of both.
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), '--', script, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  child.on('error', ({ message }) => fail(message, 'are there too few processes or open files?'));
  if (child.pid === undefined) return;
  const told = toldExitCode(child);
  // Closed: also what was told last has been read.
  child.on('close', (code, signal) => {
    if (code !== null && told() === code) process.exitCode = code;
    else if (signal === null) fail(`its process ended with ${code}`, 'is everything installed (npm ci)?');
    else
      fail(`its process was ended by ${signal}`, signal === 'SIGABRT' ? 'was there too little memory?' : '');
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal));
  }
  whenNpmEnds(() => child.kill('SIGTERM'));
}

/**
 * @param {string} why
 * @param {string} advice
 */
function fail(why, advice) {
  process.exitCode = incomplete;
  retireLatest();
  process.stderr.write(
    `${script.replace(/^.*\/|\.ts$/g, '')} came to no result (${why}), which says nothing of the target: exit code ${incomplete}${advice && `; ${advice}`}\n`,
  );
}

/** The link to the last finished run, where a run of this command line would put its own; undefined without one of ours. */
function latestRun() {
  const reports = /\bconformance\.ts$/.test(script) ? replacedReports(args, process.env) : undefined;
  if (reports === undefined) return undefined;
  const link = path.join(reports, 'latest');
  try {
    const run = readlinkSync(link);
    return /(?:^|[\\/])runs[\\/]/.test(run) ? { link, run } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A command that could not even take the link to the last finished run away must not leave it there: whoever looks next
 * would take the old results for those of this run.
 */
function retireLatest() {
  if (latestBefore === undefined || latestRun()?.run !== latestBefore.run) return;
  try {
    unlinkSync(latestBefore.link);
  } catch {
    // Somebody else has taken it away.
  }
}
