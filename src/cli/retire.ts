import { retireLatest } from '../report/ledger/run-folder.ts';
import { replacedReports } from './replaced-reports.mjs';

/**
 * The first thing that the command does, before its line is checked or anything else can go wrong: takes the link to
 * the last finished run away, since whoever looks there next expects the results of this one.
 *
 * @param argv without the program and the script
 * @throws {ReportsError|StorageError}
 */
export function retireBefore(argv: readonly string[], env: NodeJS.ProcessEnv): void {
  const reports = replacedReports(argv, env);
  const note = reports === undefined ? undefined : retireLatest(reports);
  if (note !== undefined) process.stderr.write(`${note}\n`);
}
