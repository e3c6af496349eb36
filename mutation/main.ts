import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { SandboxError } from '../sandbox/error.ts';
import { allFaults, findFault } from '../sandbox/faults/catalogue.ts';
import { allVariants, findVariant } from '../sandbox/variants/catalogue.ts';
import { terminalText } from '../src/printable.ts';
import { writeWhole } from '../src/report/ledger/storage.ts';
import { root } from '../src/run/settings.ts';
import { UserError } from '../src/user-error.ts';
import { didYouMean } from '../src/yaml/nearest.ts';
import { openFixture } from './fixture.ts';
import { mutationTestPage } from './page.ts';
import { tryAll } from './pool.ts';
import { readReasons } from './reasons.ts';
import { exitCodeOf, type MutationTestResult, mutationTestResult } from './result.ts';
import { mutationTestText } from './table.ts';
import type { Trial } from './trial.ts';

interface Options {
  readonly fault?: readonly string[];
  readonly variant?: readonly string[];
  readonly api?: readonly string[];
  readonly documents?: string;
  readonly jobs: number;
  readonly seed: number;
  readonly reports: string;
}

/** The exit codes of a mutation test; 1: a fault is missed or noisy, or a variant fails. */
const USAGE = 2;
const OWN_TROUBLE = 3;

const several = (text: string, all: readonly string[] = []) => [...all, text];
const command = new Command('npm run mutation --')
  .description(
    'Tries the suite itself: every fault must be caught by name, and no conformant variant may fail.',
  )
  .option('--fault <id>', 'only this fault; repeatable', several)
  .option('--variant <id>', 'only this variant; repeatable', several)
  .option(
    '--api <id>',
    'only the faults of this API, and the cases that send it requests; repeatable',
    several,
  )
  .option('--documents <folder>', "other documents than the project's own: a folder with openapi/ and specs/")
  .option('--jobs <n>', 'processes side by side (default: one a core)', whole(1), availableParallelism())
  .option('--seed <n>', 'the seed of generated values', whole(0), 1)
  .option('--reports <folder>', 'where results go', path.join(root, 'reports/mutation'))
  .addHelpText(
    'after',
    '\nnpm run sandbox -- --faults and --variants list them.\nExit codes: 0 all caught and clean, 1 a fault missed or noisy, a variant failed, 2 usage, 3 the mutation test itself failed.',
  )
  .allowExcessArguments(false)
  .exitOverride();

function whole(least: number): (text: string) => number {
  return (text) => {
    if (/^\d{1,9}$/.test(text) && Number(text) >= least) return Number(text);
    throw new InvalidArgumentError(`Expected a whole number from ${least}.`);
  };
}

async function main(): Promise<number> {
  command.parse();
  const { fault, variant, api, documents, jobs, seed, reports } = command.opts<Options>();
  const start = performance.now();
  const subject = { documents: documents && path.resolve(documents), apis: api };
  const fixture = await openFixture(seed, subject);
  const { contract, cases } = fixture;
  const unknown = api?.find((id) => !contract.apis.some((one) => one.id === id));
  if (unknown !== undefined) {
    const known = contract.apis.map(({ id }) => id);
    throw new SandboxError(
      `--api: no API "${unknown}"${didYouMean(unknown, known)}; there are ${known.join(', ')}`,
    );
  }
  const isChosen = fault !== undefined || variant !== undefined;
  const isWhole = !isChosen && api === undefined;
  const faults = isChosen
    ? (fault ?? []).map((id) => findFault(id, contract))
    : allFaults(contract).filter(({ apis }) => apis.every((id) => api?.includes(id) ?? true));
  const variants = !isChosen ? allVariants(contract) : (variant ?? []).map((id) => findVariant(id, contract));
  const chosen = [
    // The variants take longest, so they come first.
    ...variants.map(({ id }) => ({ kind: 'variant', id }) as const),
    ...faults.map(({ id }) => ({ kind: 'fault', id }) as const),
  ];
  const tell = process.stderr.isTTY ? progress(chosen.length) : () => undefined;
  const trials = await tryAll(chosen, { processes: jobs, seed, ...subject }, tell);
  const result = mutationTestResult({
    contract,
    cases,
    faults,
    variants,
    trials,
    whole: isWhole,
    reasons: { idle: readReasons('never-catches.yaml'), unbroken: readReasons('unbroken.yaml') },
    run: { seed, processes: jobs, duration: (performance.now() - start) / 1000 },
  });
  write(reports, result, trials);
  process.stdout.write(
    `${mutationTestText(result)}\n${path.relative(process.cwd(), path.join(reports, 'mutation.html'))}\n`,
  );
  return exitCodeOf(result);
}

function write(folder: string, result: MutationTestResult, trials: readonly Trial[]): void {
  mkdirSync(folder, { recursive: true });
  writeWhole(path.join(folder, 'mutation.json'), `${JSON.stringify(result, null, 1)}\n`);
  writeWhole(path.join(folder, 'trials.json'), `${JSON.stringify(trials)}\n`);
  writeWhole(path.join(folder, 'mutation.html'), mutationTestPage(result));
}

function progress(all: number): () => void {
  let count = 0;
  return () => {
    count += 1;
    process.stderr.write(count === all ? '\r\x1b[K' : `\r${count} of ${all}`);
  };
}

try {
  process.exitCode = await main();
} catch (error) {
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : USAGE);
  if (error instanceof UserError) {
    process.stderr.write(`${terminalText(error.message)}\n`);
    process.exit(USAGE);
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`The mutation test itself failed, which says nothing of the suite:\n${text}\n`);
  process.exit(OWN_TROUBLE);
}
