import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keepRecords } from '../../src/report/ledger/parts.ts';
import { makeRunFolder, readMarker, reopenRun } from '../../src/report/ledger/run-folder.ts';
import { keepRequest, keepRow, keepStopped, soFar } from '../../src/run/so-far.ts';
import { scratch } from './suite.ts';

const began = new Date('2026-11-21T10:00:00Z');
const later = Date.parse('2026-11-21T10:01:00Z');

test('what a run has come to is known to the next of its processes', (context) => {
  const folder = makeRunFolder(scratch(context), { runId: 'one', target: 't', selection: {} }, began);
  assert.deepEqual(soFar(folder, later), { age: 60_000, requests: 0, row: 0, stopped: undefined });
  for (let nth = 0; nth < 3; nth += 1) keepRequest(folder);
  keepRow(folder, 2);
  keepStopped(folder, 'nothing more was sent: enough');
  assert.deepEqual(soFar(folder, later), {
    age: 60_000,
    requests: 3,
    row: 2,
    stopped: 'nothing more was sent: enough',
  });
});

test('a run that is gone on with begins anew in all of that', (context) => {
  const folder = makeRunFolder(scratch(context), { runId: 'one', target: 't', selection: {} }, began);
  keepRequest(folder);
  keepStopped(folder, 'nothing more was sent: enough');
  const marker = readMarker(folder);
  assert.ok(marker);
  reopenRun(folder, marker, 0);
  keepRecords(folder, []);
  const { age, requests, stopped } = soFar(folder);
  assert.deepEqual([requests, stopped], [0, undefined]);
  assert.ok(age < 600_000, String(age));
});
