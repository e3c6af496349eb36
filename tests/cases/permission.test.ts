import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allCases } from '../../src/cases/all-cases.ts';
import type { Case } from '../../src/cases/case.ts';
import type { Permission } from '../../src/cases/permission.ts';
import { readProfile } from '../../src/run/plan.ts';
import { contract } from '../project.ts';

const { testData, notTestable } = readProfile('embedded', contract, {});

function casesWith(permission: Permission): readonly Case[] {
  return allCases(contract, { testData, notTestable, acceptsOnlyPreparedData: false, ...permission }, 1);
}

const free = casesWith({});

/** The cases that are ready without any limit, and not with these. */
function lostWith(permission: Permission): readonly Case[] {
  const cases = casesWith(permission);
  return free.filter((one, index) => one.plan.ready && !cases[index]?.plan.ready);
}

const readyWith = (permission: Permission) => casesWith(permission).filter(({ plan }) => plan.ready);

test('the same cases are there whatever the profile allows', () => {
  const ids = free.map(({ id }) => id);
  for (const effects of ['read-only', 'prepared', 'any'] as const) {
    assert.deepEqual(
      casesWith({ effects, robustness: false }).map(({ id }) => id),
      ids,
    );
  }
  assert.deepEqual(lostWith({ effects: 'any', robustness: true }), []);
});

test('with reads only nothing goes to an operation that writes or deletes, and all else as before', () => {
  const isRejected = ({ plan, api, expectation }: Case) =>
    plan.ready && api.effect === 'writes' && expectation.kind === 'rejected';
  assert.ok(free.some(isRejected));
  for (const { api, id } of readyWith({ effects: 'read-only' })) assert.equal(api.effect, 'reads', id);
  const others = lostWith({ effects: 'read-only' }).filter(
    ({ api, kind }) => api.effect === 'reads' && kind !== 'workflow',
  );
  assert.deepEqual([...new Set(others.map(({ id }) => id.split('/').slice(1).join('/')))].sort(), [
    'robustness/get',
    'robustness/put',
    'robustness/unknown-path',
  ]);
  const reasons = casesWith({ effects: 'read-only' }).flatMap(({ plan, api, kind }) =>
    plan.ready || (api.effect === 'reads' && kind !== 'workflow') ? [] : [plan.reason],
  );
  assert.deepEqual([...new Set(reasons)].sort(), [
    'the profile allows reads only: this operation deletes',
    'the profile allows reads only: this operation writes',
    'the profile allows reads only: this workflow writes',
  ]);
});

test('what a profile forbids is no gap in its test data', () => {
  const nothing = { testData: new Map(), notTestable: new Map(), acceptsOnlyPreparedData: false };
  for (const { plan, api, kind, id } of allCases(contract, { ...nothing, effects: 'read-only' }, 1)) {
    const isForbidden = api.effect !== 'reads' || kind === 'workflow';
    assert.equal(!plan.ready && plan.acknowledged, isForbidden, id);
  }
});

test('prepared: what changes something gets prepared requests and broken ones, and no other valid one', () => {
  const lost = lostWith({ effects: 'prepared' });
  assert.ok(lost.some(({ kind }) => kind !== 'workflow'));
  for (const { plan, expectation, api, kind, id } of lost) {
    assert.ok(plan.ready);
    if (kind === 'workflow') continue;
    assert.notEqual(api.effect, 'reads', id);
    const mayBeTaken = plan.mutation?.at === 'body' && expectation.kind !== 'rejected';
    assert.ok(mayBeTaken || plan.control !== undefined, id);
  }
  for (const { plan, expectation, api, kind, id } of readyWith({ effects: 'prepared' })) {
    assert.ok(plan.ready && kind !== 'workflow', id);
    if (api.effect === 'reads') continue;
    assert.equal(plan.control, undefined, id);
    if (plan.mutation?.at === 'body') assert.equal(expectation.kind, 'rejected', id);
  }
});

test('without robustness no request is sent that no page speaks of', () => {
  const lost = lostWith({ robustness: false });
  assert.ok(lost.length > 10);
  assert.deepEqual([...new Set(lost.map(({ kind }) => kind))], ['robustness']);
  assert.ok(!readyWith({ robustness: false }).some(({ kind }) => kind === 'robustness'));
});
