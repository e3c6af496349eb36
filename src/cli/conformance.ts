import path from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type Allowance, allowances } from '../cases/permission.ts';
import { exitCodes } from '../judge/verdict.ts';
import { readCaptures } from '../pages/capture.ts';
import { shownPath } from '../report/ledger/storage.ts';
import { wantsColor } from '../report/render/paint.ts';
import { beginRun } from '../run/begin.ts';
import { choice } from '../run/chosen.ts';
import { dryRun } from '../run/dry-run.ts';
import { dryRunText } from '../run/dry-run-text.ts';
import { loadPlan, type Plan } from '../run/plan.ts';
import { findBrokenRun, goOn } from '../run/resume.ts';
import { isRunId, reportsFolder, runIdForm, type Settings, type Shard } from '../run/settings.ts';
import { casesOfRun } from '../run/split.ts';
import { checkWindow } from '../target/read-safety.ts';
import { didYouMean } from '../yaml/nearest.ts';
import { runCommand, UsageError } from './command.ts';
import { print } from './print.ts';
import { retireBefore } from './retire.ts';
import { runPlaywright } from './run-playwright.ts';

interface Options {
  readonly target?: string;
  readonly case?: readonly string[];
  readonly grep?: RegExp;
  readonly shard?: Shard;
  readonly workers?: number;
  readonly documents?: string;
  readonly effects?: Allowance;
  readonly seed?: number;
  readonly reports?: string;
  readonly runId?: string;
  readonly page: boolean;
  readonly pages?: string;
  readonly preflight: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly envFile?: string;
  /** A folder, or true: the run begun last. */
  readonly resume?: string | true;
}

const program = new Command('npm run conformance --')
  .description('Replays every documented scenario against a target and says which promises it keeps.')
  .option(
    '--target <name|file>',
    'a profile: a name below targets/, or a path to a YAML file (default: embedded)',
  )
  .option(
    '--documents <dir>',
    'the folder that holds openapi/ and specs/, such as a draft (default: this project)',
  )
  .option(
    '--case <id>',
    'only this case, such as parcel-search/found; repeatable',
    (id, all: string[] = []) => [...all, id],
  )
  .option('--grep <pattern>', 'only cases whose id or tags match this regular expression', toPattern)
  .option('--shard <x/y>', 'only part x of y', toShard)
  .option('--workers <n>', 'how many processes work side by side', toWhole(1))
  .addOption(
    new Option(
      '--effects <most>',
      'do no more to the target than this; only narrows what its profile allows',
    ).choices(allowances),
  )
  .option('--seed <n>', 'the seed of generated values; the same seed makes the same cases', toWhole(0))
  .option(
    '--env-file <file>',
    'environment variables for the profile, overriding nothing that is set (default: .env, if it is there)',
  )
  .option(
    '--reports <folder>',
    'the folder of reports, where each run gets a folder of its own (default: reports)',
  )
  .option('--run-id <id>', 'what all files of the run call it; the same for all shards of one run', toRunId)
  .option(
    '--no-preflight',
    'without looking first whether the target is there and takes the credentials, which would end the run',
  )
  .option(
    '--resume [folder]',
    'goes on with a run that was broken off (default: the one begun last): what was judged is not done again',
  )
  .option('--pages <dir>', 'captured documentation pages, whose whole text conformance.html shows')
  .option('--dry-run', 'only tells what would be sent, without a network')
  .option('--json', 'with --dry-run: one JSON document on stdout')
  .option('--no-page', 'without report.html, which takes some seconds to make')
  .addHelpText(
    'after',
    '\nExit codes: 0 conformant, 1 nonconformant or a waiver that is expired or no longer needed, 2 usage or configuration, 3 incomplete.',
  )
  .allowExcessArguments(false);

/** What a run that goes on can't be given anew: it is what it was started with. */
const ofTheStart = [
  'target',
  'documents',
  'case',
  'grep',
  'shard',
  'seed',
  'runId',
  'effects',
  'dryRun',
  'pages',
];

await runCommand(program, process.argv, startRun, () => retireBefore(process.argv.slice(2), process.env));

