import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it, test } from 'node:test';
import { appendRecord, keptRecords } from '../../src/report/ledger/parts.ts';
import { makeRunFolder, readMarker } from '../../src/report/ledger/run-folder.ts';
import { resumeRun } from '../../src/report/resume.ts';
import { findBrokenRun } from '../../src/run/resume.ts';
import { brokenRecord, sampleRecord } from '../report/samples.ts';
import { startOtherServer } from './other-server.ts';
import { runSuite, runsIn, scratch, writeProfile } from './suite.ts';

const command = ['--import', 'tsx', 'src/cli/conformance.ts'];

test('a run that was interrupted goes on: what was judged is not done again, and all is judged together', async (context) => {
  let running: ChildProcess | undefined;
  let atRequest = 0;
  const other = await startOtherServer({
    came: (count) => {
      if (count === atRequest) running?.kill('SIGTERM');
    },
  });
  context.after(() => other.close());
  const profile = writeProfile(context, other.profile);
  const args = ['--no-page', '--target', profile, '--seed', '1', '--grep', '@linkable-cards'];
  const reports = { KONAPLATE_REPORTS: path.join(scratch(context), 'reports') };

  const whole = await runSuite(context, args);
  assert.equal(whole.exitCode, 0, whole.output);
  const needed = other.requests();

  atRequest = needed + 30;
  const broken = await runSuite(context, args, reports, command, (child) => (running = child));
  assert.equal(broken.exitCode, 3, broken.output);
  const before = other.requests();

  const resumed = await runSuite(context, ['--resume', '--no-page'], reports);
  assert.equal(resumed.exitCode, 0, resumed.output);
  assert.match(resumed.output, /: \d+ of \d+ cases were judged before$/m);
  const again = other.requests() - before;
  // The controls of what is left, and a look whether the target is there, are asked again.
  assert.ok(again < needed - 15, `${again} requests to go on, ${needed} for all`);
  assert.equal(resumed.reports, broken.reports);
  const outcomes = ({ report }: typeof whole) => report?.cases.map(({ id, outcome }) => `${id} ${outcome}`);
  assert.deepEqual(outcomes(resumed), outcomes(whole));
  assert.match(readFileSync(path.join(resumed.reports, 'conformance.json'), 'utf8'), /resumed at/);

  const [folder = ''] = runsIn(reports.KONAPLATE_REPORTS);
  const refused: readonly (readonly [args: readonly string[], line: RegExp])[] = [
    [['--resume'], /the run has come to its end, every case of it was judged$/m],
    [
      ['--resume', folder, '--seed', '2'],
      /^--resume goes on with what the run was started with; leave --seed out$/m,
    ],
    [['--resume', path.dirname(folder)], /expected the folder of a run, there is no run\.json$/m],
  ];
  for (const [line, told] of refused) {
    const { exitCode, output } = await runSuite(context, line, reports);
    assert.equal(exitCode, 2, output);
    assert.match(output, told);
  }
});

describe('a run that was broken off', () => {
  const basis = { tool: 'a', documents: 'b', target: 'c' };
  const run = { runId: 'one', target: 'sandbox', selection: {}, basis };
  const ids = ['account-info/succeeded', 'account-delete/succeeded', 'ars-inquiry/succeeded'] as const;
  const [info, remove, inquiry] = ids;
  const marked = (folder: string) => readMarker(folder) ?? assert.fail('no run.json');

  it('keeps what was judged, whatever the verdict, and nothing else', (t) => {
    const folder = makeRunFolder(scratch(t), run);
    appendRecord(folder, sampleRecord(info));
    appendRecord(folder, brokenRecord(remove));
    appendRecord(folder, sampleRecord(inquiry, { outcome: 'target-error' }));
    assert.equal(resumeRun(folder, marked(folder), new Set(ids)), 2);
    assert.deepEqual(
      keptRecords(folder).map(({ id }) => id),
      [info, remove],
    );
    assert.deepEqual(
      marked(folder).resumed?.map(({ kept }) => kept),
      [2],
    );
  });

  it('does one case again where each was judged but the end was not reached', (t) => {
    const folder = makeRunFolder(scratch(t), run);
    for (const id of ids) appendRecord(folder, sampleRecord(id));
    assert.equal(resumeRun(folder, marked(folder), new Set(ids)), 2);
  });

  it('forgets a case that the run did not choose', (t) => {
    const folder = makeRunFolder(scratch(t), run);
    for (const id of ids) appendRecord(folder, sampleRecord(id));
    assert.equal(resumeRun(folder, marked(folder), new Set([info, remove])), 1);
  });

  it('is left alone while it is at work', (t) => {
    const reports = scratch(t);
    const folder = makeRunFolder(reports, run);
    assert.throws(() => findBrokenRun(undefined, reports), {
      message: new RegExp(`the run is still at work \\(process ${process.pid}\\)`),
    });
    writeFileSync(
      path.join(folder, 'run.json'),
      JSON.stringify({ ...marked(folder), pid: 2 ** 22 + 1, basis: undefined }),
    );
    assert.throws(() => findBrokenRun(undefined, reports), { message: /put together from others/ });
  });

  it('must be there', (t) => {
    assert.throws(() => findBrokenRun(undefined, scratch(t)), {
      message: /expected a run to go on with, there is none/,
    });
  });
});
