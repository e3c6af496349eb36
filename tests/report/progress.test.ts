import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Progress } from '../../src/report/render/progress.ts';

test('the progress tells a reason once, in one line, and marks every other case', () => {
  let text = '';
  const write = (part: string) => {
    text += part;
  };
  const progress = new Progress({ write, columns: 100 }, 5);
  const reason = '/response/code\n  expected  000_000\n  actual    999_999\n\nDocumented: …';
  progress.ended('a/one', 'failed', reason);
  progress.ended('a/two', 'passed', undefined);
  progress.ended('a/three', 'failed', reason);
  progress.ended('a/four', 'failed', 'another reason');
  progress.ended('a/five', 'skipped', 'no data');
  progress.done();
  assert.equal(
    text,
    '✗ a/one  /response/code expected 000_000 actual 999_999\n.✗\n✗ a/four  another reason\n- a/five  no data\n',
  );
});
