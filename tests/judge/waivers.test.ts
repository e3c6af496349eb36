import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Finding, outcomes } from '../../src/judge/finding.ts';
import { fits, isExpired, type Waiver, waive } from '../../src/judge/waivers.ts';
import { judgeTrace } from '../../src/workflow/judge.ts';
import { emptyTrace } from '../../src/workflow/trace.ts';
import { fc } from '../property.ts';
import { success } from '../workflow/replies.ts';
import { contract, judge, keeping } from './answers.ts';

const finding: Finding = {
  check: 'message',
  clause: 'account-info.code.000_000.message',
  outcome: 'violates',
  place: '/response/description',
  expected: '"Success."',
  actual: '"Fine"',
  answered: { status: 200, code: '000_000' },
};

function waiver(observed: Waiver['observed'], different: Partial<Waiver> = {}): Waiver {
  return {
    clause: finding.clause,
    observed,
    reason: 'Mended with the next release',
    owner: 'account team',
    expires: '2026-12-31',
    at: 'my.yaml:3',
    ...different,
  };
}

const all = { code: '000_000', place: '/response/description', status: 200 };

describe('a waiver fits', () => {
  for (const [name, observed] of Object.entries({
    'by code': { code: all.code },
    'by place': { place: all.place },
    'by status': { status: all.status },
    'by all three': all,
  })) {
    it(name, () => assert.ok(fits(waiver(observed), finding)));
  }

  const hairs: Readonly<Record<string, readonly [Waiver, Finding]>> = {
    'another code': [waiver({ ...all, code: '000_001' }), finding],
    'another place': [waiver({ ...all, place: '/response/descriptio' }), finding],
    'another status': [waiver({ ...all, status: 201 }), finding],
    'another clause of the same code': [
      waiver(all),
      { ...finding, clause: 'account-info.code.000_000.status' },
    ],
    'the same clause of another API': [
      waiver(all),
      { ...finding, clause: 'account-delete.code.000_000.message' },
    ],
    'an answer without a code': [waiver({ code: all.code }), { ...finding, answered: { status: 200 } }],
    'nothing observed at all': [waiver({}), finding],
    'a warning': [waiver(all), { ...finding, outcome: 'warns' }],
  };
  for (const [name, [one, other]] of Object.entries(hairs)) {
    it(`and not ${name}`, () => assert.ok(!fits(one, other)));
  }

  it('a place where no answer came, but by its place alone', () => {
    const { answered: _, ...without } = finding;
    assert.ok(fits(waiver({ place: all.place }), without));
    assert.ok(!fits(waiver({ place: all.place, status: 200 }), without));
  });
});

describe('a waiver expires', () => {
  it('at midnight UTC after its last day', () => {
    const one = waiver(all, { expires: '2026-12-31' });
    assert.ok(!isExpired(one, '2026-12-30T23:59:59.999Z'));
    assert.ok(!isExpired(one, '2026-12-31T00:00:00.000Z'));
    assert.ok(!isExpired(one, '2026-12-31T23:59:59.999Z'));
    assert.ok(isExpired(one, '2027-01-01T00:00:00.000Z'));
  });

  it('and then covers nothing', () => {
    const one = waiver(all, { expires: '2026-12-31' });
    assert.equal(waive([finding], [one], '2026-12-31T23:59:59.999Z')[0]?.outcome, 'waived');
    assert.deepEqual(waive([finding], [one], '2027-01-01T00:00:00.000Z'), [finding]);
  });
});

describe('waiving findings', () => {
  const day = '2026-06-01T00:00:00.000Z';

  it('names the first waiver that holds, and leaves every other finding as it is', () => {
    const other = { ...finding, place: '/code' };
    const list = [waiver(all, { expires: '2026-05-31' }), waiver({ ...all, status: 201 }), waiver(all)];
    assert.deepEqual(waive([finding, other], list, day), [
      { ...finding, outcome: 'waived', waiver: 2 },
      other,
    ]);
  });

  it('turns nothing but a broken promise', () => {
    fc.assert(
      fc.property(fc.constantFrom(...outcomes), fc.boolean(), (outcome, same) => {
        const one = { ...finding, outcome, place: same ? all.place : '/other' };
        const [waived] = waive([one], [waiver(all)], day);
        if (outcome === 'violates' && same) assert.equal(waived?.outcome, 'waived');
        else assert.deepEqual(waived, one);
      }),
    );
  });
});

describe('a finding says what its answer came with', () => {
  it('status and code, and no code of another form', () => {
    const answer = keeping('account-info/succeeded');
    const late = judge('account-info/succeeded', { ...answer, status: 201 });
    assert.deepEqual(late.findings[0]?.answered, { status: 201, code: '000_000' });
    const other = judge('account-info/succeeded', { ...answer, code: 'Kim Min-ji' });
    assert.deepEqual(other.findings[0]?.answered, { status: 200 });
  });

  it('in a workflow, too: that of the answer which broke the promise', () => {
    const document = contract.workflows[0];
    assert.ok(document);
    const register = { operation: 'ars-register', body: { userId: 5 } };
    const judgement = judgeTrace(document, {
      ...emptyTrace(),
      trouble: 'connection reset',
      asked: [
        { ...register, reply: success({ bankAccRegNo: '1' }) },
        { ...register, reply: success({}) },
        {
          operation: 'ars-inquiry',
          body: { regNo: '1' },
          reply: success({ status: 'ARS_AUTH_IN_PROGRESS' }),
        },
      ],
    });
    assert.equal(judgement.findings.length, 1);
    assert.deepEqual([judgement.outcome, judgement.trouble], ['violates', 'connection reset']);
    for (const { answered } of judgement.findings)
      assert.deepEqual(answered, { status: 200, code: '000_000' });
  });
});
