import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inClear, markedFields } from '../../src/redact/in-clear.ts';
import { sensitiveNames, sensitiveValues } from '../../src/redact/mask.ts';
import { loadProfile } from '../../src/target/load.ts';
import { ProfileError } from '../../src/target/problem.ts';
import { contract } from '../report/samples.ts';
import { complete, folderWith, keys } from './helper.ts';

test('a field of persons may be shown in clear, keys and card numbers never; a mistyped name is told', (t) => {
  const folder = folderWith(t, {
    'good.yaml': `${complete}showInClear: [userId, regNo]\n`,
    'bad.yaml': `${complete}showInClear: [userID, cardNo, physicalCardCVC, something]\n`,
  });
  const load = (file: string) =>
    loadProfile(`${folder}/${file}`, { env: keys, fields: markedFields(contract) });
  assert.deepEqual(load('good.yaml').showInClear, ['userId', 'regNo']);
  assert.throws(
    () => load('bad.yaml'),
    (error) => {
      assert.ok(error instanceof ProfileError);
      assert.deepEqual(
        error.problems.map(({ pointer, message }) => `${pointer}: ${message}`),
        [
          '/showInClear/0: no such field (did you mean "userId"?)',
          '/showInClear/1: cardNo is never shown: keys, card numbers and what goes with them stay masked',
          '/showInClear/2: physicalCardCVC is never shown: keys, card numbers and what goes with them stay masked',
          '/showInClear/3: no such field; there are userId, bankAccount, userName, birthDate, bankAccRegNo, regNo',
        ],
      );
      return true;
    },
  );
});

test('what is shown in clear is marked nowhere, and everything else as before', () => {
  const shown = inClear(contract, ['userId']);
  assert.ok(!sensitiveNames(shown).has('userid'));
  assert.equal(sensitiveNames(shown).size, sensitiveNames(contract).size - 1);
  const api = shown.apis.find(({ id }) => id === 'account-info');
  assert.ok(api);
  const body = { userId: 9999999999999999999n, userName: 'x' };
  assert.deepEqual(sensitiveValues(body, [api.request.body.schema]), []);
  assert.equal(inClear(contract, []), contract);
});
