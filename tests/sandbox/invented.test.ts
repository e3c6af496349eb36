import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { assessFault, assessVariant } from '../../mutation/assess.ts';
import { openFixture } from '../../mutation/fixture.ts';
import { tryOne } from '../../mutation/try.ts';
import { allFaults } from '../../sandbox/faults/catalogue.ts';
import type { Fault } from '../../sandbox/faults/fault.ts';
import { startSandbox } from '../../sandbox/start.ts';
import { allCases } from '../../src/cases/all-cases.ts';
import { contractFolders, loadContract } from '../../src/contract/load.ts';
import { openEngine } from '../../src/engine/engine.ts';
import type { JsonObject } from '../../src/json/json.ts';
import { redactNothing } from '../../src/redact/redactor.ts';
import { readProfile } from '../../src/run/plan.ts';
import { documentsWith } from '../documents/copy.ts';
import { call } from './client.ts';

// APIs that nobody has written a line of code for: what the embedded target does with them comes from the documents.
const documents = documentsWith('parcels', { after });
const contract = loadContract(contractFolders(documents));
const ids: readonly string[] = ['parcel-book', 'parcel-lost', 'depots-open'];
const apis = contract.apis.filter(({ id }) => ids.includes(id));
const sandbox = await startSandbox({ contract });
after(() => sandbox.close());
const profile = readProfile(sandbox.profilePath, contract, {});
assert.ok(profile.kind === 'ready');

describe('the embedded target with APIs that are YAML alone', () => {
  it('has test data for each scenario, or says why not', () => {
    const scenarios = apis.flatMap((api) => api.scenarios.map(({ id }) => id));
    assert.deepEqual(
      scenarios.filter((id) => !profile.testData.has(id)),
      ['depots-open/unknown'],
    );
    assert.match(profile.notTestable.get('depots-open/unknown') ?? '', /could not differ from .*\/open/);
  });

  it('keeps the data of the project’s own APIs', () => {
    assert.deepEqual(profile.testData.get('account-info/succeeded'), { userId: 9876543210123456789n });
  });

  it('is told apart by its own checks from whoever breaks a limit, and conforms to every case', async () => {
    const engine = openEngine({ contract, profile, seed: 1, redactor: redactNothing });
    const outcomes = new Map<string, string[]>();
    for (const one of allCases(contract, profile, 1).filter(({ api }) => ids.includes(api.id))) {
      const { id, outcome, acknowledged } = await engine.run(one);
      const is = outcome === 'not-testable' && acknowledged ? 'acknowledged' : outcome;
      outcomes.set(is, [...(outcomes.get(is) ?? []), id]);
    }
    await engine.close();
    assert.deepEqual([...outcomes.keys()].sort(), ['acknowledged', 'conforms']);
  });

  const booked = prepared('parcel-book/booked');

  it('answers the prepared requests as their scenarios say, body and all', async () => {
    for (const api of apis) {
      for (const { id, status, code } of api.scenarios) {
        const request = profile.testData.get(id);
        if (request === undefined) continue;
        const reply = await call(sandbox, api, request);
        assert.deepEqual([id, reply.status, reply.code], [id, status, code]);
      }
    }
    const { body } = await call(sandbox, apiOf('parcel-book'), booked);
    assert.equal(body.state, 'BOOKED');
    assert.equal(body.senderId, booked.senderId);
    assert.equal(typeof body.senderId, 'bigint');
    const waits = await call(sandbox, apiOf('parcel-book'), prepared('parcel-book/waits'));
    assert.deepEqual([waits.body.state, waits.body.stops], ['WAITING', []]);
  });

  it('answers another valid request with a success, the same one each time', async () => {
    const other = { ...booked, senderId: 9007199254740993n };
    const [one, again] = [
      await call(sandbox, apiOf('parcel-book'), other),
      await call(sandbox, apiOf('parcel-book'), other),
    ];
    assert.deepEqual([one.status, one.code, one.body.senderId], [200, '000_000', 9007199254740993n]);
    assert.deepEqual(one.body, again.body);
  });

  const receiver = { name: 'N', phone: '123456789' };
  const items = [{ sku: '12345678', count: 1 }];
  const bad: Readonly<Record<string, JsonObject>> = {
    'a nested text that is too long': { receiver: { ...receiver, name: 'N'.repeat(21) } },
    'a nested number as text that has not its form': { receiver: { ...receiver, phone: '12345678x' } },
    'a nested field that is missing': { receiver: { name: 'N' } },
    'a nested number that is too small': { receiver: { ...receiver, floor: -4 } },
    'an element that is none': { items: [...items, null] },
    'a number out of range in the second element': { items: [...items, { sku: '12345678', count: 100 }] },
    'a list that is empty where it may not be': { items: [] },
    'a value that is not documented': { speed: 'SLOWER' },
    'a truth in quotes': { insured: 'true' },
    'an integer beyond nineteen digits': { senderId: 10_000_000_000_000_000_000n },
  };
  for (const [what, change] of Object.entries(bad)) {
    it(`refuses ${what}`, async () => {
      const { status, code } = await call(sandbox, apiOf('parcel-book'), { ...booked, ...change });
      assert.deepEqual([status, code], [400, '000_002']);
    });
  }

  it('refuses a request without what its condition asks for, and takes it where the condition does not hold', async () => {
    const { slot: _, ...without } = booked;
    const asks = await call(sandbox, apiOf('parcel-book'), { ...without, speed: 'FIXED' });
    const asksNot = await call(sandbox, apiOf('parcel-book'), { ...without, speed: 'SLOW' });
    assert.deepEqual([asks.code, asksNot.code], ['000_002', '000_000']);
  });
});

