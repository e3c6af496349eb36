// @ts-check
/**
 * Listens for the exit code that a process with a channel tells before it ends (`exit-code.ts`). Plain JavaScript, since
 * the launcher needs it before anything installed is loaded.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @returns {() => number | undefined} what it has told so far
 */
export function toldExitCode(child) {
  /** @type {number | undefined} */
  let told;
  child.on('message', (message) => {
    if (typeof message !== 'object' || message === null || !('exitCode' in message)) return;
    if (typeof message.exitCode === 'number') told = message.exitCode;
  });
  return () => told;
}
