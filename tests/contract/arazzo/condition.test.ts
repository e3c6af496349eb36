import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConditionError, expressionsIn, parseCondition } from '../../../src/contract/arazzo/condition.ts';
import { parseExpression } from '../../../src/contract/arazzo/expression.ts';
import type { JsonValue } from '../../../src/json/json.ts';
import { holds, type Scope } from '../../../src/workflow/evaluate.ts';

const scope = (body: JsonValue, inputs: Readonly<Record<string, JsonValue>> = {}): Scope => ({
  inputs: new Map(Object.entries(inputs)),
  steps: new Map([['first', new Map([['number', 'R1']])]]),
  outputs: new Map([['end', 'DONE']]),
  reply: {
    status: 404,
    code: '1',
    codeAt: '/code',
    documented: true,
    success: false,
    body,
  },
});

const rows: readonly (readonly [condition: string, holds: boolean])[] = [
  ["$response.body#/status == 'DONE'", true],
  ["$response.body#/status == 'DON'", false],
  ["$response.body#/status != 'DONE'", false],
  ['$statusCode == 404', true],
  ['$statusCode >= 404 && $statusCode <= 404', true],
  ['$statusCode > 404 || $statusCode < 404', false],
  ["$statusCode == '404'", false],
  ['$response.body#/count > 9007199254740992', true],
  ['$response.body#/count > 9007199254740994', false],
  ['$response.body#/missing == null', true],
  ['$response.body#/missing != null', false],
  ['$response.body#/missing > 0', false],
  ['$response.body#/flag == true', true],
  ["$response.body#/text == 'it''s'", true],
  ['$response.body#/a~1b == 1', true],
  ['$response.body#/list/1 == 2', true],
  ["$steps.first.outputs.number == 'R1' && $outputs.end == 'DONE'", true],
  ['$inputs.of == 5', true],
  // && binds more than ||.
  ['$statusCode == 404 || $statusCode == 1 && $statusCode == 2', true],
  ['($statusCode == 404 || $statusCode == 1) && $statusCode == 2', false],
  ['!($statusCode == 1)', true],
  ['!$statusCode == 404', false],
];

for (const [condition, expected] of rows) {
  test(`${condition} ${expected ? 'holds' : 'does not hold'}`, () => {
    const body = {
      status: 'DONE',
      count: 9007199254740993n,
      flag: true,
      text: "it's",
      'a/b': 1,
      list: [1, 2],
    };
    assert.equal(holds(parseCondition(condition), scope(body, { of: 5 })), expected);
  });
}

test('a text that is no condition says where it ends to be one', () => {
  for (const [text, says] of [
    ['', /ends too soon/],
    ['$statusCode', /ends too soon/],
    ['$statusCode ==', /ends too soon/],
    ['$statusCode = 404', /character 13/],
    ['$statusCode == 404 404', /character 20/],
    ['($statusCode == 404', /ends too soon/],
    ["$statusCode == 'open", /character 16/],
    ['$request.body#/x == 1', /no runtime expression: \$request\.body#\/x; known are/],
    ['$response.body#no-pointer == 1', /no runtime expression/],
  ] as const) {
    assert.throws(
      () => parseCondition(text),
      (error) => error instanceof ConditionError && says.test(error.message),
      text,
    );
  }
});

test('the expressions of a condition, in their order', () => {
  const condition = parseCondition("!($inputs.a == 1) && ($steps.b.outputs.c != 'x' || $statusCode == 2)");
  assert.deepEqual(
    expressionsIn(condition).map(({ kind }) => kind),
    ['input', 'step-output', 'status'],
  );
  assert.equal(parseExpression('$steps.b.c'), undefined);
  assert.equal(parseExpression('inputs.a'), undefined);
});