async function startRun(): Promise<number> {
  const options: Options = program.opts();
  if (options.json && !options.dryRun)
    throw new UsageError('--json goes with --dry-run; a run leaves conformance.json');
  if (options.resume !== undefined) return resume(options, options.resume);
  const chosen =
    options.grep === undefined
      ? (options.case ?? []).map((id) => `--case ${id}`).join(' ')
      : `--grep ${options.grep.source}`;
  if (options.pages !== undefined) await readCaptures([options.pages]);
  // Whatever is wrong with the documents, the profile or the choice of cases is told here, before anything runs.
  const plan = loadPlan(process.env, settingsIn(options));
  expectCases(plan, options);
  if (options.dryRun) return tellDryRun(plan, options.json === true);
  const { shard } = plan.settings;
  const folder = beginRun(plan, process.env, {
    selection: {
      ...(chosen !== '' && { grep: chosen }),
      ...(shard !== undefined && { shard: `${shard.part}/${shard.of}` }),
    },
  });
  return runPlaywright(folder, process.env, [
    `--workers=${plan.workers}`,
    ...(casesOfRun(plan).length === 0 ? ['--pass-with-no-tests'] : []),
  ]);
}

async function tellDryRun(plan: Plan, asJson: boolean): Promise<number> {
  const told = await dryRun(plan);
  const { stdout, env } = process;
  if (asJson) print({ json: told });
  else stdout.write(dryRunText(told, { color: wantsColor(stdout, env), columns: stdout.columns }));
  return exitCodes.conformant;
}

function resume({ page, envFile, workers, reports }: Options, named: string | true): Promise<number> {
  const given = program.options.find((option) => {
    const name = option.attributeName();
    return ofTheStart.includes(name) && program.getOptionValueSource(name) === 'cli';
  });
  if (given) {
    throw new UsageError(
      `--resume goes on with what the run was started with; leave ${given.long ?? ''} out`,
    );
  }
  const broken = findBrokenRun(named === true ? undefined : named, reportsFolder(process.env, reports));
  const plan = loadPlan(process.env, {
    ...broken.settings,
    ...(!page && { page }),
    ...(envFile !== undefined && { envFile }),
    ...(workers !== undefined && { workers }),
  });
  checkWindow(plan.profile);
  const ids = casesOfRun(plan).map(({ id }) => id);
  const kept = goOn(broken, plan, new Set(ids), process.env);
  process.stdout.write(`${shownPath(broken.folder)}: ${kept} of ${ids.length} cases were judged before\n`);
  return runPlaywright(broken.folder, process.env, [`--workers=${plan.workers}`]);
}

function settingsIn({
  target,
  documents,
  effects,
  seed,
  reports,
  runId,
  page,
  pages,
  preflight,
  shard,
  workers,
  envFile,
  case: cases,
  grep,
}: Options): Partial<Settings> {
  if (cases && grep) throw new UsageError('--case and --grep choose cases both; give one of them');
  return {
    failTests: false,
    ...(cases && { chosen: { cases } }),
    ...(grep && { chosen: { matching: grep.source } }),
    preflight,
    ...(target && { target }),
    ...(documents && { documents: path.resolve(documents) }),
    ...(effects && { effects }),
    ...(seed !== undefined && { seed }),
    ...(reports && { reports }),
    ...(runId !== undefined && { runId }),
    ...(!page && { page }),
    ...(pages && { pages: path.resolve(pages) }),
    ...(shard !== undefined && { shard }),
    ...(workers !== undefined && { workers }),
    ...(envFile !== undefined && { envFile }),
  };
}

/** @throws {UsageError} for a choice that no case fits */
function expectCases({ cases, settings: { chosen } }: Plan, { case: ids = [], grep }: Options): void {
  for (const id of ids) {
    if (cases.some((one) => one.id === id)) continue;
    throw new UsageError(
      `--case: no case "${id}"${didYouMean(
        id,
        cases.map((one) => one.id),
      )}`,
    );
  }
  if (grep && !cases.some(choice(chosen))) {
    throw new UsageError(
      `--grep: no case's id or tags match ${grep.source}; ids look like ${cases[0]?.id ?? 'api/scenario'}`,
    );
  }
}

function toPattern(text: string): RegExp {
  try {
    return new RegExp(text, 'i');
  } catch (error) {
    throw new InvalidArgumentError(
      `It is no regular expression: ${error instanceof Error ? error.message : text}.`,
    );
  }
}

function toShard(text: string): Shard {
  const [, part = 0, of = 0] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
  if (part < 1 || part > of) throw new InvalidArgumentError('Expected x/y with x from 1 to y, such as 1/4.');
  return { part, of };
}

function toRunId(text: string): string {
  if (isRunId(text)) return text;
  throw new InvalidArgumentError(`${runIdForm.replace(/^e/, 'E')}.`);
}

function toWhole(least: number): (text: string) => number {
  return (text) => {
    if (!/^\d{1,15}$/.test(text) || Number(text) < least) {
      throw new InvalidArgumentError(`Expected a whole number from ${least}.`);
    }
    return Number(text);
  };
}
