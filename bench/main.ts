/**
 * What the suite costs, printed as ratios taken in one run on this machine. Exits 1 when a goal is missed.
 *
 *   npm run bench [-- judging run growth workers]
 */
import { benchJudging } from './judging.ts';
import { benchGrowth, benchWholeRun, benchWorkers } from './whole-run.ts';

const parts = ['judging', 'run', 'growth', 'workers'] as const;
const wanted = process.argv.slice(2);
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
  return held.every(Boolean);
}

process.exitCode = (await bench()) ? 0 : 1;
