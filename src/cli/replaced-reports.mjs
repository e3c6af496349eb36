// @ts-check
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The folder of reports whose link to the last finished run a run of this command line replaces; undefined where it
 * replaces none: asked for help, for a repeated part of a run, or to go on with one. Read before the line is checked. Plain JavaScript,
 * since the launcher needs it where the command can't even start.
 *
 * @param {readonly string[]} args without the program and the script
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined}
 */
export function replacedReports(args, env) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      reports: { type: 'string' },
      case: { type: 'string' },
      grep: { type: 'string' },
      resume: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
      'dry-run': { type: 'boolean' },
    },
    allowPositionals: true,
    strict: false,
  });
  const { reports, case: one, grep, resume, help, 'dry-run': dryRun } = values;
  if ([one, grep, resume, help, dryRun].some((value) => value !== undefined)) return undefined;
  const named = typeof reports === 'string' ? reports : '';
  return path.resolve(root, named || env.KONAPLATE_REPORTS || 'reports');
}
