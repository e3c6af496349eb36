import assert from 'node:assert/strict';
import { it } from 'node:test';
import { allCases } from '../../src/cases/all-cases.ts';
import { choice } from '../../src/run/chosen.ts';
import { loadProfile } from '../../src/target/load.ts';
import { contract } from '../project.ts';

const cases = allCases(contract, loadProfile('embedded', { env: {} }), 1);

const chosen = (wish: Parameters<typeof choice>[0]) => cases.filter(choice(wish));

it('chooses every case where nothing is chosen', () => assert.equal(chosen(undefined).length, cases.length));

it('chooses by id, exactly', () => {
  const ids = ['account-info/succeeded', 'ars-inquiry/succeeded'];
  assert.deepEqual(
    chosen({ cases: ids })
      .map(({ id }) => id)
      .sort(),
    ids,
  );
});

it('chooses by a pattern for id and tags, not for anything else, small or capital', () => {
  assert.deepEqual(
    chosen({ matching: '^Account-Info/succeeded( |$)' }).map(({ id }) => id),
    ['account-info/succeeded'],
  );
  const integrity = chosen({ matching: '@integrity' });
  assert.ok(integrity.length > 0 && integrity.every(({ kind }) => kind === 'integrity'));
  assert.deepEqual(chosen({ matching: 'spec\\.ts' }), []);
});
