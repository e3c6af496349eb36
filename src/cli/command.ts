import { CommanderError, type Command } from 'commander';
import { usageExitCode } from '../judge/verdict.ts';

/** Errors that are the user's to mend, by name: told in their own words, without a stack trace. */
const mendable = new Set(['ContractError', 'ProfileError', 'SettingsError', 'FeedError', 'KeyError', 'UsageError']);

/** Something about the command line that can't be done as asked. One clear line; exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * Parses the command line and runs its action, which returns the exit code. What a user can mend is told in one line
 * each and exits with 2; anything else is a fault of ours and exits with 3, so that it is never taken for a verdict.
 */
export async function runCommand(
  program: Command,
  argv: readonly string[],
  action: (program: Command) => number | Promise<number>,
): Promise<void> {
  program.exitOverride().showHelpAfterError('(--help shows what there is)');
  try {
    program.parse(argv);
    process.exitCode = await action(program);
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : usageExitCode;
      return;
    }
    const known = error instanceof Error && mendable.has(error.name);
    const text = error instanceof Error ? (known ? error.message : (error.stack ?? error.message)) : String(error);
    process.stderr.write(`${known ? '' : 'The suite itself failed, which says nothing of the target:\n'}${text}\n`);
    process.exitCode = known ? usageExitCode : 3;
  }
}
