import type { JudgingResult } from './judging.ts';
import { median, outcome, seconds, table } from './numbers.ts';
import { startRepeated } from './repeated.ts';
import { type MeasuredRun, measureRun } from './run.ts';

/** Seconds that a whole run may take on two cores, Allure's results included. */
const wallGoal = 15;
/** Times as long that a contract repeated `times` times may take. */
const growthGoal = 33;
const times = 30;
/** Bytes. */
const memoryGoal = 1.5e9;
const runs = 3;

/** The run in the middle by its wall time. */
async function typical(args: readonly string[]): Promise<MeasuredRun> {
  const all: MeasuredRun[] = [];
  for (let run = 0; run < runs; run += 1) all.push(await measureRun(args));
  const middle = median(all.map(({ wall }) => wall));
  const found = all.find(({ wall }) => wall === middle);
  if (!found) throw new Error('there was no run');
  return found;
}

/**
 * The whole run with all cases under the runner, one worker, and what its parts cost. Start, end and cases are what the
 * clock said; what lies between cases is the runner's; what lies within them and is not the exchange is divided as in
 * (a), where each stage was measured by itself.
 */
export async function benchWholeRun({
  stages,
}: JudgingResult): Promise<{ readonly held: boolean; readonly run: MeasuredRun }> {
  const run = await typical(['--no-page']);
  const withPage = await typical([]);
  const own = run.inCases - run.overTime - run.exchanges;
  const measured = stages.crypto + stages.judging + stages.recording;
  const share = (stage: number) => seconds((own * stage) / measured);
  process.stdout.write(
    `(b) The whole run: ${run.count} cases, one worker, median of ${runs} runs\n${table([
      ['wall time, without the page', seconds(run.wall)],
      ['  start-up (command line, runner, target, worker)', seconds(run.startUp)],
      ["  runner (between cases, with Allure's results)", seconds(run.cases - run.inCases)],
      ['  HTTP (with the work of the target)', seconds(run.exchanges)],
      ['  waiting in cases over time', seconds(run.overTime)],
      ['  cryptography', share(stages.crypto)],
      ['  judging', share(stages.judging)],
      ['  masking and recording', share(stages.recording)],
      ['  reporting (ledger, JSON, JUnit, summary, the end)', seconds(run.end)],
      ['the page (report.html) besides', seconds(withPage.wall - run.wall)],
      ['processor time, the target left out', seconds(run.cpu)],
    ])}  goal: ${wallGoal} s${outcome(run.wall < wallGoal * 1000)}\n\n`,
  );
  return { held: run.wall < wallGoal * 1000, run };
}

/** Whether time and memory grow no faster than the contract. All runs against the same kind of target. */
export async function benchGrowth(): Promise<boolean> {
  const one = await against(1);
  const ten = await against(10);
  const many = await against(times);
  const growth = many.wall / one.wall;
  const held = growth <= growthGoal && many.memory <= memoryGoal;
  const row = (name: string, of: (run: MeasuredRun) => number, show: (value: number) => string) => [
    name,
    ...[one, ten, many].map((run) => show(of(run))),
    (of(many) / of(one)).toFixed(1),
    (of(many) / of(ten)).toFixed(2),
  ];
  process.stdout.write(
    `(c) Growth: the contract repeated, one worker, without the page\n${table([
      ['', 'once', '10 times', `${times} times`, `${times}:1`, `${times}:10`],
      row('cases', ({ count }) => count, String),
      row('wall time', ({ wall }) => wall, seconds),
      row('  without start-up', ({ wall, startUp }) => wall - startUp, seconds),
      row(
        '  a case',
        ({ cases, count }) => cases / count,
        (ms) => `${ms.toFixed(2)} ms`,
      ),
      row('processor time', ({ cpu }) => cpu, seconds),
      row('memory, all processes', ({ memory }) => memory, megabytes),
    ])}  goal: ${times} times the contract takes at most ${growthGoal} times as long, in ${megabytes(memoryGoal)}${outcome(held)}\n\n`,
  );
  return held;
}

async function against(count: number): Promise<MeasuredRun> {
  const target = await startRepeated(count);
  try {
    return await measureRun(['--no-page', '--target', target.profile], target.env);
  } finally {
    await target.stop();
  }
}

/** One worker against two, which must come to the same. */
export async function benchWorkers(one: MeasuredRun): Promise<boolean> {
  const two = await typical(['--no-page', '--workers', '2']);
  const held = one.said === two.said;
  process.stdout.write(
    `(d) Two workers: ${seconds(two.wall)} against ${seconds(one.wall)} with one, ratio ${(two.wall / one.wall).toFixed(2)}; processor time ratio ${(two.cpu / one.cpu).toFixed(2)}\n` +
      `  goal: the same cases, findings and clauses in the same order${outcome(held)}\n\n`,
  );
  return held;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}
