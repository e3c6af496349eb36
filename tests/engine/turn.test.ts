import assert from 'node:assert/strict';
import { test } from 'node:test';
import { casesOfAnyTarget } from '../../src/cases/any-target.ts';
import type { Case } from '../../src/cases/case.ts';
import { turnsOf } from '../../src/engine/turn.ts';
import { contract } from '../project.ts';

const [document] = contract.workflows;
assert.ok(document);
const cases = casesOfAnyTarget(contract).map(
  (one): Case => ({
    ...one,
    plan: { ready: true, body: {}, mutation: undefined },
  }),
);
const ofWorkflow = cases.filter(({ api }) => document.apis.includes(api.id));
const free = cases.filter(({ api }) => !document.apis.includes(api.id));

test('the APIs of a workflow are one group, every other is one by itself', () => {
  const turnOf = turnsOf(contract);
  assert.equal(new Set(ofWorkflow.map((one) => turnOf(one).group)).size, 1);
  for (const one of free) assert.equal(turnOf(one).group, one.api.id);
  assert.ok(free.length > 0);
});

test('documents that share an API make one group', () => {
  const [a = '', b = '', c = ''] = contract.apis.map(({ id }) => id);
  const documents = [
    { ...document, id: 'one', apis: [a] },
    { ...document, id: 'two', apis: [b] },
    { ...document, id: 'both', apis: [a, b] },
  ];
  const turnOf = turnsOf({ workflows: documents });
  const groupOf = (id: string) => cases.flatMap((one) => (one.api.id === id ? turnOf(one).group : []))[0];
  assert.equal(groupOf(a), groupOf(b));
  assert.notEqual(groupOf(a), groupOf(c));
});

test('what may change the state is alone: requests to be taken by what writes or deletes, and workflows', () => {
  const turnOf = turnsOf(contract);
  for (const one of cases) {
    const { alone } = turnOf(one);
    const { kind } = one.expectation;
    if (kind === 'workflow') assert.equal(alone, true, one.id);
    else if (one.api.effect === 'reads') assert.equal(alone, false, one.id);
    else if (kind !== 'rejected') assert.equal(alone, true, one.id);
  }
});

test('a request to be rejected is not, but for the first that has its control sent', () => {
  for (const effect of ['writes', 'deletes']) {
    const turnOf = turnsOf(contract);
    const rejected = cases.filter(
      ({ api, expectation }) => api.effect === effect && expectation.kind === 'rejected',
    );
    assert.ok(rejected.length > 10, effect);
    const alone = rejected.filter((one) => turnOf(one).alone);
    const controls = new Set(
      rejected.map(
        ({ api, expectation }) => expectation.kind === 'rejected' && `${api.id} ${expectation.control.id}`,
      ),
    );
    assert.equal(alone.length, controls.size);
  }
});

test('nothing is sent for one that is not ready, so it waits for nobody', () => {
  const turnOf = turnsOf(contract);
  for (const one of casesOfAnyTarget(contract)) assert.equal(turnOf(one).alone, false);
});
