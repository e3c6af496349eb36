import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { casesOfAnyTarget } from '../cases/any-target.ts';
import { ContractError } from '../contract/error.ts';
import { type ContractFolders, loadContract, namedFolders } from '../contract/load.ts';
import type { Clause, Contract } from '../contract/model.ts';
import { casesByClause, type Testing } from '../contract/tested-by.ts';
import { loadUntested, staleUntested } from '../contract/untested.ts';
import { checks } from '../judge/check.ts';
import { checksOf } from '../judge/checks-of.ts';
import { shownPath } from '../report/ledger/storage.ts';
import type { ConformanceReport } from '../report/render/conformance.ts';
import { outputs } from '../report/render/outputs.ts';
import { sourceText } from '../report/render/source.ts';
import { reportsFolder, root } from '../run/settings.ts';
import { didYouMean } from '../yaml/nearest.ts';
import { runCommand, UsageError } from './command.ts';
import { print } from './print.ts';

interface Options {
  readonly documents?: string;
  readonly api?: string;
  readonly untested?: boolean;
  readonly json?: boolean;
}

/** A clause with what tests it. */
interface Listed extends Clause {
  readonly cases: readonly string[];
  /** Why there is no case, as specs/untested.yaml says; null when it says nothing. */
  readonly untested: string | null;
}

const program = new Command('npm run clauses --')
  .description('Lists every documented promise: id, level, sentence, source, and how many cases test it.')
  .option('--documents <dir>', 'the folder that holds openapi/ and specs/ (default: this project)')
  .argument(
    '[clause...]',
    'only these, with all their cases, their checks and what the last run shows of them',
  )
  .option('--api <id>', 'only the clauses of this API')
  .option('--untested', 'only the clauses without a case, with the reason; exits with 1 when one has none')
  .option('--json', 'one JSON document on stdout')
  .addHelpText(
    'after',
    '\nReasons stand in specs/untested.yaml.\nExit codes: 0 listed, 1 a clause has neither case nor reason (--untested), 2 documents out of order or usage.',
  );

await runCommand(program, process.argv, () => {
  const options: Options = program.opts();
  const folders = namedFolders(options.documents ?? root);
  const contract = loadContract(folders);
  const all = listed(contract, casesOfAnyTarget(contract), folders);
  const ofApi = all.filter(({ api }) => options.api === undefined || api === options.api);
  if (options.api !== undefined && ofApi.length === 0) {
    const known = contract.apis.map(({ id }) => id);
    throw new UsageError(
      `--api: no API "${options.api}"${didYouMean(options.api, known)}; there are ${known.join(', ')}`,
    );
  }
  const named = new Set(program.args);
  for (const id of named) {
    if (contract.clauses.has(id)) continue;
    throw new UsageError(`no clause "${id}"${didYouMean(id, contract.clauses.keys())}`);
  }
  const chosen = named.size === 0 ? ofApi : ofApi.filter(({ id }) => named.has(id));
  const shown = options.untested === true ? chosen.filter((one) => one.cases.length === 0) : chosen;
  if (options.json === true) print({ json: shown });
  else print({ text: named.size === 0 ? clausesText(shown) : detailsText(shown) });
  return options.untested === true && shown.some(({ untested }) => untested === null) ? 1 : 0;
});

/** @throws {ContractError} when a case tests what no document has, or specs/untested.yaml does not fit */
function listed(contract: Contract, cases: readonly Testing[], folders: ContractFolders): readonly Listed[] {
  const tests = casesByClause(contract, cases);
  const untested = loadUntested(folders, contract);
  const unknown = [...tests]
    .filter(([id]) => !contract.clauses.has(id))
    .map(([id, [first]]) => ({
      place: `case ${first ?? ''}`,
      message: `no clause "${id}"${didYouMean(id, contract.clauses.keys())}`,
    }));
  const problems = [...unknown, ...staleUntested(untested, tests)];
  if (problems.length > 0) throw new ContractError(problems);
  return [...contract.clauses.values()].map((clause) => ({
    ...clause,
    cases: tests.get(clause.id) ?? [],
    untested: untested.reasons.get(clause.id) ?? null,
  }));
}

function clausesText(shown: readonly Listed[]): string {
  const lines = shown.flatMap(({ id, level, sentence, source, cases, untested }) => [
    `${id}  ${level}`,
    `    ${sentence}`,
    `    ${sourceText(source)}`,
    `    ${testedText(cases, untested)}`,
  ]);
  const without = shown.filter(({ cases }) => cases.length === 0);
  const unexplained = without.filter(({ untested }) => untested === null).length;
  const count = `${shown.length} clauses: ${shown.length - without.length} with a case, ${without.length - unexplained} without one for a written reason, ${unexplained} with neither`;
  return [...lines, ...(lines.length === 0 ? [] : ['']), count].join('\n');
}

/** Everything about each clause: where it stands, what tests it, what judges it, and what the last run shows of it. */
function detailsText(shown: readonly Listed[]): string {
  const last = lastRun();
  return shown
    .flatMap((one) => [
      `${one.id}  ${one.level}`,
      `    ${one.sentence}`,
      `    page      ${sourceText(one.source)}`,
      ...checksOf(one).map((check) => `    check     ${check}: ${checks[check]}`),
      ...one.cases.map((id) => `    case      ${id}`),
      ...(one.cases.length === 0 ? [`    case      ${testedText([], one.untested)}`] : []),
      `    last run  ${last(one.id)}`,
    ])
    .join('\n');
}

/** What the last finished run in the folder of reports says of a clause. */
function lastRun(): (id: string) => string {
  const file = path.join(reportsFolder(process.env), 'latest', outputs.conformance);
  if (!existsSync(file)) return () => 'none here (npm run conformance)';
  const report: ConformanceReport = JSON.parse(readFileSync(file, 'utf8'));
  return (id) => {
    const seen = report.clauses.list.find((clause) => clause.id === id);
    if (!seen) return `${report.runId} does not know it`;
    const findings = report.findings.filter(({ clause }) => clause === id).map((one) => one.case);
    const cases = findings.length === 0 ? '' : `, in ${findings.join(', ')}`;
    return `${seen.standing}: kept ${seen.kept} times, broken ${seen.broken} times${cases} (${shownPath(file)})`;
  };
}

function testedText([first, ...others]: readonly string[], untested: string | null): string {
  if (first !== undefined)
    return `tested by ${first}${others.length === 0 ? '' : ` and ${others.length} more`}`;
  return untested === null ? 'NO CASE and no reason in specs/untested.yaml' : `no case: ${untested}`;
}
