import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { preparedRequests } from '../../sandbox/test-data.ts';
import { wrongAnswerTo } from '../../sandbox/wrong.ts';
import { bodyChecker } from '../../src/contract/body-check.ts';
import { isCorrelationId } from '../../src/contract/formats.ts';
import type { Scenario } from '../../src/contract/model.ts';
import { isJsonArray, type JsonObject, stringifyJson } from '../../src/json/json.ts';
import { headerValues } from '../../src/wire/headers.ts';
import { apiOf, call, contract, credentials, type Reply, sandboxWith } from './client.ts';

const { headers: HEADER } = contract.platform;
const requests = preparedRequests();
/** Those that the embedded target is prepared for. */
const scenarios = contract.apis
  .flatMap((api) => api.scenarios.map((scenario) => ({ api, scenario })))
  .filter(({ scenario }) => requests.has(scenario.id));
const sandbox = await sandboxWith({ registrationMs: 60_000 });

/** Everything about an answer that the documents promise of a scenario, as a list of what is wrong. */
function problemsOf(apiId: string, { status, code, body }: Scenario, reply: Reply): string[] {
  const api = apiOf(apiId);
  const row = api.codes.find((one) => one.code === code);
  const response = api.responses.find((one) => one.status === status);
  assert.ok(row && response);
  const { response: _, ...business } = reply.body;
  const encrypted = response.body.encrypted;
  const checks: readonly (readonly [string, boolean])[] = [
    ['status', reply.status === status],
    ['code', reply.code === code],
    ['message', reply.description === row.messages[0]?.text],
    ['encryption', reply.encrypted === encrypted],
    ['correlation id', headerValues(reply.headers, HEADER.correlationId).every(isCorrelationId)],
    [
      'crypto key id',
      headerValues(reply.headers, HEADER.cryptoKeyId).join() === (encrypted ? credentials.cryptoKeyId : ''),
    ],
    ['schema', bodyChecker(response.body.schema)(business).breaches.length === 0],
    ['scenario', body === undefined || bodyChecker(body)(business).breaches.length === 0],
  ];
  return checks.filter(([, holds]) => !holds).map(([name]) => name);
}

describe('the prepared scenarios', () => {
  it('each have a request of their own', () => {
    assert.deepEqual([...requests.keys()].sort(), scenarios.map(({ scenario }) => scenario.id).sort());
    assert.equal(
      new Set([...requests].map(([id, body]) => `${id.split('/')[0]} ${stringifyJson(body)}`)).size,
      requests.size,
    );
  });

  for (const { api, scenario } of scenarios) {
    it(`${scenario.id} is answered as documented, three times in a row`, async () => {
      for (let run = 1; run <= 3; run += 1) {
        const reply = await call(sandbox, api.id, requests.get(scenario.id) ?? null);
        assert.deepEqual(problemsOf(api.id, scenario, reply), [], `run ${run}: ${reply.text}`);
      }
    });
  }

  it('hold for many at the same time', async () => {
    const replies = await Promise.all(
      [...scenarios, ...scenarios].map(async ({ api, scenario }) =>
        problemsOf(api.id, scenario, await call(sandbox, api.id, requests.get(scenario.id) ?? null)),
      ),
    );
    assert.deepEqual(replies.flat(), []);
  });
});

describe('--wrong', () => {
  for (const { scenario } of scenarios) {
    it(`answers ${scenario.id} wrongly and no other`, async () => {
      const wrong = await sandboxWith({ deviation: wrongAnswerTo(scenario.id, contract, requests) });
      const failed: string[] = [];
      for (const { api, scenario: one } of scenarios) {
        const reply = await call(wrong, api.id, requests.get(one.id) ?? null);
        if (problemsOf(api.id, one, reply).length > 0) failed.push(one.id);
      }
      assert.deepEqual(failed, [scenario.id]);
    });
  }

  it('knows its scenarios', () => {
    assert.throws(
      () => wrongAnswerTo('ars-inquiry/suceeded', contract, requests),
      /no scenario "ars-inquiry\/suceeded"/,
    );
  });
});

describe('the values of an answer', () => {
  it('bear the id of the member digit for digit', async () => {
    const { text } = await call(sandbox, 'account-info', requests.get('account-info/succeeded') ?? null);
    assert.match(text, /"userId":9876543210123456789[,}]/);
  });

  it('are of the member whose id differs in the last digit only', async () => {
    const other = await call(sandbox, 'account-info', { userId: 9876543210123456788n });
    assert.equal(other.code, '900_001');
  });

  it('list both mobile cards that wait for a physical one', async () => {
    const { body } = await call(sandbox, 'linkable-cards', requests.get('linkable-cards/succeeded') ?? null);
    assert.ok(isJsonArray(body.issuedCardList) && body.issuedCardList.length === 2);
  });

  it('are not for a member with another one’s card', async () => {
    const request = { ...asObject(requests.get('linkable-cards/succeeded')), userId: 9804000000000000012n };
    assert.equal((await call(sandbox, 'linkable-cards', request)).code, '003_011');
  });
});

function asObject(value: unknown): JsonObject {
  assert.ok(typeof value === 'object' && value !== null && !Array.isArray(value));
  return { ...value };
}
