import assert from 'node:assert/strict';
import { test } from 'node:test';
import { splitNames } from '../../src/pages/catalogue.ts';
import { fc } from '../property.ts';

const NAMES = ['Send a Parcel', 'Send', 'Send a Parcel Home', '소포 조회', 'Card'];

test('a text made of names is covered, names come again, white space may stand between', () => {
  assert.deepEqual(splitNames('SendCard Send소포 조회', NAMES), {
    ok: true,
    sequence: ['Send', 'Card', 'Send', '소포 조회'],
  });
});

test('of several interpretations the longest name counts, yet a shorter one if only that leads on', () => {
  assert.deepEqual(splitNames('Send a Parcel Home', NAMES), {
    ok: true,
    sequence: ['Send a Parcel Home'],
  });
  assert.deepEqual(splitNames('abc', ['ab', 'a', 'bc']), { ok: true, sequence: ['a', 'bc'] });
});

test('an unknown name is found where it begins', () => {
  assert.deepEqual(splitNames('SendSend a Letter', NAMES), { ok: false, at: 9, rest: 'a Letter' });
  assert.deepEqual(splitNames('SendCar', NAMES), { ok: false, at: 4, rest: 'Car' });
});

test('without names only the empty text is covered', () => {
  assert.deepEqual(splitNames('', []), { ok: true, sequence: [] });
  assert.equal(splitNames('x', ['']).ok, false);
});

test('any concatenation is covered by its names, and what is returned concatenates to it', () => {
  const name = fc.string({ unit: fc.constantFrom('a', 'b', '동', ' '), minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(fc.array(name.map((one) => one.trim()).filter(Boolean), { maxLength: 20 }), (names) => {
      const covering = splitNames(names.join(''), names);
      assert.ok(covering.ok);
      assert.equal(covering.sequence.join('').replaceAll(' ', ''), names.join('').replaceAll(' ', ''));
      for (const one of covering.sequence) assert.ok(names.includes(one));
    }),
  );
});
