import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Progress } from '../../src/report/render/progress.ts';

/** What is printed where nobody watches. */
function printed(tell: (progress: Progress) => void): readonly string[] {
  let text = '';
  const progress = new Progress({ write: (more) => (text += more) }, 9);
  tell(progress);
  progress.done();
  return text.split('\n').filter((line) => line !== '');
}

test('cases that are skipped for the same reason have one line with their count', () => {
  assert.deepEqual(
    printed((progress) => {
      for (const id of ['a', 'b', 'c', 'd']) {
        progress.ended(id, 'skipped', id === 'c' ? 'not-testable: no data' : 'not-exercised: nobody there');
      }
    }),
    ['- 3 cases  not-exercised: nobody there', '- c  not-testable: no data'],
  );
});

test('what was skipped is told before the next case that was not, in its place', () => {
  assert.deepEqual(
    printed((progress) => {
      progress.ended('a', 'passed', undefined);
      progress.ended('b', 'skipped', 'why');
      progress.ended('c', 'failed', 'broken');
      progress.ended('d', 'skipped', 'why');
      progress.ended('e', 'interrupted', undefined);
    }),
    ['.', '- b  why', '✗ c  broken', '- d  why', '- e'],
  );
});
