import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { contractFolders, loadContract } from '../contract/load.ts';
import { loadUntested } from '../contract/untested.ts';
import { createRedactor } from '../redact/redactor.ts';
import { readLedger } from '../report/ledger.ts';
import { mergeLedgers } from '../report/merge.ts';
import { outputs, tellResult, writeOutputs } from '../report/outputs.ts';
import { exitCodeOf } from '../report/waivers.ts';
import { root } from '../run/settings.ts';
import { runCommand, UsageError } from './command.ts';

const program = new Command('npm run merge --')
  .description('Makes one report of the reports of all shards of a run.')
  .argument('<folder...>', 'the folders of the reports, one for each shard')
  .option('--reports <folder>', 'where the report goes', 'reports/latest')
  .option('--no-page', 'without report.html, which takes some seconds to make')
  .addHelpText(
    'after',
    '\nExit codes: those of the run: 0 conformant, 1 nonconformant or a waiver that is expired or no longer needed, 2 usage, 3 incomplete (a missing shard, too).',
  );

await runCommand(program, process.argv, async () => {
  const { reports, page }: { reports: string; page: boolean } = program.opts();
  const folders = program.args.map((folder) => path.resolve(folder));
  const dir = path.resolve(root, reports);
  if (folders.includes(dir))
    throw new UsageError(`--reports: ${reports} is one of the shards; name another folder`);
  const merged = mergeLedgers(
    folders.map((folder) => {
      const file = path.join(folder, outputs.ledger);
      if (!existsSync(file))
        throw new UsageError(`${folder}: expected the reports of a run, there is no ${outputs.ledger}`);
      return { folder, ledger: readLedger(file) };
    }),
  );
  if ('mistake' in merged) throw new UsageError(merged.mistake);
  const { ledger } = merged;
  const contract = loadContract(contractFolders(root));
  if (contract.digest !== ledger.header.documents.digest)
    throw new UsageError(
      'the run was made with other documents than those here; merge with the version that ran',
    );

  for (const file of Object.values(outputs)) rmSync(path.join(dir, file), { force: true });
  mkdirSync(dir, { recursive: true });
  joinResults(folders, dir);
  const context = { contract, untested: loadUntested(contractFolders(root), contract).reasons };
  writeOutputs(dir, ledger, context);
  // The shards have been redacted, each with what it knew.
  const redactor = createRedactor({ secrets: [] });
  await tellResult(dir, ledger, { ...context, redactor, out: process.stdout, page });
  return exitCodeOf(ledger, contract);
});

/** All results of all shards, but for what is told of a shard as a whole. */
function joinResults(folders: readonly string[], dir: string): void {
  const target = path.join(dir, 'allure-results');
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target);
  for (const source of folders.map((folder) => path.join(folder, 'allure-results')).filter(existsSync)) {
    const names = readdirSync(source);
    const whole = new Set(
      names
        .filter((name) => name.endsWith('-globals.json'))
        .flatMap((name) => [name, ...attachedTo(path.join(source, name))]),
    );
    for (const name of names)
      if (!whole.has(name)) copyFileSync(path.join(source, name), path.join(target, name));
  }
}

function attachedTo(file: string): readonly string[] {
  const globals: { attachments?: readonly { source?: unknown }[] } = JSON.parse(readFileSync(file, 'utf8'));
  return (globals.attachments ?? []).map(({ source }) => String(source));
}
