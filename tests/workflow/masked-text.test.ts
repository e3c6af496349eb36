import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSameNumber } from '../../src/workflow/masked-text.ts';
import { fc } from '../property.ts';

const sent = '110-123-456789';

test('a number is itself, however it is divided or masked', () => {
  for (const shown of [
    sent,
    '110123456789',
    '1101 2345 6789',
    '110–123–456789',
    '110-***-456789',
    '110XXX456789',
    '110xxx456789',
    '110•••456789',
    '110●●●456789',
    '110###456789',
    '110********789',
    'XXX-XXX-XX6789',
  ])
    assert.equal(isSameNumber(shown, sent), true, shown);
});

test('one visible digit makes it another one', () => {
  for (const shown of [
    '110-123-456788',
    '11012345678',
    '1101234567890',
    '110-***-456788',
    '210XXX456789',
    '110********788',
    'XXX-XXX-XX6799',
  ])
    assert.equal(isSameNumber(shown, sent), false, shown);
});

test('too little of it says nothing', () => {
  for (const shown of ['***-***-******', '############', '●●●', '***6789', '110***', '1101*****67890'])
    assert.equal(isSameNumber(shown, sent), undefined, shown);
});

test('a mask over any of its places never makes it another one', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^\d{3,6}-?\d{2,4}-?\d{3,6}$/),
      fc.infiniteStream(fc.boolean()),
      fc.constantFrom('*', 'X', 'x', '•', '●', '#'),
      (number, hidden, mask) => {
        const shown = [...number].map((one) => (hidden.next().value === true ? mask : one)).join('');
        assert.notEqual(isSameNumber(shown, number), false);
      },
    ),
  );
});
