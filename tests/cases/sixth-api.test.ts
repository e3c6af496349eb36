import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { allCases } from '../../src/cases/all-cases.ts';
import type { Case } from '../../src/cases/case.ts';
import { contractFolders, loadContract } from '../../src/contract/load.ts';
import { casesByClause } from '../../src/contract/tested-by.ts';
import { loadUntested } from '../../src/contract/untested.ts';
import { openEngine } from '../../src/engine/engine.ts';
import { type JsonObject, type JsonValue, parseJson, stringifyJson } from '../../src/json/json.ts';
import type { Profile } from '../../src/target/profile.ts';
import type { SentRequest } from '../../src/wire/exchange.ts';
import { documentsWith } from '../documents/copy.ts';
import { loadOtherProfile } from '../run/other-profile.ts';
import { broken } from './validator.ts';

const folders = contractFolders(documentsWith('order', { after }));
const contract = loadContract(folders);
const orders = contract.apis.find(({ id }) => id === 'orders');
assert.ok(orders);
const { schema } = orders.request.body;

const placed: JsonObject = { memberNo: 7n, limits: { once: 5 }, pay: 'TRANSFER' };
const testData = new Map<string, JsonObject>([
  ['orders/placed', placed],
  ['orders/nobody', { ...placed, memberNo: 9 }],
]);
const prepared = { testData, notTestable: new Map(), acceptsOnlyPreparedData: false };
const cases = allCases(contract, prepared, 1).filter(({ api }) => api === orders);

function byId(id: string): Case {
  const found = cases.find((one) => one.id === `orders/request/${id}`);
  assert.ok(found, `no case ${id}`);
  return found;
}

/** What is sent, as JSON text; before it that of a control of its own. */
function sentBy(id: string): readonly string[] {
  const { plan } = byId(id);
  assert.ok(plan.ready, id);
  return [plan.control, plan.body].flatMap((body) => (body === undefined ? [] : [stringifyJson(body)]));
}

const changed: readonly (readonly [id: string, body: string, ...clauses: string[]])[] = [
  ['memberNo/of-0', '{"memberNo":0,"limits":{"once":5},"pay":"TRANSFER"}', 'memberNo.range'],
  [
    'memberNo/of-10000000000000000000',
    '{"memberNo":10000000000000000000,"limits":{"once":5},"pay":"TRANSFER"}',
    'memberNo.range',
  ],
  ['limits/null', '{"memberNo":7,"limits":null,"pay":"TRANSFER"}', 'limits.type'],
  ['limits/missing', '{"memberNo":7,"pay":"TRANSFER"}', 'limits.presence'],
  ['limits.once/of-0', '{"memberNo":7,"limits":{"once":0},"pay":"TRANSFER"}', 'limits.once.range'],
  ['limits.once/of-99.6', '{"memberNo":7,"limits":{"once":99.6},"pay":"TRANSFER"}', 'limits.once.range'],
  ['limits.once/missing', '{"memberNo":7,"limits":{},"pay":"TRANSFER"}', 'limits.once.presence'],
  [
    'limits.once/of-another-type',
    '{"memberNo":7,"limits":{"once":"5"},"pay":"TRANSFER"}',
    'limits.once.type',
  ],
  [
    'limits.isHard/of-another-type',
    '{"memberNo":7,"limits":{"once":5,"isHard":"text"},"pay":"TRANSFER"}',
    'limits.isHard.type',
  ],
  // Of a documented length, and one letter from a documented value.
  ['pay/of-another-value', '{"memberNo":7,"limits":{"once":5},"pay":"TRANSFEQ"}', 'pay.enum'],
  // No value is too long and one of the list.
  ['pay/of-9-characters', '{"memberNo":7,"limits":{"once":5},"pay":"TRANSFERR"}', 'pay.length', 'pay.enum'],
];

for (const [id, body, ...clauses] of changed) {
  test(`${id} is sent as expected, and says which clauses it breaks`, () => {
    assert.deepEqual(sentBy(id), [body]);
    assert.deepEqual(
      byId(id).clauses,
      clauses.map((clause) => `orders.request.${clause}`),
    );
  });
}

test('an object is no wrong type of an object, and a list none of a list', () => {
  const ids = cases.map(({ id }) => id);
  assert.ok(!ids.includes('orders/request/limits/an-object') && !ids.includes('orders/request/items/a-list'));
  assert.ok(ids.includes('orders/request/limits/a-list') && ids.includes('orders/request/items/an-object'));
});

test('what stands in an object that is not prepared is changed in a control of its own', () => {
  const [own, sent] = sentBy('shipTo.zip/of-4-characters').map((text) => parseJson(text));
  assert.ok(own !== undefined && sent !== undefined);
  assert.deepEqual(broken(schema, own), []);
  assert.deepEqual(broken(schema, sent), ['/shipTo/zip length', '/shipTo/zip form']);
  const [list = '', spoiled] = sentBy('items[].sku/null');
  assert.match(list, /^\{"memberNo":7,"limits":\{"once":5\},"pay":"TRANSFER","items":\[\{"sku":"\d+"\}\]\}$/);
  assert.equal(spoiled, list.replace(/"sku":"\d+"/, '"sku":null'));
});

test('lists are too short and too long by one', () => {
  for (const [id, count] of [
    ['items/of-0-items', 0],
    ['items/of-3-items', 3],
  ] as const) {
    const text = sentBy(id).at(-1) ?? '';
    assert.equal(text.match(/"sku":"\d+"/g)?.length ?? 0, count);
    assert.deepEqual(byId(id).clauses, ['orders.request.items.length']);
  }
});

