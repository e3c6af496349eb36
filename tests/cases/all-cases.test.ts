import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allCases } from '../../src/cases/all-cases.ts';
import { contractFolders, loadContract } from '../../src/contract/load.ts';
import { loadUntested } from '../../src/contract/untested.ts';
import { checkBody } from '../../src/engine/self-check.ts';
import { isJsonObject } from '../../src/json/json.ts';
import { loadProfile } from '../../src/target/load.ts';

const folders = contractFolders(`${import.meta.dirname}/../..`);
const contract = loadContract(folders);
const embedded = loadProfile('embedded', { env: {} });
const cases = allCases(contract, embedded, 1);
const nothing = { testData: new Map(), notTestable: new Map(), acceptsOnlyPreparedData: true };

test('ids are unique, and the same whatever the target has', () => {
  const ids = cases.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  assert.ok(ids.length > 300);
  assert.deepEqual(
    allCases(contract, nothing, 1).map(({ id }) => id),
    ids,
  );
});

test('every clause of a case is in the register', () => {
  for (const { id, clauses } of cases) {
    for (const clause of clauses) assert.ok(contract.clauses.has(clause), `${id}: ${clause}`);
  }
});

test('every clause of a request that its page has is tested, save those for a written reason', () => {
  const reasoned = loadUntested(folders, contract).reasons;
  const tested = new Set(cases.flatMap(({ clauses }) => clauses));
  const untested = [...contract.clauses.values()]
    .filter(({ subject, id }) => (subject === 'request' || subject === 'behaviour') && !tested.has(id))
    .map(({ id }) => id)
    .filter((id) => !reasoned.has(id));
  assert.deepEqual(untested, []);
});

test('a changed body breaks the clause that its case declares, and no other', () => {
  for (const one of cases) {
    if (one.plan.ready) checkBody(one, one.plan.body, embedded.testData);
  }
  const changed = cases.find(({ id }) => id === 'ars-inquiry/request/regNo/of-23-characters');
  assert.ok(changed?.plan.ready && isJsonObject(changed.plan.body));
  const two = { ...changed, plan: { ...changed.plan, body: { regNo: 5 } } };
  assert.throws(
    () => checkBody(two, two.plan.body, embedded.testData),
    /breaks ars-inquiry\.request\.regNo\.type/,
  );
});

test('a value that one interpretation allows is observed, one that none allows is to be rejected', () => {
  const kindOf = (id: string) => cases.find((one) => one.id === id)?.expectation.kind;
  assert.equal(kindOf('ars-inquiry/request/regNo/of-21-characters'), 'observed');
  assert.equal(kindOf('ars-inquiry/request/regNo/of-23-characters'), 'rejected');
  assert.equal(kindOf('account-info/request/userId/of-10000000000000000000'), 'observed');
  assert.equal(kindOf('account-info/request/userId/of-100000000000000000000'), 'rejected');
  assert.equal(kindOf('account-delete/request/userId/of-10000000000000000000'), 'rejected');
  assert.equal(kindOf('linkable-cards/request/userId/of-9999999999999999999'), 'understood');
  // The page has no failure but a bad value for a member that there is not.
  assert.equal(kindOf('account-delete/request/userId/of-9999999999999999999'), 'observed');
});

test('which interpretation the other padding of a token shows depends on the padding of the control', () => {
  const shown = (tokenPadding: 'padded' | 'unpadded') => {
    const { expectation } =
      allCases(contract, { ...nothing, wire: { tokenPadding } }, 1).find(
        ({ id }) => id === 'ars-inquiry/integrity/token/other-padding',
      ) ?? {};
    return expectation?.kind === 'observed' ? [expectation.accepted, expectation.rejected] : [];
  };
  const [padded, unpadded] = ['tran-token-length.padded', 'tran-token-length.unpadded'];
  assert.deepEqual(shown('padded'), [unpadded, padded]);
  assert.deepEqual(shown('unpadded'), [padded, unpadded]);
});

