import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { bodyChecker } from '../../src/contract/body-check.ts';
import { sharedContract, sharedContractVariable } from '../../src/contract/shared-contract.ts';
import { contract } from '../project.ts';

test('a process that is given the environment takes the same contract over, without reading the documents', () => {
  const env: NodeJS.ProcessEnv = {};
  assert.equal(
    sharedContract(env, () => contract),
    contract,
  );
  const file = env[sharedContractVariable] ?? '';
  assert.ok(existsSync(file));
  assert.equal(statSync(path.dirname(file)).mode & 0o077, 0, 'nobody else can read or change it');

  const taken = sharedContract({ ...env }, () => assert.fail('it reads the documents again'));
  assert.notEqual(taken, contract);
  assert.deepEqual(taken, contract);
});

test('what is taken over checks bodies as what was read does, beyond 2^53 too', () => {
  const env: NodeJS.ProcessEnv = {};
  sharedContract(env, () => contract);
  const taken = sharedContract(env, () => contract);
  const aspects = (id: string, from: typeof contract, userId: bigint) => {
    const schema = from.apis.find((api) => api.id === id)?.request.body.schema;
    assert.ok(schema);
    return bodyChecker(schema)({ userId }).breaches.map(({ pointer, aspect }) => `${pointer} ${aspect}`);
  };
  for (const { id } of contract.apis) {
    for (const userId of [0n, 1n, 9_999_999_999_999_999_999n, 10_000_000_000_000_000_000n, 10n ** 25n])
      assert.deepEqual(aspects(id, taken, userId), aspects(id, contract, userId), `${id} ${userId}`);
  }
  assert.deepEqual(aspects('account-info', taken, 9_999_999_999_999_999_999n), []);
  assert.deepEqual(aspects('account-info', taken, 10n ** 25n), ['/userId range']);
});

test('without one to take over the documents are read, and what is wrong with them is thrown', () => {
  const env: NodeJS.ProcessEnv = {};
  assert.throws(
    () =>
      sharedContract(env, () => {
        throw new RangeError('broken');
      }),
    /broken/,
  );
  assert.equal(env[sharedContractVariable], undefined);
});
