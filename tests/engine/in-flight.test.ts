import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InFlight, inOrder } from '../../src/engine/in-flight.ts';

/** Work that ends when it is told, and a list of what has begun. */
class Bench {
  readonly begun: string[] = [];
  readonly #ends = new Map<string, () => void>();
  readonly #inFlight: InFlight;

  constructor(limit: number) {
    this.#inFlight = new InFlight(limit);
  }

  add(name: string, group: string, alone = false): Promise<string> {
    return this.#inFlight.do({ group, alone }, async () => {
      this.begun.push(name);
      await new Promise<void>((resolve) => this.#ends.set(name, resolve));
      if (name.startsWith('fails')) throw new Error(name);
      return name;
    });
  }

  /** Ends one, and lets what follows of it happen. */
  async end(name: string): Promise<void> {
    this.#ends.get(name)?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('so many are under way as the limit says, and the next begins when one ends, however it ends', async () => {
  const bench = new Bench(2);
  const fails = bench.add('fails', 'a');
  for (const name of ['b', 'c', 'd']) void bench.add(name, 'a');
  assert.deepEqual(bench.begun, ['fails', 'b']);
  const rejected = assert.rejects(fails, /fails/);
  await bench.end('fails');
  await rejected;
  assert.deepEqual(bench.begun, ['fails', 'b', 'c']);
});

test('one that must be alone waits for all before it in its group, and all behind it wait for it', async () => {
  const bench = new Bench(9);
  for (const name of ['r1', 'r2']) void bench.add(name, 'state');
  void bench.add('w1', 'state', true);
  void bench.add('r3', 'state');
  void bench.add('w2', 'state', true);
  void bench.add('free', 'other');
  assert.deepEqual(bench.begun, ['r1', 'r2', 'free']);
  await bench.end('r1');
  assert.deepEqual(bench.begun, ['r1', 'r2', 'free']);
  await bench.end('r2');
  assert.deepEqual(bench.begun.slice(3), ['w1']);
  await bench.end('w1');
  assert.deepEqual(bench.begun.slice(3), ['w1', 'r3']);
  await bench.end('r3');
  assert.deepEqual(bench.begun.slice(3), ['w1', 'r3', 'w2']);
});

test('results come in the order of the items, and no more is begun ahead of whoever takes them', async () => {
  const bench = new Bench(9);
  const taken: string[] = [];
  const all = (async () => {
    const items = inOrder(['a', 'b', 'c', 'd'], 2, (name) => bench.add(name, 'group'));
    for await (const name of items) taken.push(name);
  })();
  await bench.end('');
  assert.deepEqual(bench.begun, ['a', 'b']);
  await bench.end('b');
  assert.deepEqual([bench.begun, taken], [['a', 'b'], []]);
  await bench.end('a');
  assert.deepEqual(
    [bench.begun, taken],
    [
      ['a', 'b', 'c', 'd'],
      ['a', 'b'],
    ],
  );
  for (const name of ['d', 'c']) await bench.end(name);
  await all;
  assert.deepEqual(taken, ['a', 'b', 'c', 'd']);
});