test('a prepared request that has a fault already is not sent as if it had been given it', () => {
  const planWith = (regNo: string, id: string) => {
    const testData = new Map([['ars-inquiry/succeeded', { regNo }]]);
    return allCases(contract, { ...nothing, testData, acceptsOnlyPreparedData: false }, 1).find(
      (one) => one.id === `ars-inquiry/request/regNo/${id}`,
    )?.plan;
  };
  const faulty = planWith('1'.repeat(23), 'of-23-characters');
  assert.ok(faulty && !faulty.ready && !faulty.acknowledged);
  assert.match(faulty.reason, /ars-inquiry\/succeeded has this fault already/);
  const good = planWith('1'.repeat(22), 'of-23-characters');
  assert.ok(good?.ready && good.mutation?.name === 'of-23-characters');
  // What either interpretation allows can be sent once more as it is.
  const asPrepared = planWith('1'.repeat(21), 'of-21-characters');
  assert.ok(asPrepared?.ready && asPrepared.mutation === undefined);
});

test('made values lie within the limits of every interpretation, follow the seed and keep every digit', () => {
  const madeWith = (seed: number) =>
    allCases(contract, embedded, seed).flatMap(({ id, plan }) =>
      id.endsWith('/of-a-made-value') && plan.ready && isJsonObject(plan.body) ? [plan.body] : [],
    );
  const seeds = [1, 2, 3, 4, 5, 6, 7, 8].map(madeWith);
  assert.deepEqual(seeds[0], madeWith(1));
  assert.notDeepEqual(seeds[0], seeds[1]);
  const members = seeds
    .flat()
    .flatMap(({ userId }) => (userId === undefined ? [] : [BigInt(String(userId))]));
  assert.ok(members.some((id) => id > 2n ** 53n && id !== BigInt(Number(id))));
  assert.ok(members.every((id) => id >= 1n && id <= 9999999999999999999n));
  for (const { regNo } of seeds.flat()) if (regNo !== undefined) assert.match(String(regNo), /^\d{22}$/);
});

test('the control of an API that starts something starts nothing', () => {
  const control = (api: string) => {
    const found = cases.find((one) => one.api.id === api && one.expectation.kind === 'graceful');
    return found?.expectation.kind === 'graceful' ? found.expectation.control.id : undefined;
  };
  assert.equal(control('ars-register'), 'ars-register/still-in-progress');
  assert.equal(control('ars-inquiry'), 'ars-inquiry/succeeded');
});

test('a target of prepared data alone gets no other valid request, and says so by name', () => {
  const careful = allCases(contract, { ...nothing, testData: embedded.testData }, 1);
  const prepared = careful.filter(({ api }) => api.scenarios.some(({ id }) => embedded.testData.has(id)));
  const kept = prepared.filter(({ plan, kind }) => kind !== 'scenario' && !plan.ready);
  assert.deepEqual(
    kept.map(({ id }) => id),
    [
      'ars-inquiry/request/regNo/of-a-made-value',
      'ars-inquiry/request/regNo/of-22-korean-characters',
      ...['account-info', 'account-delete', 'linkable-cards'].flatMap((api) =>
        ['of-1', 'of-9999999999999999999', 'of-a-made-value'].map(
          (value) => `${api}/request/userId/${value}`,
        ),
      ),
      ...['physicalCardNo/of-a-made-value', 'physicalCardNo/of-16-korean-characters'].map(
        (one) => `linkable-cards/request/${one}`,
      ),
      ...['physicalCardCVC/of-a-made-value', 'physicalCardCVC/of-3-korean-characters'].map(
        (one) => `linkable-cards/request/${one}`,
      ),
      'ars-register/workflow/registered-account',
    ],
  );
  for (const { plan } of kept) assert.ok(!plan.ready && plan.acknowledged);
});

test('a sixth API without any code gets its cases', () => {
  const [first] = contract.apis;
  assert.ok(first);
  const sixth = { ...first, id: 'sixth' };
  const ids = allCases({ ...contract, workflows: [], apis: [sixth] }, nothing, 1).map(({ id }) => id);
  assert.ok(ids.some((id) => id === 'sixth/robustness/get'));
});
