import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCondition } from '../../src/contract/arazzo/condition.ts';
import { parseExpression } from '../../src/contract/arazzo/expression.ts';
import type { Action, Payload, Step, Workflow, WorkflowDocument } from '../../src/contract/arazzo/model.ts';
import type { JsonObject, JsonValue } from '../../src/json/json.ts';
import { execute, NoAnswer } from '../../src/workflow/execute.ts';
import { emptyTrace, type Reply } from '../../src/workflow/trace.ts';

// Steps, their order and their pauses, with a clock and a target that the tests hold.

const value = (text: JsonValue): Payload => {
  const expression = typeof text === 'string' ? parseExpression(text) : undefined;
  if (expression) return { kind: 'expression', expression };
  assert.ok(typeof text !== 'object' || text === null);
  return { kind: 'literal', value: text };
};

const body = (members: Readonly<Record<string, JsonValue>>): Payload => ({
  kind: 'object',
  members: new Map(Object.entries(members).map(([name, one]) => [name, value(one)])),
});

interface Parts {
  readonly when?: string;
  readonly send?: Readonly<Record<string, JsonValue>>;
  readonly replace?: Readonly<Record<string, JsonValue>>;
  readonly call?: string;
  readonly expect?: string;
  readonly onSuccess?: readonly Action[];
  readonly onFailure?: readonly Action[];
  readonly outputs?: Readonly<Record<string, string>>;
}

function step(id: string, parts: Parts = {}): Step {
  const { when, send = {}, replace = {}, call, expect, onSuccess = [], onFailure = [], outputs = {} } = parts;
  const condition = expect === undefined ? undefined : parseCondition(expect);
  return {
    id,
    when: when === undefined ? undefined : parseCondition(when),
    does:
      call === undefined
        ? {
            kind: 'request',
            operation: id,
            payload: body(send),
            replacements: new Map(Object.entries(replace).map(([at, one]) => [at, value(one)])),
          }
        : {
            kind: 'workflow',
            workflow: call,
            inputs: new Map(Object.entries(send).map(([name, one]) => [name, value(one)])),
          },
    criteria: condition && expect ? [{ condition, text: expect, place: '/x', clause: undefined }] : [],
    onSuccess,
    onFailure,
    outputs: new Map(
      Object.entries(outputs).map(([name, text]) => {
        const expression = parseExpression(text);
        assert.ok(expression);
        return [name, expression];
      }),
    ),
  };
}

const workflow = (
  id: string,
  steps: readonly Step[],
  outputs: Workflow['outputs'] = new Map(),
): Workflow => ({
  id,
  summary: id,
  inputs: new Map(),
  steps,
  outputs,
  isCalled: id !== 'main',
});

/** Runs the workflow `main` against answers by operation; each is used once, the last one for ever. */
async function run(
  workflows: readonly Workflow[],
  answers: Readonly<Record<string, readonly JsonObject[]>> = {},
  {
    inputs = {},
    limit = 1000,
  }: { readonly inputs?: Readonly<Record<string, JsonValue>>; readonly limit?: number } = {},
) {
  const document: WorkflowDocument = {
    id: 'test',
    title: 'test',
    processes: [],
    records: [],
    workflows: new Map(workflows.map((one) => [one.id, one])),
    apis: [],
  };
  const [main] = workflows;
  assert.ok(main);
  const trace = emptyTrace();
  const counts = new Map<string, number>();
  const pauses: number[] = [];
  let now = 0;
  const reply = (answer: JsonObject): Reply => ({
    status: 200,
    code: '0',
    codeAt: '/code',
    documented: true,
    success: true,
    body: answer,
  });
  await execute(
    document,
    main,
    new Map(Object.entries(inputs)),
    {
      signal: undefined,
      limit,
      now: () => now,
      wait: async (milliseconds) => {
        pauses.push(milliseconds);
        now += milliseconds;
      },
      ask: async (operation) => {
        const nth = counts.get(operation) ?? 0;
        counts.set(operation, nth + 1);
        const all = answers[operation] ?? [{}];
        const answer = all[Math.min(nth, all.length - 1)] ?? {};
        if ('lost' in answer) throw new NoAnswer('lost on the way');
        return reply(answer);
      },
    },
    trace,
  );
  return { trace, pauses, sent: trace.asked.map(({ operation }) => operation) };
}

const retry = { type: 'retry', first: 10, longest: 50, limit: 100, criteria: [] } as const;

