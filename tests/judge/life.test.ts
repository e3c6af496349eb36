import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeLife, type Life, type Reply } from '../../src/judge/life.ts';
import type { JsonObject } from '../../src/wire/json.ts';
import { contract } from './answers.ts';

const ok = (body: JsonObject): Reply => ({ status: 200, code: '000_000', body });
const refused = (code: string): Reply => ({ status: 400, code, body: {} });
const status = (text: string) => ok({ status: text });
const whole = ['ARS_AUTH_IN_PROGRESS', 'ARS_AUTH_DONE', 'BANK_ACC_REGISTERED', 'BANK_ACC_REGISTERED'].map(
  status,
);
const account = (number: string) => ok({ userId: 5, accountInfo: { bankAccount: number } });

const kept: Life = {
  trouble: undefined,
  registered: ok({ bankAccRegNo: 'R1' }),
  meanwhile: refused('002_013'),
  inquiries: whole,
  waited: 100,
  info: account('110-1'),
  changed: ok({ bankAccRegNo: 'R2' }),
  changedInquiries: whole,
  changedInfo: account('110-2'),
  deleted: ok({}),
  infoAfterwards: refused('900_001'),
  accounts: ['110-1', '110-2'],
};

test('a life as documented keeps every promise over time', () => {
  const judgement = judgeLife(kept);
  assert.deepEqual(judgement.findings, []);
  const promised = [...contract.clauses.values()]
    .filter(({ subject }) => subject === 'behaviour')
    .map(({ id }) => id);
  assert.deepEqual([...judgement.kept].sort(), promised.sort());
});

/** Each changes one answer of a life as documented. */
const breaches: readonly [name: string, change: Partial<Life>, clause: string][] = [
  [
    'a second registration is accepted',
    { meanwhile: ok({ bankAccRegNo: 'R9' }) },
    'ars-register.behaviour.one-at-a-time',
  ],
  [
    'a second registration is refused for another reason',
    { meanwhile: refused('000_002') },
    'ars-register.behaviour.one-at-a-time',
  ],
  [
    'a number is given twice',
    { changed: ok({ bankAccRegNo: 'R1' }) },
    'ars-register.behaviour.number-is-unique',
  ],
  [
    'the number is unknown to the inquiry',
    { inquiries: [refused('002_019')] },
    'ars-register.behaviour.number-is-inquiry-input',
  ],
  [
    'a status goes back',
    { inquiries: ['ARS_AUTH_DONE', 'ARS_AUTH_IN_PROGRESS', 'BANK_ACC_REGISTERED'].map(status) },
    'ars-inquiry.behaviour.statuses-never-go-back',
  ],
  [
    'what has ended goes on',
    { inquiries: ['BANK_ACC_REGISTERED', 'BANK_ACC_REG_FAILED'].map(status) },
    'ars-inquiry.behaviour.statuses-never-go-back',
  ],
  [
    'an authentication that was done fails',
    { inquiries: ['ARS_AUTH_DONE', 'ARS_AUTH_FAILED'].map(status) },
    'ars-inquiry.behaviour.statuses-never-go-back',
  ],
  [
    'it never ends',
    { inquiries: ['ARS_AUTH_IN_PROGRESS', 'ARS_AUTH_DONE'].map(status) },
    'ars-inquiry.behaviour.comes-to-an-end',
  ],
  ['no account is shown', { info: refused('900_001') }, 'account-info.behaviour.shows-registered-account'],
  [
    'a success without an account',
    { info: ok({ userId: 5 }) },
    'account-info.behaviour.shows-registered-account',
  ],
  [
    'the account before is shown',
    { changedInfo: account('110-1') },
    'account-info.behaviour.shows-registered-account',
  ],
  [
    'the account is still there',
    { infoAfterwards: account('110-2') },
    'account-delete.behaviour.account-is-gone',
  ],
];

for (const [name, change, clause] of breaches) {
  test(`${name}: one finding, ${clause}`, () => {
    const judgement = judgeLife({ ...kept, ...change });
    assert.deepEqual(
      judgement.findings.map((finding) => finding.clause),
      [clause],
    );
    assert.ok(contract.clauses.has(clause));
    assert.equal(judgement.outcome, 'violates');
  });
}

test('what an answer breaks by itself is told once, and nothing over time is read from it', () => {
  const finding = {
    clause: 'account-info.response.accountInfo.presence',
    outcome: 'violates',
    place: '/accountInfo',
    expected: 'a value',
    actual: 'missing',
  } as const;
  const claim = {
    outcome: 'violates',
    reason: '',
    findings: [finding],
    kept: [],
    readings: [],
    seen: [],
  } as const;
  const judgement = judgeLife({ ...kept, info: { ...ok({ userId: 5 }), claim } });
  assert.deepEqual(judgement.findings, [finding]);
});

test('other lives that the documents allow', () => {
  const allowed: readonly Partial<Life>[] = [
    // Registered before the second request came.
    {
      meanwhile: ok({ bankAccRegNo: 'R9' }),
      inquiries: [status('BANK_ACC_REGISTERED'), status('BANK_ACC_REGISTERED')],
    },
    // A failure, by status or by code; then no account is promised.
    { inquiries: ['ARS_AUTH_IN_PROGRESS', 'ARS_AUTH_FAILED'].map(status), info: refused('900_001') },
    { inquiries: [status('ARS_AUTH_IN_PROGRESS'), refused('002_014')], info: refused('900_001') },
    // Part of the number is masked; a success without an account after the deletion.
    {
      info: account('11*-1'),
      changedInfo: account('11*-2'),
      infoAfterwards: ok({ userId: 5, accountInfo: {} }),
    },
    // The change of the account is refused: nothing is seen of it.
    { changed: refused('900_013'), changedInquiries: [], changedInfo: undefined },
  ];
  for (const change of allowed) assert.deepEqual(judgeLife({ ...kept, ...change }).findings, []);
});

test('a registration that is refused says nothing over time; trouble on the way is no violation', () => {
  assert.equal(judgeLife({ ...kept, registered: refused('001_006') }).outcome, 'setup-error');
  const broken = judgeLife({
    ...kept,
    trouble: 'no complete answer',
    deleted: undefined,
    infoAfterwards: undefined,
  });
  assert.equal(broken.outcome, 'target-error');
  assert.deepEqual(broken.findings, []);
});
