import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ahead } from '../../src/playwright/ahead.ts';

const items = ['a', 'b', 'c', 'd', 'e'];

function ahead(certain: readonly string[], count: number) {
  const begun: string[] = [];
  const work = async (item: string) => {
    begun.push(item);
    if (item === 'c') throw new Error('c fails');
    return item.toUpperCase();
  };
  return { begun, all: new Ahead(certain, count, work) };
}

test('what is certain is begun ahead, in its order and each once', async () => {
  const { begun, all } = ahead(items, 3);
  assert.equal(await all.result('a'), 'A');
  assert.deepEqual(begun, ['a', 'b', 'c']);
  assert.equal(await all.result('b'), 'B');
  await assert.rejects(all.result('c'), /c fails/);
  for (const item of ['d', 'e']) await all.result(item);
  assert.deepEqual(begun, items);
});

test('nothing else is: one that nobody announced begins alone', async () => {
  const { begun, all } = ahead([], 3);
  assert.equal(await all.result('b'), 'B');
  assert.deepEqual(begun, ['b']);
});

test('one that is asked for again is done again', async () => {
  const { begun, all } = ahead(items, 2);
  await all.result('a');
  await all.result('a');
  assert.deepEqual(begun, ['a', 'b', 'a']);
});