test('steps go one behind the other, and take what came before', async () => {
  const { trace } = await run(
    [
      workflow('main', [
        step('a', { send: { of: '$inputs.member' }, outputs: { id: '$response.body#/id' } }),
        step('b', {
          send: { id: '$steps.a.outputs.id' },
          replace: { '/deep/er': '$inputs.member', '/left': '$inputs.no' },
        }),
      ]),
    ],
    { a: [{ id: 9007199254740993n }] },
    { inputs: { member: 5 } },
  );
  assert.deepEqual(
    trace.asked.map((asked) => asked.body),
    [{ of: 5 }, { id: 9007199254740993n, deep: { er: 5 } }],
  );
});

test('a step whose condition does not hold, or whose request lacks a value, is left out', async () => {
  const { sent } = await run([
    workflow('main', [
      step('a', { when: '$inputs.missing != null' }),
      step('b', { send: { id: '$steps.a.outputs.id' } }),
      step('c'),
    ]),
  ]);
  assert.deepEqual(sent, ['c']);
});

test('a step that fails ends the workflow, unless it is told where to go on', async () => {
  const failing = { expect: "$response.body#/is == 'good'" };
  const ends = await run([workflow('main', [step('a', failing), step('b')])]);
  assert.deepEqual(ends.sent, ['a']);
  const goes = await run([
    workflow('main', [
      step('a', { ...failing, onFailure: [{ type: 'goto', step: 'c', criteria: [] }] }),
      step('b'),
      step('c', { onSuccess: [{ type: 'end', criteria: [] }] }),
      step('d'),
    ]),
  ]);
  assert.deepEqual(goes.sent, ['a', 'c']);
});

test('a retry pauses longer each time, up to the longest, and ends when the step succeeds', async () => {
  const waiting = Array.from({ length: 4 }, () => ({ state: 'OPEN' }));
  const { sent, pauses, trace } = await run(
    [
      workflow('main', [
        step('a', { expect: "$response.body#/state != 'OPEN'", onFailure: [retry] }),
        step('b'),
      ]),
    ],
    { a: [...waiting, { state: 'DONE' }] },
  );
  assert.deepEqual(pauses, [10, 20, 40, 50]);
  assert.deepEqual(sent, ['a', 'a', 'a', 'a', 'a', 'b']);
  assert.ok(trace.asked.every(({ gaveUp }) => gaveUp === undefined));
});

test('it gives up at the limit of time or of tries, and says for how long it waited', async () => {
  const never = [
    workflow('main', [
      step('a', { expect: "$response.body#/state == 'DONE'", onFailure: [retry] }),
      step('b'),
    ]),
  ];
  const byTime = await run(never, {}, { limit: 65 });
  assert.deepEqual(byTime.pauses, [10, 20, 35]);
  assert.equal(byTime.trace.asked.at(-1)?.gaveUp, 65);
  assert.ok(!byTime.sent.includes('b'));
  const twice = step('a', { expect: "$response.body#/state == 'DONE'", onFailure: [{ ...retry, limit: 2 }] });
  const byTries = await run([workflow('main', [twice])]);
  assert.deepEqual(byTries.sent, ['a', 'a', 'a']);
  assert.equal(byTries.trace.asked.at(-1)?.gaveUp, 30);
});

test('a workflow that is called has inputs and outputs of its own, and its failure is that of the step', async () => {
  const end = parseExpression('$steps.look.outputs.state');
  assert.ok(end);
  const follow = workflow(
    'follow',
    [
      step('look', {
        send: { id: '$inputs.id' },
        expect: "$response.body#/state == 'DONE'",
        outputs: { state: '$response.body#/state' },
      }),
    ],
    new Map([['end', end]]),
  );
  const main = workflow('main', [
    step('first', { call: 'follow', send: { id: 1 }, outputs: { end: '$outputs.end' } }),
    step('b', { when: "$steps.first.outputs.end == 'DONE'" }),
    step('second', { call: 'follow', send: { id: 2 } }),
    step('c'),
  ]);
  const { sent } = await run([main, follow], { look: [{ state: 'DONE' }, { state: 'OPEN' }] });
  assert.deepEqual(sent, ['look', 'b', 'look']);
});

test('without an answer it stops, says why, and has written down what it asked', async () => {
  const { trace, sent } = await run([workflow('main', [step('a'), step('b')])], { a: [{ lost: true }] });
  assert.equal(trace.trouble, 'lost on the way');
  assert.deepEqual(sent, ['a']);
  assert.equal(trace.asked[0]?.reply, undefined);
});
