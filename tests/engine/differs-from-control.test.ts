import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTools, runAgainst } from '../../mutation/fixture.ts';
import type { Case } from '../../src/cases/case.ts';
import { editHeader } from '../../src/cases/mutations/header.ts';
import type { Mutation } from '../../src/cases/mutations/mutation.ts';
import { setTo, textEdits } from '../../src/cases/mutations/text-edits.ts';

const tools = await openTools(1);

/** The first case of an API's robustness with another mutation: its outcome, and how many requests were answered. */
async function outcomeWith(mutation: Mutation, body?: Readonly<Record<string, string>>) {
  const found = tools.cases.find(({ id }) => id === 'ars-inquiry/robustness/accept-xml');
  assert.ok(found?.plan.ready);
  const one: Case = { ...found, plan: { ...found.plan, body: body ?? found.plan.body, mutation } };
  let answers = 0;
  const [record] = await runAgainst(tools, [one], {
    apis: [],
    deviation: {
      send: (wire) => {
        answers += 1;
        return wire;
      },
    },
  });
  assert.ok(record);
  return { outcome: record.outcome, reason: record.reason, answers };
}

const accept = editHeader('Accept', setTo('application/xml'), { name: 'accept-xml', title: 'accept xml' });

test('a mutation that does what it declares is sent, behind its control', async () => {
  const { outcome, answers } = await outcomeWith(accept);
  assert.equal(outcome, 'conforms');
  assert.equal(answers, 2);
});

const faults: readonly {
  readonly what: string;
  readonly mutation: Mutation;
  readonly body?: Readonly<Record<string, string>>;
  readonly differing: string;
}[] = [
  {
    what: 'changes nothing',
    mutation: { name: 'x', title: 'x', breaks: ['method'], at: 'request', apply: (request) => request },
    differing: 'nothing, declared is method',
  },
  {
    what: 'changes a header besides',
    mutation: {
      name: 'x',
      title: 'x',
      breaks: ['header Accept'],
      at: 'request',
      apply: (request) => ({
        ...request,
        headers: request.headers.map(([name, value]) => [
          name,
          name === 'Accept' || name === 'X-KM-Access-Key' ? `${value}x` : value,
        ]),
      }),
    },
    differing: 'header Accept, header X-KM-Access-Key, declared is header Accept',
  },
  {
    what: 'is sent with another body than the control',
    mutation: accept,
    body: { regNo: '2025010109000000000001' },
    differing: 'member /regNo, header Accept, declared is header Accept',
  },
  {
    what: 'edits a header that is not sent',
    mutation: editHeader('X-KM-Crypto-Key-Id', textEdits.alter, { name: 'unknown', title: 'unknown' }),
    differing: 'nothing, declared is header X-KM-Crypto-Key-Id',
  },
];

for (const { what, mutation, body, differing } of faults) {
  test(`a mutation that ${what} is a fault of the suite, and only the control was sent`, async () => {
    const { outcome, reason, answers } = await outcomeWith(mutation, body);
    assert.equal(outcome, 'harness-error');
    assert.ok(reason.includes(differing), reason);
    assert.equal(answers, 1);
  });
}
