import { execFileSync } from 'node:child_process';
import { fstatSync, readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';

/** How often a parent process is looked for, milliseconds; only where no event tells of its end. */
const interval = 500;

export interface ParentWatch {
  /** From now on the end of a parent counts; call it when the server is ready. */
  arm(): void;
}

/**
 * Tells when whoever started this process has gone, however violently: the system then closes its end of the pipe
 * that is our stdin, through all wrappers between (npm, a shell, tsx), and of the channel of a forked process.
 *
 * Without `strict` a pipe counts only if it is open when the server gets ready. A terminal, /dev/null (a background
 * job, nohup) and a pipe that was closed from the start are nobody's hand. With `strict` a closed pipe counts at any
 * time, and so does another parent process than at the start, which is all there is to see with stdin on /dev/null.
 *
 * Under `npm run sandbox` the processes up to npm count too: npm passes a SIGTERM on to its shell, which dies of it and tells
 * nobody, so that `npm … & kill $!` would leave the server behind.
 */
export function watchParent(strict: boolean, gone: () => void): ParentWatch {
  let armed = strict;
  let ended = false;
  const end = () => {
    ended = true;
    if (armed) gone();
  };
  if (isPipe()) follow(process.stdin, end);
  if (process.connected) process.once('disconnect', gone);
  const parent = process.ppid;
  const wrappers = process.env.npm_lifecycle_event === 'sandbox' ? wrappersUpToNpm() : [];
  if (strict || wrappers.length > 0) {
    const look = () => {
      if ((strict && process.ppid !== parent) || !wrappers.every(isAlive)) gone();
    };
    setInterval(look, interval).unref();
  }
  return {
    arm() {
      armed ||= !ended;
    },
  };
}

function follow(stdin: Readable, end: () => void): void {
  for (const event of ['end', 'close', 'error']) stdin.once(event, end);
  // Ends are only told to those who read.
  stdin.resume();
}

function isPipe(): boolean {
  try {
    const stats = fstatSync(0);
    return stats.isFIFO() || stats.isSocket();
  } catch {
    // No stdin at all.
    return false;
  }
}

/** The processes above this one up to npm; none where npm is not among them, or the system does not tell. */
function wrappersUpToNpm(): readonly number[] {
  const wrappers: number[] = [];
  for (let pid = process.ppid; pid > 1 && wrappers.length < 10; ) {
    const known = lookUp(pid);
    if (!known) return [];
    wrappers.push(pid);
    if (/\bnpm\b/.test(known.command)) return wrappers;
    pid = known.parent;
  }
  return [];
}

function lookUp(pid: number): { readonly parent: number; readonly command: string } | undefined {
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

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
