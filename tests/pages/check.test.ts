import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { checkPages } from '../../src/pages/check/check.ts';
import { checkText as textOf } from '../../src/pages/check/text.ts';
import { captureOf, changed, checkText, documentsOf, unexplained, WAYBILLS } from './fixtures.ts';

/** Checks the page after a change of it. */
async function after(t: TestContext, part: string | RegExp, into: string) {
  return checkText(changed(WAYBILLS, part, into), await documentsOf(t));
}

/** Checks the page as it is against changed documents, in which one more line is quoted. */
async function against(t: TestContext, part: string | RegExp, into: string, quote = '') {
  const documents = await documentsOf(t, (text, name) =>
    name === 'specs/pages.yaml' && quote !== ''
      ? changed(text, 'lines:\n', `lines:\n      ${quote}\n`)
      : text.replace(part, into),
  );
  const before = await documentsOf(t);
  assert.notDeepEqual(documents, before, `nothing to change: ${part}`);
  return checkText(WAYBILLS, documents);
}

test('a page and documents that agree: clean, with every fact counted and the ambiguities named', async (t) => {
  const check = checkText(WAYBILLS, await documentsOf(t));
  assert.deepEqual(unexplained(check), []);
  assert.equal(check.clean, true);
  // operation 6 (one version twice), headers 4 + 6 + 5 + 6, marks 1, fields 4 + 4 + 5 + 3 + 3 + 4 + 7 + 4 and the
  // place of each of the 8, rows 9, scenarios 5 (one twice), names 3
  assert.equal(check.facts, 6 + 21 + 1 + 34 + 8 + 9 + 5 + 3);
  const answered = check.differences.flatMap(({ explainedBy }) => explainedBy);
  assert.deepEqual([...new Set(answered)].sort(), ['end-of-waybill', 'route-length']);
  assert.deepEqual(
    check.interpretations.map(({ ambiguity, interpretation }) => `${ambiguity}.${interpretation}`),
    ['found-message.full-stop'],
  );
  const text = textOf(check);
  assert.match(text, /87 facts of 1 page compared, none unexplained\.$/);
  for (const id of ['route-length', 'found-message', 'end-of-waybill'])
    assert.match(text, new RegExp(`^ {2}${id}$`, 'm'));
});

