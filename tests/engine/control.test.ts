import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTools, runAgainst } from '../../mutation/fixture.ts';

const tools = await openTools(1);
const cases = tools.cases
  .filter(({ api, kind }) => api.id === 'ars-inquiry' && kind === 'integrity')
  .slice(0, 6);

/** Outcomes of six cases with one control, when the first `times` requests are answered by something before the platform. */
async function outcomesAfter(times: number): Promise<readonly string[]> {
  let left = times;
  const records = await runAgainst(tools, cases, {
    apis: [],
    deviation: {
      send: (wire) => {
        left -= 1;
        return left < 0 ? wire : { status: 503, headers: [], body: new Uint8Array() };
      },
    },
  });
  return records.map(({ outcome }) => outcome);
}

test('a control that got no answer is asked again with the next case', async () => {
  assert.deepEqual(await outcomesAfter(1), ['not-exercised', ...Array(5).fill('conforms')]);
  assert.deepEqual(await outcomesAfter(2), [...Array(2).fill('not-exercised'), ...Array(4).fill('conforms')]);
});

test('and three times at most', async () => {
  assert.deepEqual(await outcomesAfter(3), Array(6).fill('not-exercised'));
});
