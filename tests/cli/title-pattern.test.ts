import assert from 'node:assert/strict';
import { test } from 'node:test';
import { titlePattern } from '../../src/cli/title-pattern.ts';

const title = ' over-time.spec.ts  ars-inquiry/request/regNo/missing @ars-inquiry @request';

test('a case is chosen by its id and tags, and not by the file of its suite', () => {
  const chosen = (pattern: RegExp) => new RegExp(titlePattern(pattern), 'i').test(title);
  for (const pattern of [
    /@request/,
    /^ars-inquiry/,
    /regno/i,
    /missing|nothing/,
    /^ars-inquiry.*@request$/,
  ]) {
    assert.ok(chosen(pattern), pattern.source);
  }
  for (const pattern of [/over-time/, /spec/, /^inquiry/, /^over|nothing/]) {
    assert.ok(!chosen(pattern), pattern.source);
  }
});
