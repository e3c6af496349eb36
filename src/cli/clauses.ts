import { Command } from 'commander';
import { allCases } from '../cases/all-cases.ts';
import { ContractError } from '../contract/error.ts';
import { type ContractFolders, loadContract, namedFolders } from '../contract/load.ts';
import type { Clause, Contract } from '../contract/model.ts';
import { casesByClause, type Testing } from '../contract/tested-by.ts';
import { loadUntested, staleUntested } from '../contract/untested.ts';
import { sourceText } from '../report/render/source.ts';
import { root } from '../run/settings.ts';
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

/** Which cases there are depends on no target. */
const anyTarget = { testData: new Map(), notTestable: new Map(), acceptsOnlyPreparedData: false };

const program = new Command('npm run clauses --')
  .description('Lists every documented promise: id, level, sentence, source, and how many cases test it.')
  .option('--documents <dir>', 'the folder that holds openapi/ and specs/ (default: this project)')
  .option('--api <id>', 'only the clauses of this API')
  .option('--untested', 'only the clauses without a case, with the reason; exits with 1 when one has none')
  .option('--json', 'one JSON document on stdout')
  .allowExcessArguments(false)
  .addHelpText(
    'after',
    '\nReasons stand in specs/untested.yaml.\nExit codes: 0 listed, 1 a clause has neither case nor reason (--untested), 2 documents out of order or usage.',
  );

await runCommand(program, process.argv, () => {
  const options: Options = program.opts();
  const folders = namedFolders(options.documents ?? root);
  const contract = loadContract(folders);
  const all = listed(contract, allCases(contract, anyTarget, 1), folders);
  const ofApi = all.filter(({ api }) => options.api === undefined || api === options.api);
  if (options.api !== undefined && ofApi.length === 0) {
    const known = contract.apis.map(({ id }) => id);
    throw new UsageError(
      `--api: no API "${options.api}"${didYouMean(options.api, known)}; there are ${known.join(', ')}`,
    );
  }
  const shown = options.untested === true ? ofApi.filter((one) => one.cases.length === 0) : ofApi;
  print(options.json === true ? { json: shown } : { text: clausesText(shown) });
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

function testedText([first, ...others]: readonly string[], untested: string | null): string {
  if (first !== undefined)
    return `tested by ${first}${others.length === 0 ? '' : ` and ${others.length} more`}`;
  return untested === null ? 'NO CASE and no reason in specs/untested.yaml' : `no case: ${untested}`;
}