describe('the faults of APIs that are YAML alone', async () => {
  const fixture = await openFixture(1, { documents, apis: ids });
  const faults = allFaults(fixture.contract).filter((fault) => fault.apis.every((id) => ids.includes(id)));
  // Some ways of each family to be wrong: all of them are what `npm run mutation -- --api ID` is for.
  const ways = new Map(faults.map((fault) => [`${fault.family} ${fault.id.split('/').at(-1)}`, fault]));
  const counts = new Map<string, number>();
  const some = [...ways.values()].filter(({ family }) => {
    const count = counts.get(family) ?? 0;
    counts.set(family, count + 1);
    return count % 3 === 0;
  });

  const outcomeOf = async (fault: Fault) =>
    assessFault(fault, await tryOne(fixture, { kind: 'fault', id: fault.id }), fixture.contract);

  it('are of every family that the documents give a reason for', () => {
    const families = new Set(faults.map(({ family }) => family));
    for (const family of [
      'response field',
      'list element',
      'prepared answer',
      'echo',
      'request field',
      'wrong reason',
    ])
      assert.ok(
        [...families].some((one) => one === family),
        family,
      );
    for (const clause of [
      'parcel-book.request.items[].count.range',
      'parcel-book.request.receiver.phone.form',
      'parcel-book.request.speed.enum',
      'parcel-book.request.insured.type',
      'parcel-book.request.slot.presence',
      'parcel-book.request.items[].type',
      'parcel-book.response.waitsUntil.presence',
      'parcel-lost.response.lost[].parcel.no.range',
      'parcel-lost.response.encryption',
    ])
      assert.ok(
        faults.some(({ breaks }) => breaks.includes(clause)),
        clause,
      );
  });

  it('are caught, each by name, and none with noise', async () => {
    const wrong: string[] = [];
    for (const fault of some) {
      const { caught, noise } = await outcomeOf(fault);
      if (!caught || noise.length > 0) wrong.push(`${fault.id}: ${caught ? noise.join(', ') : 'missed'}`);
    }
    assert.deepEqual(wrong, []);
  });

  it('are no variants: what the contract leaves open is taken for conformant', async () => {
    // A refusal has nothing that these change.
    const cases = fixture.cases.filter(({ expectation }) => expectation.kind !== 'rejected');
    for (const id of [
      'as-assumed',
      'least-values',
      'greatest-values',
      'optional-left-out',
      'optional-empty',
    ]) {
      const trial = await tryOne({ ...fixture, cases }, { kind: 'variant', id });
      assert.deepEqual(assessVariant({ id, sentence: '' }, trial).trouble, []);
    }
  });
});

function apiOf(id: string) {
  const api = apis.find((one) => one.id === id);
  assert.ok(api, `no API ${id}`);
  return api;
}

function prepared(scenario: string): JsonObject {
  assert.ok(profile.kind === 'ready');
  const request = profile.testData.get(scenario);
  assert.ok(request, `no test data of ${scenario}`);
  return request;
}