const FOUND: readonly (readonly [string, string | RegExp, string, readonly string[]])[] = [
  ['a limit changed by one', 'Length : 12', 'Length : 13', ['changed response field waybillNo (limit)']],
  [
    'an upper limit changed by one',
    'Max : 9999\n',
    'Max : 9998\n',
    ['changed response field weight (limit)'],
  ],
  [
    'a limit beyond 2^53 changed by one',
    'Max : 9999999999999999999',
    'Max : 9999999999999999998',
    ['changed request field depotNo (limit)'],
  ],
  ['a limit left out', 'Min : 1 , Max : 9\n', 'Min : 1\n', ['changed response field state (limit)']],
  [
    "a limit that an ambiguity's line bears",
    'Value : 7',
    'Value : 8',
    ['changed request field route (limit)'],
  ],
  ["a message's last letter", 'No such depot.', 'No such depot!', ['changed code row 400 012_001 (message)']],
  [
    'a message of several interpretations',
    'Found.\n',
    'Found,\n',
    ['changed code row 200 000_000 (message)'],
  ],
  ['an enum value removed', '-\u00a0LOST : Nobody knows\n', '', ['removed response field state (values)']],
  [
    'an enum value added',
    '- IN_DEPOT : Waits\n',
    '- IN_DEPOT : Waits\n- ON_ROAD : Moves\n',
    ['added response field state (values)'],
  ],
  ['an enum value renamed', 'RETURNED :', 'RETURN :', ['changed response field state (values)']],
  [
    'a code row added',
    'Test Data\n',
    '400\n\nError code\n\n012_003\n\nMessage\n\nFull.\n\nTest Data\n',
    ['added code row 400 012_003 (item)'],
  ],
  [
    'a status changed',
    '400\n\nError code\n\n012_002',
    '409\n\nError code\n\n012_002',
    ['changed code row 409 012_002 (status)'],
  ],
  ['a code changed', '012_002', '012_004', ['changed code row 400 012_004 (code)']],
  ['a parameter renamed', '\nroute\n', '\nrouteNo\n', ['changed request field routeNo (name)']],
  ['a header renamed', 'X-Inv-Depot', 'X-Inv-Depots', ['changed request header X-Inv-Depots (name)']],
  [
    'Required turned Optional',
    'Required\n\nLength : 12',
    'Optional\n\nLength : 12',
    ['changed response field waybillNo (presence)'],
  ],
  [
    'Conditional turned Optional',
    'Conditional',
    'Optional',
    ['changed request header X-Inv-Courier (presence)'],
  ],
  [
    'a type changed',
    'number\n\nOptional\n\nMin : 0',
    'string\n\nOptional\n\nMin : 0',
    ['changed response field weight (type)'],
  ],
  ['the encryption mark removed', 'Encrypted|\n', '\n', ['removed request body (item)']],
  [
    'an encryption mark added',
    'Response Parameters\n\n',
    'Response Parameters\n\nEncrypted|',
    ['added response body (item)'],
  ],
  [
    'a scenario title added',
    '\nLoading ...',
    '\n400 - The depot is full\nLoading ...',
    ['added scenario "400 - The depot is full" (item)'],
  ],
  [
    'a scenario title changed',
    '400 - The route is closed\n',
    '400 - The route was closed\n',
    ['changed scenario "400 - The route was closed" (title)'],
  ],
  ['a form changed', 'Format : YYMM', 'Format : MMYY', ['changed request field until (form)']],
  ['the explanation of a form changed', '7digit', '8digit', ['changed request header X-Inv-Trace (form)']],
  [
    'a condition gone',
    '  • Excluding calls from a depot',
    '',
    ['removed request header X-Inv-Courier (condition)'],
  ],
  ['the mode changed', 'WaybillsSync', 'WaybillsAsync', ['changed operation (mode)']],
  ['the method changed', 'POST', 'PUT', ['changed operation (method)']],
  ['the name changed', 'Find WaybillsSync', 'Find WaybillSync', ['changed operation (name)']],
  [
    'another version offered',
    'Version: v1\n\nPOST',
    'Version: v1\nVersion: v2\nPOST',
    ['added operation (version)'],
  ],
  ['a name of the catalogue gone', 'Send a Waybill', '', ['removed catalogue (catalogue)']],
  ['an unknown name in the catalogue', 'Send a Waybill', 'Sell a Waybill', ['added catalogue (catalogue)']],
  [
    'a list cut short',
    'Test Data\n',
    'Show All\nTest Data\n',
    ['added the rest of "Response Code" (hidden)'],
  ],
  [
    'a line that can not be read',
    '\nLoading ...',
    '\nHello there\nLoading ...',
    ['added a line that could not be read (unread)'],
  ],
  [
    'a field in another place',
    'One waybill',
    'One waybill\n\nlabel\n\nobject\n\nOptional\n\n\n',
    ['added response field label (item)', 'changed response field waybillNo (nesting)'],
  ],
];

for (const [what, part, into, differences] of FOUND) {
  test(`found on a changed page: ${what}`, async (t) => {
    const check = await after(t, part, into);
    assert.deepEqual(unexplained(check).sort(), [...differences].sort());
    assert.equal(check.clean, false);
  });
}

const PROMISED: readonly (readonly [string, string | RegExp, string, readonly string[], string?])[] = [
  [
    'a cited line next to the right one',
    'limit: 146',
    'limit: 147',
    ['changed response field waybillNo (line)', 'removed quotation (citation)'],
    '147: "Length : 12"',
  ],
  [
    'a limit without its line',
    ', limit: 146',
    '',
    ['added response field waybillNo (limit)', 'removed quotation (citation)'],
  ],
  ['a quotation that is not on its line', '"Length : 12"', '"Length : 1"', ['changed quotation (citation)']],
  ['a quotation of the line above', '"Length : 12"', 'Required', ['changed quotation (citation)']],
  ['a cited line that is not quoted', '      140: waybillNo\n', '', ['removed quotation (citation)']],
  [
    'a limit that the page lacks',
    'type: array',
    'type: array\n                    minItems: 1',
    ['removed response field waybillList (limit)'],
  ],
  [
    'a value that the page lacks',
    'LOST, RETURNED]',
    'LOST, RETURNED, GONE]',
    ['removed response field state (values)'],
  ],
  [
    'a field that the page lacks',
    '                        weight:',
    '                        height: { type: number, x-source: { "100": { name: 172 } } }\n                        weight:',
    ['removed response field waybillList[].height (item)'],
    '172: Grams',
  ],
  [
    'a page of no API',
    'presence: 33, limit: 35 }',
    'presence: 33, limit: 35 }\n        "101": { name: 3 }',
    ['removed citation (citation)'],
  ],
  ['an ambiguity beyond the end', '[87]', '[87, 250]', ['removed citation (citation)']],
  ['an ambiguity on an empty line', '[87]', '[87, 88]', ['removed citation (citation)']],
  [
    'a citation in a part that the API does not use',
    '    Courier:\n',
    '    Other: { name: X-Other, in: header, schema: { type: string }, x-source: { "100": { name: 52 } } }\n    Courier:\n',
    ['removed citation (citation)'],
  ],
];

