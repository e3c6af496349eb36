// @ts-check
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** How often npm is looked for, milliseconds: its end is the one that no event tells of. */
const interval = 200;

/**
 * Calls back once when npm, or a shell between it and this process, has ended. npm passes a SIGTERM on to its shell,
 * which may die of it and tell nobody, and a SIGKILL tells nobody anyway. Does nothing where npm did not start this
 * process, or the system does not tell.
 *
 * @param {() => void} gone
 * @returns {void}
 */
export function whenNpmEnds(gone) {
  const above = process.env.npm_lifecycle_event === undefined ? [] : processesUpToNpm();
  if (above.length === 0) return;
  const timer = setInterval(() => {
    if (above.every(isAlive)) return;
    clearInterval(timer);
    gone();
  }, interval);
  timer.unref();
}

/** @returns {readonly number[]} the processes above this one up to npm; none where npm is not among them */
function processesUpToNpm() {
  const above = [];
  for (let pid = process.ppid; pid > 1 && above.length < 10; ) {
    const known = lookUp(pid);
    if (!known) return [];
    above.push(pid);
    if (/\bnpm\b/.test(known.command)) return above;
    pid = known.parent;
  }
  return [];
}

/**
 * @param {number} pid
 * @returns {{ readonly parent: number, readonly command: string } | undefined}
 */
function lookUp(pid) {
  try {
    if (process.platform === 'linux') {
      // Slim images have no ps. The name in brackets may hold anything (proc(5)).
      const [, parent] = readFileSync(`/proc/${pid}/stat`, 'latin1')
        .replace(/^.*\) /s, '')
        .split(' ');
      return {
        parent: Number(parent),
        command: readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0').join(' '),
      };
    }
    const line = execFileSync('ps', ['-o', 'ppid=,args=', '-p', String(pid)], { encoding: 'utf8' });
    const [, parent, command = ''] = /^\s*(\d+)\s+(.*)/.exec(line) ?? [];
    return parent === undefined ? undefined : { parent: Number(parent), command };
  } catch {
    return undefined;
  }
}

/**
 * @param {number} pid
 * @returns {boolean}
 */
function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
