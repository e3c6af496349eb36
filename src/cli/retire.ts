import { parseArgs } from 'node:util';
import { retireLatest } from '../report/ledger/run-folder.ts';
import { reportsFolder } from '../run/settings.ts';

/**
 * The first thing that the command does, before its line is checked or anything else can go wrong: takes the link to
 * the last finished run away, since whoever looks there next expects the results of this one. Asked for help, or for a
 * repeated part of a run, it takes nothing away.
 *
 * @param argv without the program and the script
 * @throws {ReportsError|StorageError}
 */
export function retireBefore(argv: readonly string[], env: NodeJS.ProcessEnv): void {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      reports: { type: 'string' },
      case: { type: 'string' },
      grep: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
    allowPositionals: true,
    strict: false,
  });
  const { reports, case: one, grep, help } = values;
  if (help !== undefined || one !== undefined || grep !== undefined) return;
  const note = retireLatest(reportsFolder(env, typeof reports === 'string' ? reports : undefined));
  if (note !== undefined) process.stderr.write(`${note}\n`);
}
