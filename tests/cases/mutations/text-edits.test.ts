import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearTexts, setTo, textEdits } from '../../../src/cases/mutations/text-edits.ts';
import { fc } from '../../property.ts';

const alphabets = {
  digits: /^[0-9]*$/,
  'hexadecimal digits': /^[0-9a-f]*$/,
  'upper-case hexadecimal digits': /^[0-9A-F]*$/,
  'lower-case letters': /^[a-z]*$/,
  'letters and digits': /^[A-Za-z0-9]*$/,
};

for (const [what, pattern] of Object.entries(alphabets)) {
  test(`an altered text of ${what} stays one, and differs in its last character alone`, () => {
    fc.assert(
      fc.property(fc.stringMatching(new RegExp(pattern.source.replace('*', '+'))), (text) => {
        const altered = textEdits.alter.apply(text);
        assert.match(altered, pattern);
        assert.equal(altered.length, text.length);
        assert.equal(altered.slice(0, -1), text.slice(0, -1));
        assert.notEqual(altered.toLowerCase(), text.toLowerCase());
      }),
    );
  });
}

test('what is no letter or digit is left alone as long as there is one', () => {
  assert.equal(textEdits.alter.apply('ab-9=='), 'ab-0==');
  assert.equal(textEdits.alter.apply('---'), '--0');
});

test('every other edit', () => {
  assert.equal(textEdits.cut.apply('aB1'), 'aB');
  assert.equal(textEdits.extend.apply('aB1'), 'aB11');
  assert.equal(textEdits.otherCase.apply('aB1é'), 'Ab1é');
  assert.equal(textEdits.remove.apply(), undefined);
  assert.equal(textEdits.empty.apply(), '');
  assert.equal(setTo('x').apply('aB1'), 'x');
});

test('near texts are all those that give most of a key away', () => {
  assert.deepEqual(nearTexts('Key-12'), ['Key-1', 'Key-122', 'Key-13', 'kEY-12']);
});
