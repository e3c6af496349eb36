import assert from 'node:assert/strict';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { preparedRequests } from '../../sandbox/test-data.ts';
import { wrongAnswerTo } from '../../sandbox/wrong.ts';
import { allCases } from '../../src/cases/all-cases.ts';
import { caseKinds } from '../../src/cases/case.ts';
import { readLedger } from '../../src/report/ledger/ledger.ts';
import { readMarker } from '../../src/report/ledger/run-folder.ts';
import { shardOf, sharingState } from '../../src/run/split.ts';
import { runHere } from '../cli/run-here.ts';
import { contract, root } from '../project.ts';
import { startSandboxHere } from './engine-run.ts';
import { runSuite, runsIn, scratch } from './suite.ts';

const nothing = { testData: new Map(), notTestable: new Map(), acceptsOnlyPreparedData: true };
const cases = allCases(contract, nothing, 1);
const isSharing = sharingState(contract);

test('every case is in exactly one shard, in the order of the plan, and the shards are as even as can be', () => {
  for (const of of [1, 2, 3, 4, 7]) {
    const shards = Array.from({ length: of }, (_, index) =>
      shardOf(cases, contract, { part: index + 1, of }),
    );
    assert.deepEqual(
      shards
        .flat()
        .map(({ id }) => id)
        .sort(),
      cases.map(({ id }) => id).sort(),
    );
    for (const shard of shards) {
      assert.deepEqual(
        shard,
        cases.filter((one) => shard.includes(one)),
      );
    }
    const [first = [], ...others] = shards;
    assert.ok(cases.filter(isSharing).every((one) => first.includes(one)));
    const sizes = others.map(({ length }) => length);
    assert.ok(sizes.length === 0 || Math.max(...sizes) - Math.min(...sizes) <= 1, String(sizes));
  }
});

test('many groups that share state are dealt out evenly, each to one shard', () => {
  const times = Array.from({ length: 30 }, (_, index) => `-${index}`);
  const many = times.flatMap((suffix) =>
    cases.map((one) => ({ ...one, api: { ...one.api, id: `${one.api.id}${suffix}` } })),
  );
  const workflows = times.flatMap((suffix) =>
    contract.workflows.map((one) => ({
      ...one,
      id: `${one.id}${suffix}`,
      apis: one.apis.map((id) => `${id}${suffix}`),
    })),
  );
  const shards = [1, 2, 3, 4].map((part) => shardOf(many, { workflows }, { part, of: 4 }));
  assert.equal(new Set(shards.flat()).size, many.length);
  assert.ok(Math.max(...shards.map(({ length }) => length)) <= (1.2 * many.length) / 4);
  for (const { apis } of workflows) {
    const having = shards.filter((shard) => shard.some(({ api }) => apis.includes(api.id)));
    assert.equal(having.length, 1);
  }
});

test('cases of the APIs of a workflow share state, and no others', () => {
  const sharing = new Set(cases.filter(isSharing).map(({ api }) => api.id));
  assert.deepEqual(
    [...sharing],
    contract.apis.filter(({ behaviours }) => behaviours.length > 0).map(({ id }) => id),
  );
  assert.ok(sharing.size > 0 && sharing.size < contract.apis.length);
});

