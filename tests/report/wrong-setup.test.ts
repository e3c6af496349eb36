import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseRecord } from '../../src/record/record.ts';
import { withoutWrongSetup } from '../../src/report/ledger/wrong-setup.ts';
import { brokenRecord, sampleRecord } from './samples.ts';

const ids = ['ars-inquiry/succeeded', 'account-info/succeeded', 'account-delete/succeeded'] as const;

/** The outcomes of some scenarios that were each answered so; `different` is what the last one came to. */
function outcomesOf(
  answered: NonNullable<CaseRecord['answered']>,
  different: Partial<CaseRecord> = {},
): readonly string[] {
  const records = ids.map((id, index) =>
    brokenRecord(id, { answered, ...(index === ids.length - 1 ? different : {}) }),
  );
  return withoutWrongSetup(records).map(({ outcome }) => outcome);
}

test('the same refusal of every prepared request is a mistake of the setup', () => {
  for (const status of [401, 403, 404, 405]) {
    assert.deepEqual(outcomesOf({ status }), Array(3).fill('setup-error'), String(status));
    assert.deepEqual(outcomesOf({ status, code: '900_007' }), Array(3).fill('setup-error'), String(status));
  }
  for (const status of [200, 400, 402, 406, 500]) {
    assert.deepEqual(outcomesOf({ status }), Array(3).fill('violates'), String(status));
  }
});

test('a single other answer makes it the doing of the target', () => {
  for (const other of [{ status: 200 }, { status: 400 }, { status: 401 }]) {
    assert.deepEqual(outcomesOf({ status: 404 }, { answered: other }), Array(3).fill('violates'));
  }
  // The documented code is an answer of the API, whatever the status.
  assert.deepEqual(
    outcomesOf({ status: 404 }, { answered: { status: 404, code: '000_000' } }),
    Array(3).fill('violates'),
  );
  const kept = withoutWrongSetup([
    ...ids.map((id) => brokenRecord(id, { answered: { status: 404 } })),
    sampleRecord('ars-inquiry/unknown-number', { answered: { status: 400, code: '002_019' } }),
  ]);
  assert.ok(kept.every(({ outcome }) => outcome !== 'setup-error'));
});

test('a page with 404 tells a wrong path, and a page with 403 nothing of the credentials', () => {
  const page = (status: number) => outcomesOf({ status }, { outcome: 'target-error', findings: [] });
  assert.deepEqual(page(404), Array(3).fill('setup-error'));
  assert.deepEqual(page(403), ['setup-error', 'setup-error', 'target-error']);
});

test('it is told in one sentence, and nothing is called broken', () => {
  const told = withoutWrongSetup(ids.map((id) => brokenRecord(id, { answered: { status: 404 } })));
  assert.deepEqual(
    [...new Set(told.map(({ reason }) => reason))],
    [
      'nothing of the API is where baseUrl leads: HTTP 404 to every prepared request; check its path, such as https://host/open-api',
    ],
  );
  assert.ok(told.every(({ findings }) => findings.length === 0));
});

test('without any answer there is nothing to tell', () => {
  const lost = ids.map((id) => sampleRecord(id, { outcome: 'target-error', reason: 'refused' }));
  assert.deepEqual(withoutWrongSetup(lost), lost);
});
