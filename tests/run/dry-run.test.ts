import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { DryRun } from '../../src/run/dry-run.ts';
import { contract } from '../project.ts';
import { startOtherServer } from './other-server.ts';
import { runSuite, scratch, writeProfile } from './suite.ts';

test('a dry run says how many requests a run will send, and sends none', async (context) => {
  const other = await startOtherServer();
  context.after(() => other.close());
  const profile = writeProfile(context, other.profile);
  // A part has controls of its own, which the scenarios of a whole run are.
  const choices = [[], ['--grep', '@integrity', '--effects', 'read-only', '--no-preflight']];
  for (const choice of choices) {
    const args = ['--target', profile, '--seed', '1', '--no-page', ...choice];
    const before = other.requests();
    const dry = await runSuite(context, [...args, '--dry-run', '--json']);
    assert.equal(dry.exitCode, 0, dry.output);
    assert.equal(other.requests(), before, 'nothing is sent');
    assert.equal(existsSync(dry.reports), false, 'nothing is written');
    const told: DryRun = JSON.parse(dry.output);
    assert.ok(told.requests.isExact);

    const { exitCode, output, report } = await runSuite(context, args);
    assert.equal(exitCode, 0, output);
    assert.equal(other.requests() - before, told.requests.total, choice.join(' '));
    assert.deepEqual(
      [...told.notSent.map((one) => one.case)].sort(),
      report?.cases.flatMap(({ id, outcome }) => (outcome === 'not-testable' ? [id] : [])).sort(),
    );
  }
});

test('a dry run of the embedded target does not start it, and counts its workflows about', async (context) => {
  const { exitCode, output } = await runSuite(context, ['--dry-run', '--seed', '1']);
  assert.equal(exitCode, 0, output);
  for (const { id, effect } of contract.apis) {
    assert.match(output, new RegExp(`^${id} +${effect}(?: +\\d+){5}$`, 'm'));
  }
  assert.match(
    output,
    /^About \d+ requests, when the target answers as documented: \d+ of cases, \d+ unchanged as controls/m,
  );
  assert.match(output, /^Largest body: \d{7} bytes \([a-z-]+\/robustness\/one-megabyte\)$/m);
  assert.match(output, /^Unknown pace: /m);
});

test('a pace and a limit of the profile are reckoned with, and mistakes are those of a run', async (context) => {
  const other = await startOtherServer();
  context.after(() => other.close());
  const profile = writeProfile(
    context,
    `${other.profile}pace: { requestsPerSecond: 10 }\nmaxRequests: 5\nrobustness: false\n`,
  );
  const dry = await runSuite(context, ['--target', profile, '--dry-run', '--json']);
  const told: DryRun = JSON.parse(dry.output);
  assert.equal(told.pace.seconds, Math.ceil(told.requests.total / 10));
  assert.equal(told.requests.most, 5);
  assert.ok((told.largestBody?.bytes ?? 0) < 100_000);
  assert.ok(told.notSent.some(({ reason }) => reason.endsWith('(robustness)')));
  assert.deepEqual(
    told.apis.map(({ api, cases, valid, broken, notSent }) => [api, cases, valid + broken + notSent]),
    told.apis.map(({ api, cases }) => [api, cases, cases]),
  );

  const nowhere = path.join(scratch(context), 'none.yaml');
  for (const [args, says] of [
    [['--target', nowhere, '--dry-run'], /no such profile file/],
    [['--target', profile, '--dry-run', '--case', 'none/at-all'], /^--case: no case "none\/at-all"/],
    [['--target', profile, '--json'], /^--json goes with --dry-run/],
    [['--dry-run', '--resume'], /^--resume goes on with what the run was started with; leave --dry-run out/],
  ] as const) {
    const { exitCode, output } = await runSuite(context, args);
    assert.equal(exitCode, 2, output);
    assert.match(output, says);
  }
  assert.equal(other.requests(), 0);
});