test('a conditional field is missing where its condition holds, and left out where it does not', () => {
  const [own = '', missing] = sentBy('cardNo/missing');
  assert.match(own, /"pay":"CARD".*"cardNo":"\d{16}"/);
  assert.equal(missing, own.replace(/,"cardNo":"\d{16}"/, ''));
  assert.equal(byId('cardNo/missing').expectation.kind, 'rejected');
  assert.deepEqual(sentBy('cardNo/left-out'), [stringifyJson(placed)]);
  assert.equal(byId('cardNo/left-out').expectation.kind, 'understood');
});

test('each documented value is sent, with what it needs', () => {
  const [own = '', card] = sentBy('pay/of-CARD');
  assert.match(own, /"pay":"TRANSFER".*"cardNo"/);
  assert.equal(card, own.replace('TRANSFER', 'CARD'));
  assert.deepEqual(sentBy('pay/of-TRANSFER'), [stringifyJson(placed)]);
});

test('every clause of the request has a case or a reason of its own', () => {
  const untested = loadUntested(folders, contract);
  const tested = casesByClause(contract, cases);
  for (const { id, api, subject } of contract.clauses.values()) {
    if (api === 'orders' && subject === 'request')
      assert.notEqual(tested.has(id), untested.reasons.has(id), id);
  }
  assert.deepEqual(
    [...untested.reasons].filter(([id]) => id.startsWith('orders.')),
    [
      [
        'orders.request.giftTo.presence',
        'The page gives its condition in words, so that no case can tell when it holds.',
      ],
      ['orders.request.memo.length', 'No value that could be sent breaks it.'],
    ],
  );
});

test('the sentences of conditional fields and of lists say what is promised', () => {
  const sentence = (id: string) => contract.clauses.get(`orders.request.${id}`)?.sentence;
  assert.equal(sentence('cardNo.presence'), 'Request field cardNo is there when its condition holds.');
  assert.equal(sentence('items.length'), 'Request field items has 1 to 2 items.');
  assert.equal(sentence('items[].presence'), undefined);
});

const profile: Profile = { ...loadOtherProfile(), ...prepared, effects: 'any' };

/** Outcomes of all request cases on a server, by id; and how many bodies came. */
async function outcomesOn(refuses: (body: JsonValue, breaks: readonly string[]) => boolean) {
  const bodies: string[] = [];
  const answer = (code: string, description: string) => ({
    status: code === '000_000' ? 200 : 400,
    headers: [['Content-Type', 'application/json']] as const,
    body: Buffer.from(JSON.stringify({ response: { code, description } })),
  });
  const client = {
    send: async (request: SentRequest) => {
      const text = Buffer.from(request.body).toString();
      bodies.push(text);
      const body = parseJson(text);
      const response = refuses(body, broken(schema, body))
        ? answer('000_002', 'Invalid input parameter.')
        : answer('000_000', 'Placed.');
      return { request, outcome: { ok: true, response } as const, startedAt: 0, duration: 1 };
    },
    close: async () => {},
  };
  const engine = openEngine({ contract, profile, client, seed: 1 });
  const records = new Map<string, { outcome: string; reason: string; clauses: readonly string[] }>();
  for await (const { id, outcome, reason, findings } of engine.runAll(
    cases.filter(({ kind }) => kind === 'request'),
  )) {
    records.set(id.replace('orders/request/', ''), {
      outcome,
      reason,
      clauses: findings.map(({ clause }) => clause),
    });
  }
  return { records, bodies };
}

test('a server that holds every limit conforms, and each control was sent once', async () => {
  const { records, bodies } = await outcomesOn((_, breaks) => breaks.length > 0);
  const others = [...records].filter(([, { outcome }]) => outcome !== 'conforms');
  assert.deepEqual(others, []);
  const own = sentBy('shipTo.zip/null')[0] ?? '';
  assert.equal(bodies.filter((text) => text === own).length, 1);
});

test('a server that forgets one limit is found by that clause and no other', async () => {
  for (const [forgotten, clause] of [
    ['/limits/once range', 'orders.request.limits.once.range'],
    ['/shipTo/zip presence', 'orders.request.shipTo.zip.presence'],
    ['/items/0/sku type', 'orders.request.items[].sku.type'],
    ['/items length', 'orders.request.items.length'],
    ['/pay enum', 'orders.request.pay.enum'],
    ['/cardNo presence', 'orders.request.cardNo.presence'],
  ] as const) {
    const { records } = await outcomesOn((_, breaks) => breaks.some((one) => one !== forgotten));
    const found = [...records.values()].flatMap(({ clauses }) => clauses);
    assert.deepEqual([...new Set(found)], [clause]);
  }
});

test('where a control of its own is refused, its cases say nothing of the server', async () => {
  const { records } = await outcomesOn(
    (body, breaks) => breaks.length > 0 || JSON.stringify(parsedAgain(body)).includes('shipTo'),
  );
  const zip = records.get('shipTo.zip/null');
  assert.equal(zip?.outcome, 'not-exercised');
  assert.match(
    zip?.reason ?? '',
    /^its control orders\/placed with what this case changes added was answered with HTTP 400 and 000_002/,
  );
});

function parsedAgain(body: JsonValue): unknown {
  return JSON.parse(stringifyJson(body));
}
