import assert from 'node:assert/strict';
import { test } from 'node:test';
import { showValue } from '../../src/judge/value.ts';

test('what looks like something else is written out, what a reader knows is not', () => {
  assert.equal(showValue('Success\u00a0.', undefined), '"Success\\u00a0."');
  assert.equal(showValue('Suc\u200bcess.', undefined), '"Suc\\u200bcess."');
  assert.equal(showValue('Su\u0441cess.', undefined), '"Su\\u0441cess."');
  assert.equal(showValue('Cafe\u0301', undefined), '"Cafe\\u0301"');
  assert.equal(showValue('\u{e0041}x', undefined), '"\\udb40\\udc41x"');
  assert.equal(showValue('Success. 은행 계좌, café', undefined), '"Success. 은행 계좌, café"');
});

test('of a sensitive value nothing is told but its length', () => {
  assert.equal(showValue('0123', 'personal'), 'a hidden string of 4 characters');
});
