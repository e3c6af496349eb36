import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { startOtherServer } from './other-server.ts';
import { runSuite, writeProfile } from './suite.ts';

test('a run against a dead target ends in one line, with its reports', async (context) => {
  const other = await startOtherServer();
  await other.close();
  const target = ['--target', writeProfile(context, other.profile), '--no-page', '--grep', '@account-info'];
  const { exitCode, output, reports, report } = await runSuite(context, target);
  assert.equal(exitCode, 3, output);
  const lines = output.split('\n').filter((line) => /^(?:-.*not-exercised|✗)/.test(line));
  assert.equal(lines.length, 1, output);
  assert.match(lines[0] ?? '', /^- \d\d+ cases {2}not-exercised: http:\S+ no connection \(ECONNREFUSED\); /);
  assert.match(output, /^INCOMPLETE {2}nothing was tested: http:\S+ no connection \(ECONNREFUSED\);/m);
  assert.equal(report?.verdict, 'incomplete');
  for (const file of ['junit.xml', 'ledger.jsonl']) assert.ok(existsSync(path.join(reports, file)));
});
