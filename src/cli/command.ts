import { type Command, CommanderError } from 'commander';
import { usageExitCode } from '../judge/verdict.ts';
import { terminalText } from '../printable.ts';
import { outliveClosedPipes } from '../process/closed-pipes.ts';
import { tellExitCode } from '../process/exit-code.ts';
import { endWithLauncher } from '../process/stop.ts';
import { UserError } from '../user-error.ts';
import { tellError } from './tell-error.ts';

/** Something about the command line that can't be done as asked. One clear line; exit code 2. */
export class UsageError extends UserError {
  override readonly name = 'UsageError';
}

/**
 * Parses the command line and runs its action, which returns the exit code; errors as {@link tellError}. The code is
 * told to the launcher.
 *
 * @param before done before the command line is checked
 */
export async function runCommand(
  program: Command,
  argv: readonly string[],
  action: (program: Command) => number | Promise<number>,
  before: () => void = () => undefined,
): Promise<void> {
  outliveClosedPipes();
  endWithLauncher();
  const exitCode = await exitCodeOf(program, argv, action, before);
  process.exitCode = exitCode;
  await tellExitCode(exitCode);
}

async function exitCodeOf(
  program: Command,
  argv: readonly string[],
  action: (program: Command) => number | Promise<number>,
  before: () => void,
): Promise<number> {
  program
    .exitOverride()
    .showHelpAfterError('(--help shows what there is)')
    .configureOutput({ writeErr: (text) => process.stderr.write(terminalText(text)) });
  try {
    before();
    program.parse(argv);
    return await action(program);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageExitCode;
    return tellError(error);
  }
}
