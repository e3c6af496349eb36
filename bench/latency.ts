import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { contractFolders, loadContract } from '../src/contract/load.ts';
import { readProfile } from '../src/run/plan.ts';
import { root } from '../src/run/settings.ts';
import { standBetween } from './between.ts';
import { median, outcome, seconds, table } from './numbers.ts';
import { type MeasuredRun, measureRun } from './run.ts';
import { startTarget } from './target.ts';

/** Times as long at most that a whole run may take against a target that is so far away. */
const goal = 2.5;
const distance = 100;
const runs = 3;

/**
 * The whole run against the embedded target in a process of its own, on loopback and with so many milliseconds more for
 * each exchange. The two alternate, so that a busy machine slows both.
 */
export async function benchLatency(): Promise<boolean> {
  const target = await startTarget();
  const dir = mkdtempSync(path.join(tmpdir(), 'konaplate-bench-'));
  const far = await farFrom(target.profile, path.join(dir, 'far.yaml'));
  try {
    const [near, away]: [MeasuredRun[], MeasuredRun[]] = [[], []];
    for (let run = 0; run < runs; run += 1) {
      near.push(await measureRun(['--no-page', '--target', target.profile]));
      away.push(await measureRun(['--no-page', '--target', far.profile]));
    }
    const middle = (all: readonly MeasuredRun[], of: (run: MeasuredRun) => number) => median(all.map(of));
    const ratio = middle(away, ({ wall }) => wall) / middle(near, ({ wall }) => wall);
    const row = (name: string, of: (run: MeasuredRun) => number) => [
      name,
      seconds(middle(near, of)),
      seconds(middle(away, of)),
    ];
    process.stdout.write(
      `(e) Distance: the whole run, one worker, without the page, median of ${runs} runs each\n${table([
        ['', 'loopback', `${distance} ms away`],
        row('wall time', ({ wall }) => wall),
        row('  from the first case to the last', ({ cases }) => cases),
      ])}  ratio ${ratio.toFixed(2)}; goal: at most ${goal}${outcome(ratio <= goal)}\n\n`,
    );
    return ratio <= goal;
  } finally {
    far.close();
    rmSync(dir, { recursive: true, force: true });
    await target.stop();
  }
}

/** The same target, further away; its profile is written to a file. */
async function farFrom(profileFile: string, file: string) {
  const profile = readProfile(profileFile, loadContract(contractFolders(root)), {});
  if (profile.kind !== 'ready') throw new Error('the embedded target wrote a profile that wants a launch');
  const between = await standBetween(profile.baseUrl, () => ({ is: 'passed', after: distance }));
  writeFileSync(file, `extends: ${JSON.stringify(profileFile)}\nname: far\nbaseUrl: ${between.url}\n`);
  return { profile: file, close: between.close };
}
