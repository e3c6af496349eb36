import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { readLedger } from '../../src/report/ledger/ledger.ts';
import { type FixtureRun, failingRun, runFixture } from './run.ts';
import { allIds } from './samples.ts';

const table: readonly (readonly [string, () => Promise<FixtureRun>, number, RegExp])[] = [
  ['a promise is broken', failingRun, 1, /^NONCONFORMANT/m],
  [
    'a case that the profile leaves out',
    () => runFixture({ 'account-info/succeeded': 'not-testable' }),
    0,
    /^CONFORMANT .*1 not testable/m,
  ],
];

describe('a run under Playwright', () => {
  for (const [name, runOnce, code, verdict] of table) {
    it(`tells the exit code of the verdict: ${name}`, async () => {
      const run = await runOnce();
      assert.equal(run.told, code, run.output);
      assert.equal(run.code, code === 0 ? 0 : 1, 'the runner knows passed and failed alone');
      assert.match(run.output, verdict);
      const ledger = readLedger(path.join(run.dir, 'ledger.jsonl'));
      assert.equal(ledger.state, 'complete');
      assert.deepEqual(
        ledger.cases.map(({ id }) => id),
        allIds,
      );
      assert.ok(!existsSync(path.join(run.dir, 'parts')));
      const results = path.join(run.dir, 'allure-results');
      const attached = readdirSync(results).filter((file) => file.endsWith('-globals.json'));
      assert.equal(attached.length, 1, 'Allure gets the clauses and the grid');
      const globals = readFileSync(path.join(results, attached[0] ?? ''), 'utf8');
      for (const { source } of JSON.parse(globals).attachments) {
        assert.match(readFileSync(path.join(results, source), 'utf8'), /^(?:API|Clause|Cause),/);
      }
    });
  }

  it('makes a crashed worker and trouble behind a record harness errors, in the planned order', async () => {
    const run = await runFixture({ 'ars-inquiry/succeeded': 'crash', 'account-info/succeeded': 'late' });
    try {
      assert.equal(run.told, 3, run.output);
      assert.equal(run.code, 1);
      assert.match(run.output, /^INCOMPLETE/m);
      const { cases } = readLedger(path.join(run.dir, 'ledger.jsonl'));
      assert.deepEqual(
        cases.map(({ id }) => id),
        allIds,
      );
      const bad = cases.filter(({ outcome }) => outcome === 'harness-error');
      assert.deepEqual(bad.map(({ id }) => id).sort(), ['account-info/succeeded', 'ars-inquiry/succeeded']);
      assert.match(bad[0]?.reason ?? '', /there is no record of it: /);
      const files = [
        'ledger.jsonl',
        'conformance.html',
        'conformance.json',
        'junit.xml',
        ...readdirSync(path.join(run.dir, 'allure-results')).map((file) => `allure-results/${file}`),
      ];
      const all = files.map((file) => readFileSync(path.join(run.dir, file), 'utf8')).join('\n') + run.output;
      assert.ok(!/fixture-secret-value/.test(readFileSync(path.join(run.dir, 'ledger.jsonl'), 'utf8')));
      assert.ok(
        !/fixture-secret-value/.test(all.replaceAll(run.dir, '')),
        'a secret in an error is hidden everywhere',
      );
    } finally {
      rmSync(run.dir, { recursive: true, force: true });
    }
  });

  it('only lists in list mode, and is incomplete when nothing was chosen', async () => {
    const list = await runFixture({}, { args: ['--list'] });
    const none = await runFixture({}, { args: ['--grep', 'no-such-case'] });
    try {
      assert.equal(list.code, 0, list.output);
      assert.match(list.output, new RegExp(`Total: ${allIds.length} tests in 1 file`));
      assert.doesNotMatch(list.output, /CONFORMANT|INCOMPLETE/);
      assert.deepEqual(readdirSync(list.dir), ['run.json']);
      assert.equal(none.told, 3, none.output);
      assert.equal(none.code, 1);
      assert.match(none.output, /INCOMPLETE/);
    } finally {
      for (const { dir } of [list, none]) rmSync(dir, { recursive: true, force: true });
    }
  });
});
