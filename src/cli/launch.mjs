import { spawn } from 'node:child_process';
import { whenNpmEnds } from '../process/npm-above.mjs';

// node src/cli/launch.mjs <script.ts> [arguments]
//
// Starts a command in a process of its own and ends with the exit code that it tells. Node ends with 1 for whatever
// goes wrong while it starts, and here 1 says that a promise was broken: an end without a told code is a 3. Plain
// JavaScript and nothing installed, so that it works where the command can't even start.

const incomplete = 3;
const [script = '', ...args] = process.argv.slice(2);
/** @type {number | undefined} */
let told;

process.exitCode = incomplete;
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
try {
  launch();
} catch (error) {
  fail(error instanceof Error ? error.message : String(error), 'is everything installed (npm ci)?');
}

function launch() {
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), script, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  child.on('error', ({ message }) => fail(message, 'are there too few processes or open files?'));
  if (child.pid === undefined) return;
  child.on('message', (message) => {
    if (typeof message !== 'object' || message === null || !('exitCode' in message)) return;
    if (typeof message.exitCode === 'number') told = message.exitCode;
  });
  // Closed: also what was told last has been read.
  child.on('close', (code, signal) => {
    if (told !== undefined && told === code) process.exitCode = code;
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
  process.stderr.write(
    `${script.replace(/^.*\/|\.ts$/g, '')} came to no result (${why}), which says nothing of the target: exit code ${incomplete}${advice && `; ${advice}`}\n`,
  );
}
