import { copyFileSync, existsSync, mkdirSync, readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { loadKorean } from '../contract/korean.ts';
import { loadContract, namedFolders } from '../contract/load.ts';
import { loadUntested } from '../contract/untested.ts';
import { createRedactor } from '../redact/redactor.ts';
import { filesOfWholeRun } from '../report/allure/whole-run.ts';
import { type ReadLedger, readLedger } from '../report/ledger/ledger.ts';
import { mergeLedgers } from '../report/ledger/merge.ts';
import { findFinishedRun, makeRunFolder, retireLatest } from '../report/ledger/run-folder.ts';
import { ioCode, ioReason, StorageError } from '../report/ledger/storage.ts';
import { finishAndTell, outputs, writeOutputs } from '../report/render/outputs.ts';
import { targetName } from '../report/render/repeat.ts';
import { exitCodeOf } from '../report/waivers.ts';
import { root } from '../run/settings.ts';
import { runCommand, UsageError } from './command.ts';

const program = new Command('npm run merge --')
  .description('Makes one report of the reports of all shards of a run, which must have the same --run-id.')
  .argument('<folder...>', 'for each shard the folder of its run, or its folder of reports with latest')
  .option(
    '--reports <folder>',
    'the folder of reports, where the merged run gets a folder of its own',
    'reports',
  )
  .option('--documents <dir>', 'the folder that holds openapi/ and specs/ (default: this project)')
  .option('--pages <dir>', 'captured documentation pages, whose whole text conformance.html shows')
  .option('--no-page', 'without report.html, which takes some seconds to make')
  .addHelpText(
    'after',
    '\nExit codes: those of the run: 0 conformant, 1 nonconformant or a waiver that is expired or no longer needed, 2 usage (an unfinished shard, too), 3 incomplete (a missing shard, too).',
  );

await runCommand(program, process.argv, async () => {
  const {
    reports,
    page,
    documents = root,
    pages,
  }: { reports: string; page: boolean; documents?: string; pages?: string } = program.opts();
  const dir = path.resolve(root, reports);
  const given = program.args.map((folder) => path.resolve(folder));
  const latest = realPath(path.join(dir, 'latest'));
  const isShard = given.some((folder) =>
    [folder, path.join(folder, 'latest')].some((one) => realPath(one) === latest),
  );
  // Nothing old may be found where the merged report is expected; a shard may, until there is one.
  if (latest === undefined || !isShard) retire(dir);
  const shards = given.map(readShard);
  const merged = mergeLedgers(shards);
  if ('mistake' in merged) throw new UsageError(merged.mistake);
  const { ledger } = merged;
  const folders = namedFolders(documents);
  const contract = loadContract(folders);
  if (contract.digest !== ledger.header.documents.digest)
    throw new UsageError(
      'the run was made with other documents than those here; merge with the version that ran, or name them with --documents',
    );

  retire(dir);
  const { runId, selection, target } = ledger.header;
  const folder = makeRunFolder(dir, { runId, selection, target: targetName(target) ?? 'merged' });
  joinResults(
    shards.map((shard) => shard.folder),
    folder,
  );
  const context = {
    contract,
    untested: loadUntested(folders, contract).reasons,
    korean: loadKorean(folders),
    ...(pages !== undefined && { pages: path.resolve(pages) }),
  };
  const notes = await writeOutputs(folder, ledger, context);
  // The shards have been redacted, each with what it knew.
  const redactor = createRedactor({ secrets: [] });
  await finishAndTell(folder, ledger, { ...context, redactor, out: process.stdout, page, notes });
  return exitCodeOf(ledger, contract);
});

function readShard(given: string): { readonly folder: string; readonly ledger: ReadLedger } {
  const { folder, marker } = findFinishedRun(given);
  const file = path.join(folder, outputs.ledger);
  if (!existsSync(file))
    throw new UsageError(`${given}: expected a finished run, there is no ${outputs.ledger}`);
  const ledger = readLedger(file);
  const runId = ledger.header?.runId ?? marker.runId;
  if (runId === marker.runId) return { folder, ledger };
  throw new UsageError(
    `${given}: files of two runs: it is the run ${marker.runId}, and its ledger is of ${runId}`,
  );
}

function retire(dir: string): void {
  const note = retireLatest(dir);
  if (note !== undefined) process.stderr.write(`${note}\n`);
}

function realPath(file: string): string | undefined {
  return existsSync(file) ? realpathSync(file) : undefined;
}

/** All results of all shards, but for what is told of a shard as a whole. */
function joinResults(folders: readonly string[], run: string): void {
  const target = path.join(run, 'allure-results');
  try {
    mkdirSync(target);
    for (const source of folders.map((folder) => path.join(folder, 'allure-results')).filter(existsSync)) {
      const names = readdirSync(source);
      const whole = filesOfWholeRun(source);
      for (const name of names) {
        if (whole.has(name)) continue;
        copyFileSync(path.join(source, name), path.join(target, name));
      }
    }
  } catch (error) {
    if (ioCode(error) === undefined) throw error;
    throw new StorageError(`the results of the shards could not be joined: ${ioReason(error)}`);
  }
}
