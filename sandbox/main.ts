import path from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { loadContract, namedFolders } from '../src/contract/load.ts';
import type { Contract } from '../src/contract/model.ts';
import { sharedContract } from '../src/contract/shared-contract.ts';
import { printable, terminalText } from '../src/printable.ts';
import { outliveClosedPipes } from '../src/process/closed-pipes.ts';
import { tellExitCode } from '../src/process/exit-code.ts';
import { UserError } from '../src/user-error.ts';
import { allFaults, findFault } from './faults/catalogue.ts';
import { preparedScenarios } from './generic/scenarios.ts';
import { watchParent } from './parent.ts';
import { projectRoot } from './project.ts';
import type { Deviation } from './stages.ts';
import { type Sandbox, startSandbox } from './start.ts';
import { allVariants, findVariant } from './variants/catalogue.ts';
import { wrongAnswerTo } from './wrong.ts';

interface Options {
  readonly port: number;
  readonly host: string;
  readonly documents?: string;
  readonly credentials?: string;
  readonly registrationMs: number;
  readonly wrong?: string;
  readonly fault?: string;
  readonly variant?: string;
  readonly faults?: true;
  readonly variants?: true;
  readonly withParent?: true;
}

/** Exit codes are DESIGN.md's: 2 for a wish that can't be fulfilled. */
const USAGE = 2;

const command = new Command('sandbox')
  .description('The documented APIs on this machine, in memory, with credentials made for this run.')
  .option('--port <number>', 'the port to listen on; 0 takes a free one', whole(0, 65535), 0)
  .option('--host <address>', 'the address to listen on', '127.0.0.1')
  .option('--documents <dir>', 'the folder that holds openapi/ and specs/ (default: this project)')
  .option('--credentials <folder>', 'where to write the credentials; a fresh private folder by default')
  .option(
    '--registration-ms <number>',
    'how long each step of a registration takes',
    whole(0, 86_400_000),
    300,
  )
  .option(
    '--wrong <scenario>',
    'answer the request of one scenario wrongly, ars-inquiry/succeeded for example',
  )
  .addOption(
    new Option('--fault <id>', 'break one documented promise; --faults lists what there is').conflicts([
      'wrong',
      'variant',
    ]),
  )
  .addOption(
    new Option(
      '--variant <id>',
      'look unusual and keep every promise; --variants lists what there is',
    ).conflicts('wrong'),
  )
  .option('--faults', 'list the faults, the clauses that each breaks and what it does, and end')
  .option('--variants', 'list the conformant variants, and end')
  .option('--with-parent', 'stop with the parent process, or when stdin is a closed pipe')
  .allowExcessArguments(false)
  .exitOverride()
  // Arguments stand in errors as they were given.
  .configureOutput({
    outputError: (text, write) => write(terminalText(`${printable(text.trim().replaceAll('\n', ' '))}\n`)),
  });

function whole(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
  };
}

function deviationOf({ wrong, fault, variant }: Options, contract: Contract): Deviation {
  if (wrong !== undefined) return wrongAnswerTo(wrong, contract, preparedScenarios(contract).testData);
  if (fault !== undefined) return findFault(fault, contract).deviation();
  return variant === undefined ? {} : findVariant(variant, contract).deviation;
}

async function main(): Promise<void> {
  command.parse();
  const options = command.opts<Options>();
  const { documents } = options;
  const contract =
    documents === undefined
      ? sharedContract(process.env, () => loadContract(namedFolders(projectRoot)))
      : loadContract(namedFolders(documents));
  if (options.faults || options.variants) {
    const listed = [
      ...(options.faults
        ? allFaults(contract).map(
            (one) => `${one.id}\n    ${one.sentence}\n    breaks ${one.breaks.join(', ')}`,
          )
        : []),
      ...(options.variants ? allVariants(contract).map((one) => `${one.id}\n    ${one.sentence}`) : []),
    ];
    process.stdout.write(terminalText(`${listed.join('\n')}\n`));
    return tellExitCode(0);
  }
  const { port, host, registrationMs } = options;
  const deviation = deviationOf(options, contract);

  // From here on somebody may wish it to stop, even before it is ready.
  let sandbox: Sandbox | undefined;
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    if (sandbox) void closeAndEnd(sandbox);
  };
  const parent = watchParent(options.withParent === true, stop);
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  // A closed terminal ends it; under nohup and in the background it lives on.
  process.on('SIGHUP', () => {
    if (process.stdin.isTTY || options.withParent) stop();
  });
  process.on('exit', () => sandbox?.removeCredentials());

  sandbox = await startSandbox({
    port,
    host,
    registrationMs,
    contract,
    deviation,
    ...(options.credentials === undefined ? {} : { folder: options.credentials }),
  });
  if (stopping) {
    await sandbox.close();
    return end(0);
  }
  parent.arm();
  // One line for programs first: the Playwright configuration waits for it.
  const { url, profilePath, envPath } = sandbox;
  tell(process.stdout, `Listening on ${url} (profile: ${profilePath})`);
  const held = documents === undefined ? '' : ` --documents '${path.resolve(documents)}'`;
  tell(process.stdout, `Run the suite: npm run conformance -- --target '${profilePath}'${held}`);
  tell(process.stdout, `For a client:  set -a; . '${envPath}'; set +a`);
  if (!sandbox.isPrivate) {
    tell(
      process.stderr,
      `warning: it listens on ${host}, where other machines can reach it; without --host only this machine can`,
    );
  }
}

/** One line, safe for a terminal and a log: folders, addresses and ids are others' text. */
function tell(stream: NodeJS.WriteStream, line: string): void {
  stream.write(terminalText(`${printable(line)}\n`));
}

/** Ends this process with a code that its launcher takes for meant. */
async function end(exitCode: number): Promise<void> {
  await tellExitCode(exitCode);
  process.exit(exitCode);
}

outliveClosedPipes();
/** Whatever goes wrong while it closes, it ends. */
async function closeAndEnd(sandbox: Sandbox): Promise<void> {
  try {
    await sandbox.close();
  } finally {
    await end(0);
  }
}

try {
  await main();
} catch (error) {
  if (error instanceof CommanderError) await end(error.exitCode === 0 ? 0 : USAGE);
  if (!(error instanceof UserError)) throw error;
  // Several problems of documents have a line each; any other line break is one that the message quotes.
  const lines = 'problems' in error ? error.message.split('\n') : [error.message];
  for (const line of lines) tell(process.stderr, `error: ${line}`);
  await end(USAGE);
}
