import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import { readRunnerLine } from '../../src/run/selection.ts';
import { isRunId, readSettings } from '../../src/run/settings.ts';

const table: readonly (readonly [
  line: string,
  selection: Readonly<Record<string, string>>,
  more?: Readonly<Record<string, unknown>>,
])[] = [
  ['test', {}],
  ['test --workers 2 --max-failures 1 -x --timeout 0 -c playwright.config.ts -j 3', {}],
  ['test --shard 1/2', { shard: '1/2' }],
  ['test --shard=1/2 --grep=a', { grep: 'a', shard: '1/2' }],
  ['test -g a', { grep: 'a' }],
  ['test -G a', { grep: '--grep-invert a' }],
  ['test --grep a --grep-invert b', { grep: '--grep a --grep-invert b' }],
  ['test suites/scenario.spec.ts', { grep: '-- suites/scenario.spec.ts' }],
  ['test --last-failed', { grep: '--last-failed' }],
  ['test --only-changed', { grep: '--only-changed' }],
  ['test --test-list file', { grep: '--test-list file' }],
  ['test --list', {}, { lists: true }],
  ['test --reporter line', {}, { reporter: 'line' }],
  ['test --reporter=dot,json', {}, { reporter: 'dot,json' }],
];

describe("the runner's own command line", () => {
  for (const [line, selection, more = {}] of table) {
    it(`is read: ${line}`, () => {
      assert.deepEqual(readRunnerLine(line.split(' ')), { selection, lists: false, ...more });
    });
  }
});

test('a folder of pages comes from the command line or the environment, and need not be given', () => {
  assert.equal(readSettings({}).settings.pages, undefined);
  assert.equal(readSettings({ KONAPLATE_PAGES: '' }).settings.pages, undefined);
  assert.equal(readSettings({ KONAPLATE_PAGES: 'x' }, {}, '/y').settings.pages, '/y/x');
  assert.equal(readSettings({ KONAPLATE_PAGES: 'x' }, { pages: '/z' }, '/y').settings.pages, '/z');
});

describe('a run id', () => {
  for (const id of ['1', 'a', '12345678-1', 'pipeline_7.2', 'a'.repeat(64)]) {
    it(`can be ${id.slice(0, 20)}`, () => {
      assert.ok(isRunId(id));
      assert.equal(readSettings({ KONAPLATE_RUN_ID: id }).settings.runId, id);
    });
  }
  for (const id of ['-a', '.', '_a', 'a/b', '../a', 'a b', 'a\n', 'a"', '가', 'a'.repeat(65)]) {
    it(`can not be ${JSON.stringify(id.slice(0, 20))}`, () => {
      assert.ok(!isRunId(id));
      assert.throws(() => readSettings({ KONAPLATE_RUN_ID: id }), {
        name: 'SettingsError',
        message: /^KONAPLATE_RUN_ID: expected up to 64 letters.*, got .*$/,
      });
    });
  }
  it('need not be given', () =>
    assert.equal(readSettings({ KONAPLATE_RUN_ID: '' }).settings.runId, undefined));
});
