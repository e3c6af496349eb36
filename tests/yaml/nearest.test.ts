import assert from 'node:assert/strict';
import { test } from 'node:test';
import { didYouMean, nearest } from '../../src/yaml/nearest.ts';

test('the nearest name, up to a third of its letters', () => {
  assert.equal(nearest('timezone', ['tls', 'timeZone', 'timeouts']), 'timeZone');
  assert.equal(
    nearest('ars-inquiry/suceeded', ['ars-inquiry/succeeded', 'account-info/succeeded']),
    'ars-inquiry/succeeded',
  );
  assert.equal(nearest('abcxyz', ['abcdef']), undefined);
  assert.equal(nearest('abcdxy', ['abcdef']), 'abcdef');
  assert.equal(nearest('x', ['ab']), undefined);
  assert.equal(didYouMean('x', []), '');
});
