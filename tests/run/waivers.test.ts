import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { findFault } from '../../sandbox/faults/catalogue.ts';
import { mergeLedgers } from '../../src/report/ledger/merge.ts';
import { junitXml } from '../../src/report/render/junit.ts';
import { shardOf } from '../../src/run/split.ts';
import { contract } from '../project.ts';
import { runThroughEngine, startSandboxHere, toldOf } from './engine-run.ts';
import { runSuite, writeProfile } from './suite.ts';

// Runs against a target whose inquiries have another message: where the runner's doors matter as a user starts them,
// otherwise through the engine in this process.

const fault = 'ars-inquiry.code.000_000.message/translated';
const clause = 'ars-inquiry.code.000_000.message';
const only = ({ id }: { readonly id: string }): boolean => id === 'ars-inquiry/succeeded';

/** One waiver, as YAML; far from its expiry unless told. */
function waiver({
  of = clause,
  observed = '{ code: 000_000, place: /response/description, status: 200 }',
  expires = '9999-12-31',
  reason = 'Translated until the next release',
} = {}): string {
  return `  - clause: ${of}
    observed: ${observed}
    reason: ${reason}
    owner: account team
    expires: ${expires}
`;
}

function profileWith(context: TestContext, base: string, ...waivers: readonly string[]): string {
  return writeProfile(context, `name: waived\nextends: ${base}\nwaivers:\n${waivers.join('')}`);
}

const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);

test('a target with a deviation that its profile waives', async (context) => {
  const base = await startSandboxHere(context, findFault(fault, contract).deviation());
  const one = ['--no-page', '--case', 'ars-inquiry/succeeded'];
  await context.test(
    'a waived deviation exits with 0 and is shown, and a part of a run calls no waiver stale',
    async (context) => {
      const accessKey = /accessKey: *"?([^"\s]+)/.exec(readFileSync(base, 'utf8'))?.[1] ?? '';
      assert.ok(accessKey.length > 20);
      const profile = profileWith(
        context,
        base,
        waiver({ reason: `Seen with ${accessKey}` }),
        waiver({ of: 'account-info.code.000_000.message' }),
      );
      const { exitCode, output, reports, report } = await runSuite(context, [...one, '--target', profile]);
      assert.equal(exitCode, 0, output);
      assert.deepEqual([report?.verdict, report?.exitCode], ['conformant', 0]);
      assert.deepEqual(
        report?.scenarios.map(({ outcome }) => outcome),
        ['waived'],
      );
      assert.match(output, /^CONFORMANT {2}.*1 waived/m);
      assert.match(output, /1 of \d+ cases chosen \(--case ars-inquiry\/succeeded\)/);
      assert.match(output, /~ ars-inquiry\.code\.000_000\.message/);
      assert.match(output, /reason {4}Seen with \[hidden\]/);
      assert.match(output, /until 9999-12-31 by account team, profile\.yaml:4/);
      assert.match(output, /Waivers that this run can not decide\n.*account-info\.code\.000_000\.message/);
      const results = readdirSync(path.join(reports, 'allure-results'))
        .filter((name) => name.endsWith('-result.json'))
        .map((name) => readFileSync(path.join(reports, 'allure-results', name), 'utf8'));
      assert.equal(results.length, 1);
      assert.match(results[0] ?? '', /"name":"ars-inquiry\/succeeded \(waived\)"/);
      assert.match(results[0] ?? '', /"titlePath":\["konaplate-conformance","scenario\.spec\.ts"\]/);
      assert.match(results[0] ?? '', /\{"name":"tag","value":"waived"\}/);
      assert.match(results[0] ?? '', /\*\*Waived\*\* until 9999-12-31, account team: Seen with/);
      for (const entry of readdirSync(reports, { recursive: true, encoding: 'utf8', withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const text = readFileSync(path.join(entry.parentPath, entry.name), 'utf8');
        assert.ok(!text.includes(accessKey), entry.name);
      }
      assert.ok(!output.includes(accessKey));
    },
  );

  await context.test('an expired waiver covers nothing, and says so', async (context) => {
    const profile = profileWith(context, base, waiver({ expires: yesterday }));
    const { exitCode, output, report } = await runThroughEngine(profile, { only });
    assert.equal(exitCode, 1, output);
    assert.equal(report.verdict, 'nonconformant');
    assert.match(output, /^NONCONFORMANT {2}.*1 expired waiver/m);
    assert.match(output, new RegExp(`expired on ${yesterday}; its deviation shows in 1 case`));
  });

  await context.test("the runner's own command agrees with any other reporter", async (context) => {
    const command = ['node_modules/@playwright/test/cli.js', 'test', '--reporter=line'];
    const env = { KONAPLATE_TARGET: profileWith(context, base, waiver()) };
    const { exitCode, output } = await runSuite(context, ['--grep', 'ars-inquiry/succeeded'], env, command);
    assert.equal(exitCode, 0, output);
  });

  await context.test(
    'a whole run tells a waiver that nothing fits any more: exit code 1',
    async (context) => {
      const profile = profileWith(
        context,
        base,
        waiver(),
        waiver({ of: 'account-info.code.000_000.message' }),
      );
      const { exitCode, output, report, ledger } = await runThroughEngine(profile);
      assert.equal(exitCode, 1, output);
      assert.deepEqual([report.verdict, report.exitCode], ['conformant', 1]);
      assert.match(output, /^WAIVERS FAIL THE RUN {2}1 stale waiver; otherwise conformant: /m);
      assert.match(
        output,
        /✗ profile\.yaml:9 {2}account-info\.code\.000_000\.message\n {4}nothing fits it any more: /,
      );
      assert.match(junitXml(ledger, contract), /<failure message="account-info[^"]*" type="waiver-stale">/);
    },
  );
});

test('shards can not tell alone that a waiver is stale, and their merger can', async (context) => {
  const profile = profileWith(context, await startSandboxHere(context), waiver());
  const shards = [];
  for (const part of [1, 2]) {
    const { exitCode, output, ledger } = await runThroughEngine(profile, {
      only: (one, _, all) => shardOf(all, contract, { part, of: 2 }).includes(one),
      selection: { shard: `${part}/2` },
    });
    assert.equal(exitCode, 0, output);
    assert.match(output, /Waivers that this run can not decide\n.*ars-inquiry\.code\.000_000\.message/);
    shards.push({ folder: `shard ${part}`, ledger: { state: 'complete', ...ledger } as const });
  }
  const merged = mergeLedgers(shards);
  assert.ok('ledger' in merged);
  const { exitCode, output } = toldOf(merged.ledger);
  assert.equal(exitCode, 1, output);
  assert.match(output, /^WAIVERS FAIL THE RUN {2}1 stale waiver/m);
});
