import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formats } from '../../src/contract/formats.ts';
import { explains, patternOf, samplesOf } from '../../src/pages/check/form.ts';

test('a text written by a form is one of that form, and not when it is longer or shorter', () => {
  for (const [form, format] of [
    ['YYYYMMDDHHMMSS', 'compact-date-time'],
    ['YYYYMMDDHH24MISS', 'compact-date-time'],
    ['YYMM', 'yymm'],
  ] as const) {
    const samples = samplesOf(form, []);
    assert.ok(samples !== undefined, form);
    assert.ok(samples.allowed.every(formats[format]), form);
    assert.ok(!samples.refused.some(formats[format]), form);
  }
  assert.ok(!samplesOf('MMYY', [])?.allowed.every(formats.yymm));
});

test('explanations: the number of digits must be that of the word, and hex is not decimal', () => {
  const form = 'yyMMddHHmiSS-xxxxxxx';
  const fits = (line: string) => {
    const samples = samplesOf(form, [line]);
    return (
      samples?.allowed.every(formats['correlation-id']) === true &&
      !samples.refused.some(formats['correlation-id'])
    );
  };
  assert.equal(fits('• xxxxxxx : 7digit, Hex String'), true);
  assert.equal(fits('• xxxxxxx : 8digit, Hex String'), false);
  assert.equal(fits('• xxxxxxx : 7digit, String'), false);
  assert.equal(explains('• xxxxxxx : 7digit', form), true);
  assert.equal(explains('• depot : 7digit', form), false);
  assert.equal(explains('Note', form), false);
});

test('a form with an unknown word is not understood; a pattern is drafted for one that is', () => {
  assert.equal(samplesOf('depot-no', []), undefined);
  assert.equal(patternOf('depot-no', []), undefined);
  assert.equal(patternOf('YYYY-MM-DD', []), '^[0-9]{4}-[0-9]{2}-[0-9]{2}$');
});
