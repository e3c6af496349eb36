import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { diffPages, type PageChange } from '../../src/pages/diff/diff.ts';
import { RULES, ruleFor } from '../../src/pages/diff/rules.ts';
import { diffText } from '../../src/pages/diff/text.ts';
import { captureOf, changed, documentsOf, WAYBILLS } from './fixtures.ts';

async function diff(t: TestContext, part: string | RegExp, into: string) {
  const { contract } = await documentsOf(t);
  return diffPages(captureOf(WAYBILLS), captureOf(changed(WAYBILLS, part, into)), contract);
}

/** `change subject (fact)`, then C and S when it breaks clients, the suite. */
function told({ change, subject, fact, breaks }: PageChange): string {
  return `${change} ${subject} (${fact}) ${breaks.client ? 'C' : '-'}${breaks.suite ? 'S' : '-'}`;
}

const FIELD = (presence: string) => `size\n\nstring\n\n${presence}\n\nLength : 2\n\nSize\n\n`;

const CHANGES: readonly (readonly [string, string | RegExp, string, readonly string[]])[] = [
  [
    'a new optional request field',
    'Response Headers',
    `${FIELD('Optional')}Response Headers`,
    ['added request field size (item) --'],
  ],
  [
    'a new required request field',
    'Response Headers',
    `${FIELD('Required')}Response Headers`,
    ['added request field size (item) CS'],
  ],
  [
    'a new optional response field',
    'Response Code',
    `${FIELD('Optional')}Response Code`,
    ['added response field size (item) --'],
  ],
  [
    'a new required response field',
    'Response Code',
    `${FIELD('Required')}Response Code`,
    ['added response field size (item) -S'],
  ],
  ['a shorter request', 'Length : 4\n', 'Length : 3\n', ['changed request field until (limit) CS']],
  ['a narrower request', 'Max : 12\n', 'Max : 11\n', ['narrower request header X-Inv-Courier (limit) CS']],
  ['a wider request', 'Max : 12\n', 'Max : 13\n', ['wider request header X-Inv-Courier (limit) -S']],
  ['a narrower response', 'Max : 9\n', 'Max : 8\n', ['narrower response field state (limit) -S']],
  ['a wider response', 'Max : 9\n', 'Max : 10\n', ['wider response field state (limit) CS']],
  ['a removed enum value', '-\u00a0LOST : Nobody knows\n', '', ['removed response field state (values) CS']],
  [
    'a new enum value',
    '- IN_DEPOT',
    '- ON_ROAD : Moves\n- IN_DEPOT',
    ['added response field state (values) CS'],
  ],
  [
    'a new code row',
    'Test Data\n',
    '400\n\nError code\n\n012_003\n\nMessage\n\nFull.\n\nTest Data\n',
    ['added code row 400 012_003 (item) CS'],
  ],
  ['another message', 'No such depot.', 'No depot.', ['changed code row 400 012_001 (message) -S']],
  ['another code', '012_002', '012_004', ['changed code row 400 012_002 (code) CS']],
  [
    'a request field now optional',
    'Required\n\nMin : 1 , Max : 999',
    'Optional\n\nMin : 1 , Max : 999',
    ['looser request field depotNo (presence) -S'],
  ],
  [
    'a response field now optional',
    'Required\n\nLength : 12',
    'Optional\n\nLength : 12',
    ['looser response field waybillNo (presence) CS'],
  ],
  ['a field renamed', '\nroute\n', '\nrouteNo\n', ['changed request field route (name) CS']],
  ['no longer encrypted', 'Encrypted|\n', '\n', ['removed request body (encrypted) CS']],
  ['a new scenario', '\nLoading ...', '\n400 - Full\nLoading ...', ['added scenario "400 - Full" (item) -S']],
  ['another path', '/find', '/seek', ['changed operation (path) CS']],
  [
    'another version offered',
    'Version: v1\n\nPOST',
    'Version: v1\nVersion: v2\nPOST',
    ['added operation (version) --'],
  ],
  ['another name', 'Find WaybillsSync', 'Seek WaybillsSync', ['changed operation (name) --']],
  ['another list of APIs', 'Send a Waybill', 'Burn a Waybill', ['changed catalogue (catalogue) --']],
  ['a list cut short', 'Test Data\n', 'Show All\nTest Data\n', ['added the rest of a section (hidden) CS']],
  ['prose', 'Weight in grams', 'Weight in kilograms', []],
];

for (const [what, part, into, changes] of CHANGES) {
  test(`${what}: ${changes.join() || 'no change'}`, async (t) => {
    assert.deepEqual((await diff(t, part, into)).changes.map(told), changes);
  });
}

test('the same page has no change; one that moved has none but moved facts', async (t) => {
  const { contract } = await documentsOf(t);
  const page = captureOf(WAYBILLS);
  assert.deepEqual(diffPages(page, page, contract), { api: 'waybills', changes: [], moved: 0 });
  const moved = await diff(t, 'Request Headers', '\nRequest Headers');
  assert.deepEqual(moved.changes, []);
  assert.ok(moved.moved > 50);
});

test('names the clauses and scenarios that a change touches', async (t) => {
  const request = (await diff(t, 'Length : 4\n', 'Length : 3\n')).changes[0];
  assert.deepEqual(request?.clauses, ['waybills.request.until.length']);
  assert.equal(request?.scenarios.length, 4);
  const response = (await diff(t, 'Max : 9\n', 'Max : 8\n')).changes[0];
  assert.deepEqual(response?.clauses, ['waybills.response.waybillList[].state.length']);
  assert.deepEqual(response?.scenarios, ['waybills/found', 'waybills/none']);
  const code = (await diff(t, 'No such depot.', 'No depot.')).changes[0];
  assert.deepEqual(code?.clauses, ['waybills.code.012_001.message']);
  assert.deepEqual(code?.scenarios, ['waybills/no-depot']);
});

test('the text puts what breaks first', async (t) => {
  const text = diffText(await diff(t, 'Max : 9\n', 'Max : 10\n'), { old: 'a.txt', new: 'b.txt' });
  assert.match(
    text,
    /^a\.txt -> b\.txt, waybills\n\nBreaking\n {2}wider response field state \(limit\)\n {6}old {8}a\.txt:156/,
  );
  assert.match(text, /1 change, 1 breaking\.$/);
});

test('each rule can be the one that counts; what no rule foresees breaks both', () => {
  const used = new Set(
    RULES.flatMap((rule) =>
      rule.where.flatMap((where) =>
        rule.fact.flatMap((fact) => rule.change.map((change) => ruleFor(where, fact, change, rule.presence))),
      ),
    ),
  );
  assert.deepEqual(
    RULES.filter((rule) => !used.has(rule)),
    [],
  );
  const unknown = ruleFor('code', 'mystery', 'added');
  assert.ok(unknown.client && unknown.suite);
});
