import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The machine can't keep what a run leaves, or give back what it left: a full disk, no file handles. One line; exit code 3. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
}

/** What the system says, in words that tell a person what to do. */
const meanings: Readonly<Record<string, string>> = {
  EACCES: 'no permission to write there',
  EDQUOT: 'the disk quota is used up',
  EEXIST: 'a file is where a folder must be',
  EFBIG: 'larger than a file may be here (ulimit -f)',
  EIO: 'the disk fails',
  EMFILE: 'too many open files (ulimit -n)',
  ENAMETOOLONG: 'the name is too long',
  ENFILE: 'too many open files on this machine',
  ENOENT: 'it is not there',
  ENOSPC: 'no space left on the disk',
  ENOTDIR: 'a file is where a folder must be',
  EPERM: 'not permitted',
  EROFS: 'the disk is read-only',
};

/** Full disks and too few file handles: nothing that a user has written, and no fault of the suite either. */
export function isTroubleOfTheMachine(error: unknown): boolean {
  return ['EDQUOT', 'EFBIG', 'EIO', 'EMFILE', 'ENFILE', 'ENOSPC'].includes(ioCode(error) ?? '');
}

/** What went wrong with a file, in a few words. */
export function ioReason(error: unknown): string {
  const code = ioCode(error);
  if (code !== undefined) return `${meanings[code] ?? 'input or output failed'} (${code})`;
  return error instanceof Error ? error.message : String(error);
}

/** {@link ioReason} with the file, when the system names one: for an error that nobody expected. */
export function ioProblem(error: unknown): string {
  const file = error instanceof Error && 'path' in error ? error.path : undefined;
  return `${typeof file === 'string' ? `${shownPath(file)}: ` : ''}${ioReason(error)}`;
}

/** The system's name for what went wrong, such as ENOSPC; undefined for any other error. */
export function ioCode(error: unknown): string | undefined {
  return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}

/** A path as a person can use it: from the current folder when it lies below it. */
export function shownPath(file: string): string {
  const relative = path.relative(process.cwd(), file);
  return relative === '' || relative.startsWith('..') || path.isAbsolute(relative) ? file : relative;
}

/** Removes what we have made ourselves, if that can be done: there is worse trouble already. */
export function discard(file: string): void {
  try {
    rmSync(file, { recursive: true, force: true });
  } catch {
    // Where nothing can be removed, nothing could be written either.
  }
}

/**
 * Writes a file that has its name only when it is whole: a crash or a full disk leaves none, or the one before.
 *
 * @param sync whether to wait for the disk, which may tell only then that it is full; not for files by the hundred
 * @throws {StorageError}
 */
export function writeWhole(file: string, content: string | Uint8Array, sync = true): void {
  const unfinished = `${file}.${process.pid}.unfinished`;
  try {
    const handle = openSync(unfinished, 'w');
    try {
      writeFileSync(handle, content);
      if (sync) fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(unfinished, file);
  } catch (error) {
    discard(unfinished);
    throw new StorageError(`${shownPath(file)} could not be written: ${ioReason(error)}`);
  }
}
