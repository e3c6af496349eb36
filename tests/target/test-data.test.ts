import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stringifyJson } from '../../src/json/json.ts';
import { fc, runs } from '../property.ts';
import { complete, loadReady, problemsOf } from './helper.ts';

const withBody = (body: string) => `${complete}testData:\n  account-info/succeeded: ${body}\n`;

test('a userId of 19 digits keeps them all, as YAML and as JSON', (t) => {
  for (const body of ['{userId: 9223372036854775809}', '|\n    {"userId": 9223372036854775809}']) {
    const read = loadReady(t, withBody(body)).testData.get('account-info/succeeded');
    assert.deepEqual(read, { userId: 9223372036854775809n });
  }
});

test('every integer is sent as it was written', (t) => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }), (value) => {
      const read = loadReady(t, withBody(`{n: ${value}}`)).testData.get('account-info/succeeded');
      assert.equal(read && stringifyJson(read), `{"n":${value}}`);
    }),
    runs(25),
  );
});

test('safe integers are numbers, text of digits stays text, fractions keep their digits', (t) => {
  const body = loadReady(
    t,
    withBody('{a: 9007199254740991, b: "0012", c: 0.12345678901234567891, d: [true, ~, x]}'),
  ).testData;
  const read = body.get('account-info/succeeded');
  assert.equal(read?.a, 9007199254740991);
  assert.equal(read?.b, '0012');
  assert.equal(
    read && stringifyJson(read),
    '{"a":9007199254740991,"b":"0012","c":0.12345678901234567891,"d":[true,null,"x"]}',
  );
});

test('numbers that would be sent changed are errors with the hint to quote them', (t) => {
  assert.deepEqual(problemsOf(t, withBody('{regNo: 0012}')), [
    'p.yaml:11:35: /testData/account-info~1succeeded/regNo: a number with leading zeros, which would be sent changed; put it in quotes if it is text',
  ]);
  for (const number of ['0x1F', '0o17', '+5', '.5', '.inf', '-01']) {
    const [line, more] = problemsOf(t, withBody(`{list: [${number}]}`));
    assert.match(line ?? '', /\/list\/0: .*put it in quotes/, number);
    assert.equal(more, undefined);
  }
});

test('a JSON block that is not JSON, or no object', (t) => {
  assert.deepEqual(problemsOf(t, withBody('|\n    {"userId": 1,\n    "b": 0012}')), [
    'p.yaml:11:27: /testData/account-info~1succeeded: expected a request body as JSON; this is not JSON, at line 2, column 7 of the block',
  ]);
  assert.match(problemsOf(t, withBody('"[1]"')).join(), /expected a JSON object as request body/);
});

test('variables within bodies are replaced after reading; a whole body may be one', (t) => {
  const env = { NO: '1", "x": "2', BODY: `{"a": "\${NO}", "userId": 1000000000000000001}` };
  for (const body of [`{regNo: "\${NO}"}`, `|\n    {"regNo": "\${NO}"}`]) {
    const read = loadReady(t, withBody(body), { env }).testData.get('account-info/succeeded');
    assert.deepEqual(read, { regNo: '1", "x": "2' });
  }
  const whole = loadReady(t, withBody(`\${BODY}`), { env }).testData.get('account-info/succeeded');
  assert.deepEqual(whole, { a: `\${NO}`, userId: 1000000000000000001n });
});

test('a mistyped scenario id is an error with the nearest one', (t) => {
  assert.deepEqual(problemsOf(t, `${complete}testData: {ars-inquiry/suceeded: {regNo: "1"}}\n`), [
    'p.yaml:10:12: /testData/ars-inquiry~1suceeded: no such scenario (did you mean "ars-inquiry/succeeded"?)',
  ]);
  assert.match(
    problemsOf(t, `${complete}notTestable: {account-inf/succeeded: x}\n`).join(),
    /account-info\/succeeded/,
  );
  assert.match(
    problemsOf(t, `${complete}testData: {succeeded: {}}\n`).join(),
    /expected a scenario id such as/,
  );
});

test("a scenario can't have test data and a reason for having none", (t) => {
  const both = `${withBody('{userId: 1}')}notTestable: {account-info/succeeded: x}\n`;
  assert.deepEqual(problemsOf(t, both).length, 1);
  assert.match(problemsOf(t, both).join(), /^p\.yaml:12:15: .*also has test data/);
  const other = `${withBody('{userId: 1}')}notTestable: {ars-inquiry/succeeded: x}\n`;
  assert.equal(loadReady(t, other).notTestable.size, 1);
});

test('a reason must have words', (t) => {
  const lines = problemsOf(t, `${complete}notTestable: {account-info/succeeded: " "}\n`);
  assert.match(lines.join(), /expected a reason in words$/);
});

test('empty testData and notTestable count as not written', (t) => {
  const profile = loadReady(t, `${complete}testData:\nnotTestable:\n  account-info/succeeded:\n`);
  assert.deepEqual([profile.testData.size, profile.notTestable.size], [0, 0]);
});
