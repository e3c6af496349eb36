import { type Command, CommanderError } from 'commander';
import { usageExitCode } from '../judge/verdict.ts';
import { terminalText } from '../report/printable.ts';
import { tellMendable } from './mendable.ts';

/** Something about the command line that can't be done as asked. One clear line; exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Parses the command line and runs its action, which returns the exit code; errors as {@link tellMendable}. */
export async function runCommand(
  program: Command,
  argv: readonly string[],
  action: (program: Command) => number | Promise<number>,
): Promise<void> {
  program
    .exitOverride()
    .showHelpAfterError('(--help shows what there is)')
    .configureOutput({ writeErr: (text) => process.stderr.write(terminalText(text)) });
  try {
    program.parse(argv);
    process.exitCode = await action(program);
  } catch (error) {
    process.exitCode =
      error instanceof CommanderError ? (error.exitCode === 0 ? 0 : usageExitCode) : tellMendable(error);
  }
}
