import { usageExitCode } from '../judge/verdict.ts';
import { printable, terminalText } from '../printable.ts';
import { ioProblem, isTroubleOfTheMachine, StorageError } from '../report/ledger/storage.ts';
import { UserError } from '../user-error.ts';

/**
 * Tells an error on stderr. What a user can mend is told in one line each and exits with 2; anything else is a fault
 * of ours and exits with 3, so that it is never taken for a verdict.
 *
 * @returns the exit code
 */
export function tellError(error: unknown): number {
  if (error instanceof UserError) {
    // Several problems have a line each; any other line break is one that the message quotes.
    const message = 'problems' in error ? error.message : printable(error.message);
    process.stderr.write(terminalText(`${message}\n`));
    return usageExitCode;
  }
  if (error instanceof StorageError || isTroubleOfTheMachine(error)) {
    const what =
      error instanceof StorageError
        ? error.message
        : `a file could not be read or written: ${ioProblem(error)}`;
    process.stderr.write(terminalText(`${what}; this says nothing of the target\n`));
    return 3;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(terminalText(`The suite itself failed, which says nothing of the target:\n${text}\n`));
  return 3;
}
