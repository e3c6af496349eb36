import assert from 'node:assert/strict';
import { test } from 'node:test';
import { affectedCases } from '../../mutation/affected.ts';
import { openFixture, runAgainst } from '../../mutation/fixture.ts';
import { allFaults } from '../../sandbox/faults/catalogue.ts';
import type { Deviation } from '../../sandbox/stages.ts';
import type { Case } from '../../src/cases/case.ts';
import type { CaseRecord } from '../../src/record/record.ts';

// Cases in flight together come to the same as one at a time, in the same order, with as many requests.

const fixture = await openFixture(1);

async function comesTo(cases: readonly Case[], deviation: () => Deviation, apis: readonly string[]) {
  const runs = [1, 8].map(async (inFlight) => {
    const requests: string[] = [];
    const { send } = deviation();
    const counting: Deviation = {
      ...deviation(),
      send: (wire, at) => {
        requests.push(at.api.id);
        return send ? send(wire, at) : wire;
      },
    };
    const records = await runAgainst(fixture, cases, { deviation: counting, apis, inFlight });
    return { records: records.map(withoutTimes), requests: requests.toSorted() };
  });
  return Promise.all(runs);
}

/** A line, so that a difference is one too. Targets repeat the correlation id, which has the time. */
function withoutTimes({ startedAt: _, duration: __, exchanges, ...said }: CaseRecord): string {
  const statuses = exchanges.map(({ response }) => response?.status);
  return JSON.stringify({ ...said, statuses }).replaceAll(/"\d{12}(?=-?\w{7})/g, '"time');
}

test('a conformant target', async () => {
  const [one, many] = await comesTo(fixture.cases, () => ({}), []);
  assert.deepEqual(many?.records, one?.records);
  assert.deepEqual(many?.requests, one?.requests);
});

// Those over time wait for what never ends.
const faults = allFaults(fixture.contract).filter(({ id }) => !id.includes('.behaviour.'));
for (const fault of faults.filter((_, index) => index % Math.ceil(faults.length / 6) === 5)) {
  test(`the fault ${fault.id}`, async () => {
    const cases = await affectedCases(fixture, fault);
    const [one, many] = await comesTo(cases, fault.deviation, fault.apis);
    assert.deepEqual(many?.records, one?.records);
    assert.deepEqual(many?.requests, one?.requests);
  });
}
