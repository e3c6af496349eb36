import { fstatSync } from 'node:fs';
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
  if (strict) {
    const look = () => {
      if (process.ppid !== parent) gone();
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
