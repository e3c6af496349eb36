import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { headerValues, pairHeaders } from '../../src/wire/headers.ts';

describe('headers', () => {
  const headers = pairHeaders(['X-A', '1', 'x-b', '2', 'x-a', '3', 'dangling']);

  it('are paired in order, an odd end left out', () => {
    assert.deepEqual(headers, [
      ['X-A', '1'],
      ['x-b', '2'],
      ['x-a', '3'],
    ]);
  });

  it('are found whatever their case, every one', () => {
    assert.deepEqual(headerValues(headers, 'x-A'), ['1', '3']);
    assert.deepEqual(headerValues(headers, 'x-'), []);
  });
});