for (const [what, part, into, differences, quote] of PROMISED) {
  test(`found in changed documents: ${what}`, async (t) => {
    const check = await against(t, part, into, quote);
    const found = check.differences.filter(({ explainedBy }) => explainedBy.length === 0);
    const unlike = found.map(({ kind, subject, fact }) => `${kind} ${subject} (${fact})`);
    assert.deepEqual(unlike.sort(), [...differences].sort());
    for (const { document } of found.filter((one) => one.kind === 'removed')) {
      assert.match(document?.place ?? '', /^(openapi|specs)\/.*\.yaml:\d+:\d+$/);
    }
  });
}

test('an ambiguity without the quotation, on another line or of another API answers nothing', async (t) => {
  for (const [part, into] of [
    ['"Value : 7"', '"a value"'],
    ['"100": [87]', '"100": [85]'],
  ] as const) {
    const check = await against(t, part, into);
    assert.deepEqual(unexplained(check), ['changed request field route (limit)']);
  }
  const nowhere = await against(t, '"100": [132]', '"100": [124]');
  assert.deepEqual(unexplained(nowhere), [
    'added response field state (nesting)',
    'added response field weight (nesting)',
  ]);
});

test('a no-break space is a space', async (t) => {
  const check = await after(t, /Route is closed\n/, 'Route\u00a0is closed\u00a0\n');
  assert.deepEqual(unexplained(check), []);
});

test('a line more above: the lines differ, in one entry, and what an ambiguity answered is open again', async (t) => {
  const check = await after(t, 'Request Headers', '\nRequest Headers');
  assert.deepEqual(unexplained(check), [
    'changed request field route (limit)',
    'added response field state (nesting)',
    'added response field weight (nesting)',
  ]);
  assert.match(textOf(check), /the lines of \d+ facts, by \+1/);
  assert.match(textOf(check), /removed 4 citations: the line is empty/);
});

test('a page that no API has is added; its namesake is named', async (t) => {
  const documents = await documentsOf(t);
  const check = checkText(changed(WAYBILLS, '/waybills/find', '/waybills/seek'), documents);
  assert.deepEqual(unexplained(check), ['added page (page)']);
  assert.match(check.differences[0]?.hint ?? '', /waybills has the same name/);
  const other = checkText(
    changed(changed(WAYBILLS, '/waybills/find', '/x'), 'Find Waybills', 'Other'),
    documents,
  );
  assert.match(other.differences[0]?.hint ?? '', /pages:import -- waybills\.txt/);
});

test('an API without its page: removed when all pages were given, named otherwise', async (t) => {
  const documents = await documentsOf(t);
  assert.deepEqual(unexplained(checkPages([], documents, true)), ['removed page (page)']);
  const some = checkPages([], documents, false);
  assert.deepEqual(unexplained(some), []);
  assert.deepEqual(some.notCompared, ['waybills']);
});

test('the path decides, not the name of the file; two pages of one API are refused', async (t) => {
  const documents = await documentsOf(t);
  const page = captureOf(WAYBILLS, '007_abc.txt');
  const check = checkPages([page], documents, true);
  assert.equal(check.clean, true);
  assert.match(check.notes.join(), /cite as 100; the name of the file says 007/);
  assert.throws(() => checkPages([page, page], documents, true), /pages of the same API, waybills/);
});
