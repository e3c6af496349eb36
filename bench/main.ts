/**
 * What the suite costs, printed as ratios taken in one run on this machine. Exits 1 when a goal is missed.
 *
 *   npm run bench [-- judging run growth workers latency]
 *   npm run bench -- pages DIR [--mutation]
 */

import { UserError } from '../src/user-error.ts';
import { benchJudging } from './judging.ts';
import { benchLatency } from './latency.ts';
import { benchPages } from './pages/bench.ts';
import { benchGrowth, benchWholeRun, benchWorkers } from './whole-run.ts';

const parts = ['judging', 'run', 'growth', 'workers', 'latency'] as const;
const wanted = process.argv.slice(2);
if (wanted[0] === 'pages') {
  process.exitCode = await pages(wanted.slice(1));
  process.exit();
}
const unknown = wanted.filter((name) => !parts.some((part) => part === name));
if (unknown.length > 0) {
  process.stderr.write(`no part "${unknown.join(', ')}"; there are ${parts.join(', ')}\n`);
  process.exit(2);
}

async function bench(): Promise<boolean> {
  const chosen = (part: (typeof parts)[number]) => wanted.length === 0 || wanted.includes(part);
  const held: boolean[] = [];
  if (chosen('judging') || chosen('run') || chosen('workers')) {
    const judging = await benchJudging();
    held.push(judging.held);
    if (chosen('run') || chosen('workers')) {
      const whole = await benchWholeRun(judging);
      held.push(whole.held);
      if (chosen('workers')) held.push(await benchWorkers(whole.run));
    }
  }
  if (chosen('growth')) held.push(await benchGrowth());
  if (chosen('latency')) held.push(await benchLatency());
  return held.every(Boolean);
}

/** What becomes of pages as text; takes the folder, and whether the faults of each API are tried. */
async function pages(args: readonly string[]): Promise<number> {
  const [folder, option] = args;
  if (folder === undefined || args.length > 2 || (option ?? '--mutation') !== '--mutation') {
    process.stderr.write('expected a folder of pages as text: npm run bench -- pages DIR [--mutation]\n');
    return 2;
  }
  try {
    return (await benchPages(folder, { mutation: option !== undefined })) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

process.exitCode = (await bench()) ? 0 : 1;
