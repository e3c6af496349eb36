import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { mistakesIn, allRows as realRows } from '../../hostile/all-rows.ts';
import { pageText, resultLine } from '../../hostile/table.ts';
import { tryRows } from '../../hostile/try-rows.ts';
import { runHere } from '../cli/run-here.ts';
import { allRows } from './rows.ts';

const module = path.join(import.meta.dirname, 'rows.ts');

describe('the frame of hostile rows', () => {
  it('ends a row that hangs or spins, and what it started, and goes on', { timeout: 120_000 }, async (t) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'konaplate-frame-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    process.env.STARTED_SLEEPERS = path.join(folder, 'pids');
    const told: string[] = [];
    const results = await tryRows(allRows, {
      module,
      atOnce: 1,
      deadline: 4_000,
      grace: 1_000,
      told: ({ row }) => told.push(row.id),
    });
    const problems = Object.fromEntries(
      results.map(({ row, seen }) => [row.id.replace('process/', ''), seen.problems.join().split('\n')[0]]),
    );
    assert.deepEqual(problems, {
      holds: '',
      hangs: 'the row hung: it had not ended after 4 s',
      spins: 'the row hung: it had not ended after 4 s',
      exits: 'the row ended its process (7): out of here',
      throws: 'the row itself failed: Error: a fault of the row',
      'says-nothing': 'the row does not say what happened',
      'is-not-tried': '',
      'holds-again': '',
    });
    assert.deepEqual(
      told,
      allRows.map(({ id }) => id),
    );
    assert.equal(results.find(({ untried }) => untried !== undefined)?.untried, 'no such machine');
    const groups = readFileSync(path.join(folder, 'pids'), 'utf8').trim().split('\n').map(Number);
    assert.equal(groups.length, 2);
    // One that was killed is there until it has been waited for, by whom nobody here is told.
    for (const group of groups) await gone(group);

    const page = pageText({ results, seconds: 9 });
    assert.match(page, /\n8 rows: 2 hold, 5 do not, 1 not tried, in 9 seconds\.\n/);
    assert.match(page, /\n\| \[Processes and signals\]\(#processes-and-signals\) \| 8 \| 2 \| 5 \| 1 \|\n/);
    assert.match(
      page,
      /\n\| it is holds<br>`process\/holds` \| it is seen \| fine, it said "x \\\| \\<b\\>" \| 2 \| nothing \| \d+\.\d \|\n/,
    );
    assert.match(page, /\| not tried here: no such machine \|/);
    assert.match(page, /\| \*\*does not hold: the row hung: it had not ended after 4 s\*\* \|/);
    assert.match(
      results.map(resultLine).join('\n'),
      /\n- {6}process\/is-not-tried {2}not tried: no such machine\n/,
    );
  });

  it('shows no folder of the machine', () => {
    const [row] = allRows;
    assert.ok(row);
    const folder = path.join(tmpdir(), 'konaplate-hostile-Ab12/profile.yaml');
    const seen = {
      happened: `"${folder}:1: wrong, see ${path.resolve(module, '../../..')}/docs"`,
      exitCode: 2,
      wrote: '',
      problems: [],
    };
    assert.match(
      pageText({ results: [{ row, duration: 1, seen }], seconds: 1 }),
      /\| "…\/profile\.yaml:1: wrong, see \.\/docs" \|/,
    );
  });

  it('has rows with ids of their own and well-formed, and tells of others', () => {
    assert.deepEqual(mistakesIn(realRows), []);
    const [row] = allRows;
    assert.ok(row);
    assert.deepEqual(
      mistakesIn([row, row, { ...row, id: 'process/No' }, { ...row, id: 'text/x', hostile: ' ' }]),
      [
        'process/holds: expected an id of its own, there is a row with it already',
        'process/No: expected <family>/<name> of small letters, digits and hyphens',
        'text/x: expected a sentence for what happens and one for what must be seen',
      ],
    );
  });

  it('lists rows and refuses what it can not do, with exit code 2', async () => {
    const list = await runHere('hostile/main.ts', '--list', 'text/csv');
    assert.equal(list.code, 0, list.errors);
    assert.match(list.out, /^text\/csv {2}Formulas in cells/);
    const part = await runHere('hostile/main.ts', '--write', 'text/csv');
    assert.equal(part.code, 2);
    assert.match(part.errors, /^--write is for a pass of all rows: [^\n]*\n$/);
  });
});

/** Resolves once no process of a group is left. */
async function gone(group: number): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    try {
      process.kill(-group, 0);
    } catch (error) {
      assert.match(String(error), /ESRCH/);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.fail(`the group ${group} is still there`);
}