test('each kind of case has one file, which has all of its cases', () => {
  const files = readdirSync(path.join(root, 'suites'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.spec.ts'),
  );
  const kinds = files.map(
    (name) =>
      /of testsOf\('([\w-]+)'\)\) test\(/.exec(readFileSync(path.join(root, 'suites', name), 'utf8'))?.[1],
  );
  assert.deepEqual(kinds.sort(), [...caseKinds].sort());
  // The runner goes by the names of the files: what a scenario answers is known before its variations are sent.
  assert.equal(
    files.map((name) => name.split('/')[0] ?? '').sort((a, b) => a.localeCompare(b))[0],
    'scenario.spec.ts',
  );
});

test('two workers, and two shards of one worker each merged, say the same in the order of the plan', async (context) => {
  const wrong = 'linkable-cards/invalid-card';
  const target = await startSandboxHere(context, wrongAnswerTo(wrong, contract, preparedRequests()));
  // Not the workflow: what it sees of a process under way depends on how fast the machine is.
  const chosen = 'linkable-cards/(?:[^/ ]+|request/userId/\\S+) @|^account-delete/';
  const some = ['--no-page', '--target', target, '--seed', '7', '--grep', chosen];
  const run = (...args: readonly string[]) => runSuite(context, [...some, ...args]);
  const two = await run('--workers', '2');
  const shard = (part: string) => run('--shard', part, '--run-id', 'both', '--workers', '1');
  const shards = await Promise.all([shard('1/2'), shard('2/2')]);
  assert.equal(two.exitCode, 1, two.output);
  for (const { reports, output } of shards) {
    assert.ok(existsSync(path.join(reports, 'ledger.jsonl')), output);
    assert.ok(said(reports).cases.length > 0);
  }

  const together = path.join(scratch(context), 'deeper/merged');
  const merge = async (into: string, ...folders: readonly string[]) => {
    const merged = await runHere('merge', '--no-page', '--reports', into, ...folders);
    return { exitCode: merged.code, output: merged.out + merged.errors };
  };
  // In the other order: the plan's counts.
  const folders = shards.map(({ reports }) => reports).reverse();
  const { exitCode, output } = await merge(together, ...folders);
  assert.equal(exitCode, 1, output);
  assert.match(output, /NONCONFORMANT/);

  const [merged = ''] = runsIn(together);
  const expected = said(two.reports);
  const positions = expected.ledger.map(({ position }) => position ?? -1);
  assert.deepEqual(
    positions,
    positions.toSorted((a, b) => a - b),
  );
  assert.ok(expected.findings.some((finding) => finding.case === wrong));
  assert.deepEqual(said(merged), expected);
  const results = (dir: string) =>
    readdirSync(path.join(dir, 'allure-results')).filter((name) => name.endsWith('-result.json')).length;
  assert.equal(results(merged), results(two.reports));
  assert.equal(readMarker(merged)?.runId, 'both');

  const [first = ''] = folders;
  const alone = await merge(scratch(context), first);
  assert.match(alone.output, /shard 1\/2 is missing/);
  assert.notEqual(alone.exitCode, 0, alone.output);
  const whole = await merge(scratch(context), two.reports);
  assert.equal(whole.exitCode, 2, whole.output);
  assert.match(whole.output, /expected a run with --shard x\/y/);
  // Another run's shard, and one whose folder of reports has no finished run.
  const other = path.join(scratch(context), 'other');
  cpSync(first, other, { recursive: true });
  for (const file of ['run.json', 'ledger.jsonl']) {
    const text = readFileSync(path.join(other, file), 'utf8');
    writeFileSync(path.join(other, file), text.replace(/("runId": ?)"both"/, '$1"another"'));
  }
  const mixed = await merge(scratch(context), folders[1] ?? '', other);
  assert.equal(mixed.exitCode, 2, mixed.output);
  assert.match(mixed.output, /give every shard of one run the same --run-id\n$/);
});

interface Said {
  readonly cases: readonly object[];
  readonly findings: readonly { readonly case: string }[];
  readonly ledger: readonly { readonly position: number | undefined }[];
  readonly [more: string]: unknown;
}

/** All that the reports say but for times. */
function said(dir: string): Said {
  const read = (file: string) => readFileSync(path.join(dir, file), 'utf8');
  const report: Said = JSON.parse(read('conformance.json'));
  const ledger = readLedger(path.join(dir, 'ledger.jsonl'));
  assert.equal(ledger.state, 'complete');
  return {
    ...report,
    runId: '',
    startedAt: '',
    finishedAt: '',
    junit: [...read('junit.xml').matchAll(/<testcase [^>]*?name="([^"]*)"/g)].map((match) => match[1]),
    ledger: ledger.cases.map(({ id, position, outcome, kept, interpretations, notes, exchanges }) => ({
      id,
      position,
      outcome,
      kept,
      interpretations,
      notes,
      exchanges: exchanges.length,
    })),
  };
}

test('a shard without a case is no failure, and says that nothing was tested', async (context) => {
  const args = ['--no-page', '--run-id', '1', '--case', 'account-info/succeeded'];
  const { exitCode, output, report } = await runSuite(context, [...args, '--shard', '2/2']);
  assert.equal(exitCode, 0, output);
  assert.match(output, /^CONFORMANT {2}no case fell to shard 2\/2: nothing was sent/m);
  assert.deepEqual(report?.cases, []);
});
