import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ExactDecimal, type JsonValue } from '../../src/json/json.ts';
import { type Answer, answeredApis, contract, judge, keeping, memberId, put } from './answers.ts';

const info = 'account-info/succeeded';
const cards = 'linkable-cards/succeeded';

for (const { scenarios } of answeredApis) {
  for (const { id } of scenarios) {
    test(`${id}: an answer that keeps every promise conforms`, () => {
      const judgement = judge(id, keeping(id));
      assert.deepEqual(judgement.findings, []);
      assert.equal(judgement.outcome, 'conforms');
      for (const clause of judgement.kept)
        assert.ok(contract.clauses.has(clause), `${clause} is in the register`);
    });
    test(`${id}: another code is one finding, on the code`, () => {
      const answer = keeping(id);
      answer.code = '999_999';
      assert.deepEqual(
        judge(id, answer).findings.map(({ clause, place }) => [clause.replace(/^.*\.code\./, ''), place]),
        [[`${keeping(id).code}.code`, '/response/code']],
      );
    });
    test(`${id}: another HTTP status is one finding, on the status`, () => {
      const answer = keeping(id);
      answer.status += 1;
      const [finding, ...others] = judge(id, answer).findings;
      assert.match(finding?.clause ?? '', /\.status$/);
      assert.deepEqual(others, []);
    });
    test(`${id}: one letter more in the message is one finding, on the message`, () => {
      const answer = keeping(id);
      answer.message = `${String(answer.message)}!`;
      const [finding, ...others] = judge(id, answer).findings;
      assert.match(finding?.clause ?? '', /\.message$/);
      assert.deepEqual(others, []);
    });
  }
}

/** Each breaks one promise by a hair; the value before it, if any, just keeps it. */
const bodyBreaches: readonly {
  readonly id: string;
  readonly path: readonly (string | number)[];
  readonly keeps?: JsonValue;
  readonly breaks: JsonValue | undefined;
  readonly clause: string;
}[] = [
  {
    id: 'ars-register/succeeded',
    path: ['bankAccRegNo'],
    keeps: '1'.repeat(22),
    breaks: '1'.repeat(23),
    clause: 'ars-register.response.bankAccRegNo.length',
  },
  {
    id: 'ars-register/succeeded',
    path: ['bankAccRegNo'],
    keeps: '1',
    breaks: '',
    clause: 'ars-register.response.bankAccRegNo.length',
  },
  {
    id: 'ars-register/succeeded',
    path: ['bankAccRegNo'],
    keeps: '1',
    breaks: 1,
    clause: 'ars-register.response.bankAccRegNo.type',
  },
  {
    id: 'ars-register/succeeded',
    path: ['bankAccRegNo'],
    breaks: undefined,
    clause: 'ars-register.response.bankAccRegNo.presence',
  },
  {
    id: 'ars-inquiry/succeeded',
    path: ['status'],
    keeps: 'BANK_ACC_REGISTERED',
    breaks: 'BANK_ACC_REGISTERE',
    clause: 'ars-inquiry.response.status.enum',
  },
  {
    id: 'ars-inquiry/succeeded',
    path: ['status'],
    keeps: 'ARS_AUTH_DONE',
    breaks: 'ars_auth_done',
    clause: 'ars-inquiry.response.status.enum',
  },
  {
    id: 'ars-inquiry/succeeded',
    path: ['status'],
    keeps: 'BANK_ACC_REGISTERED',
    breaks: 'BANK_ACC_REG_FAILED',
    clause: 'ars-inquiry.scenario.succeeded',
  },
  { id: 'ars-inquiry/succeeded', path: ['status'], breaks: null, clause: 'ars-inquiry.response.status.type' },
  {
    id: info,
    path: ['userId'],
    keeps: memberId,
    breaks: memberId + 1n,
    clause: 'account-info.response.userId.echo',
  },
  {
    id: info,
    path: ['userId'],
    keeps: memberId,
    breaks: 9007199254740992n,
    clause: 'account-info.response.userId.echo',
  },
  {
    id: info,
    path: ['userId'],
    keeps: memberId,
    breaks: String(memberId),
    clause: 'account-info.response.userId.type',
  },
  {
    id: info,
    path: ['userId'],
    breaks: 10_000_000_000_000_000_000n,
    clause: 'account-info.response.userId.range',
  },
  { id: info, path: ['userId'], breaks: 0, clause: 'account-info.response.userId.range' },
  {
    id: info,
    path: ['userId'],
    breaks: new ExactDecimal('9007199254740993.123'),
    clause: 'account-info.response.userId.type',
  },
  {
    id: info,
    path: ['accountInfo'],
    breaks: undefined,
    clause: 'account-info.response.accountInfo.presence',
  },
  { id: info, path: ['accountInfo'], breaks: [], clause: 'account-info.response.accountInfo.type' },
  {
    id: info,
    path: ['accountInfo', 'bankName'],
    keeps: '가'.repeat(10),
    breaks: '가'.repeat(11),
    clause: 'account-info.response.accountInfo.bankName.length',
  },
  {
    id: info,
    path: ['accountInfo', 'userName'],
    keeps: '가'.repeat(100),
    breaks: '가'.repeat(101),
    clause: 'account-info.response.accountInfo.userName.length',
  },
  {
    id: info,
    path: ['accountInfo', 'bankCode'],
    keeps: '001',
    breaks: '01',
    clause: 'account-info.response.accountInfo.bankCode.length',
  },
  {
    id: info,
    path: ['accountInfo', 'createdDateTime'],
    keeps: 'x'.repeat(17),
    breaks: 'x'.repeat(16),
    clause: 'account-info.response.accountInfo.createdDateTime.length',
  },
  {
    id: cards,
    path: ['issuedCardList'],
    breaks: undefined,
    clause: 'linkable-cards.response.issuedCardList.presence',
  },
  { id: cards, path: ['issuedCardList'], breaks: {}, clause: 'linkable-cards.response.issuedCardList.type' },
  {
    id: cards,
    path: ['issuedCardList', 1],
    breaks: 'card',
    clause: 'linkable-cards.response.issuedCardList[].type',
  },
  { id: cards, path: ['issuedCardList'], breaks: [], clause: 'linkable-cards.scenario.succeeded' },
  {
    id: cards,
    path: ['issuedCardList', 1, 'issueType'],
    keeps: 'REISSUE',
    breaks: 'RENEW',
    clause: 'linkable-cards.response.issuedCardList[].issueType.enum',
  },
  {
    id: cards,
    path: ['issuedCardList', 1, 'digital', 'par'],
    keeps: 'Q'.repeat(27),
    breaks: 'Q'.repeat(28),
    clause: 'linkable-cards.response.issuedCardList[].digital.par.length',
  },
  {
    id: cards,
    path: ['issuedCardList', 0, 'status'],
    breaks: undefined,
    clause: 'linkable-cards.response.issuedCardList[].status.presence',
  },
  {
    id: cards,
    path: ['issuedCardList', 0, 'values'],
    breaks: undefined,
    clause: 'linkable-cards.response.issuedCardList[].values.presence',
  },
  {
    id: cards,
    path: ['issuedCardList', 0, 'requester'],
    breaks: undefined,
    clause: 'linkable-cards.response.issuedCardList[].requester.presence',
  },
  {
    id: cards,
    path: ['issuedCardList', 0, 'values', 'balance'],
    keeps: 9_999_999_999,
    breaks: 10_000_000_000,
    clause: 'linkable-cards.response.issuedCardList[].values.balance.range',
  },
  {
    id: cards,
    path: ['issuedCardList', 0, 'values', 'balance'],
    keeps: 0,
    breaks: -1,
    clause: 'linkable-cards.response.issuedCardList[].values.balance.range',
  },
  {
    id: cards,
    path: ['issuedCardList', 0, 'values', 'points'],
    keeps: [],
    breaks: {},
    clause: 'linkable-cards.response.issuedCardList[].values.points.type',
  },
  {
    id: cards,
    path: ['issuedCardList', 1, 'values', 'points', 0, 'policyType'],
    keeps: '07',
    breaks: '08',
    clause: 'linkable-cards.response.issuedCardList[].values.points[].policyType.enum',
  },
  {
    id: cards,
    path: ['issuedCardList', 1, 'values', 'points', 0, 'policyName'],
    keeps: '',
    breaks: 'x'.repeat(256),
    clause: 'linkable-cards.response.issuedCardList[].values.points[].policyName.length',
  },
  {
    id: cards,
    path: ['issuedCardList', 1, 'values', 'points', 0, 'amount'],
    keeps: 1.5,
    breaks: '1',
    clause: 'linkable-cards.response.issuedCardList[].values.points[].amount.type',
  },
  {
    id: 'linkable-cards/succeeded-none-found',
    path: ['issuedCardList'],
    keeps: [],
    breaks: keeping(cards).body.issuedCardList,
    clause: 'linkable-cards.scenario.succeeded-none-found',
  },
];

for (const { id, path, keeps, breaks, clause } of bodyBreaches) {
  test(`${clause}: /${path.join('/')} breaks it by a hair, in one finding`, () => {
    assert.ok(contract.clauses.has(clause), 'the clause is in the register');
    if (keeps !== undefined) {
      const good = keeping(id);
      put(good.body, path, keeps);
      assert.deepEqual(judge(id, good).findings, []);
    }
    const bad = keeping(id);
    put(bad.body, path, breaks);
    const judgement = judge(id, bad);
    assert.deepEqual(
      judgement.findings.map((finding) => [finding.clause, finding.place]),
      [[clause, `/${path.join('/')}`]],
    );
    assert.equal(judgement.outcome, 'violates');
    assert.ok(!judgement.kept.includes(clause), 'a broken clause is not kept too');
  });
}

const correlation = 'X-KM-Correlation-Id';
const headerBreaches: readonly [name: string, value: string | undefined, clause: string][] = [
  [correlation, undefined, 'presence'],
  [correlation, '', 'length'],
  [correlation, '260101000000-0123ab', 'length'],
  [correlation, '260101000000-0123abcd', 'length'],
  [correlation, '260101000000-0123abg', 'form'],
  [correlation, '261301000000-0123abc', 'form'],
  [correlation, '260101240000-0123abc', 'form'],
  ['X-KM-Crypto-Key-Id', 'k'.repeat(31), 'length'],
];
for (const [name, value, aspect] of headerBreaches) {
  test(`header ${name}: ${value ?? 'missing'} breaks its ${aspect}`, () => {
    const answer = keeping(info);
    answer.headers = answer.headers.filter(([key]) => key !== name);
    if (value !== undefined) answer.headers.push([name.toLowerCase(), value]);
    assert.deepEqual(
      judge(info, answer).findings.map(({ clause }) => clause),
      [`account-info.response.header.${name}.${aspect}`],
    );
  });
}

test('upper-case hex digits, a key id, extra headers and fields, and other interpretations conform', () => {
  const answer = keeping(cards);
  answer.headers = [
    ['content-type', 'application/json;charset=UTF-8'],
    ['x-km-correlation-id', '261231235959-ABCDEF0'],
    ['X-KM-CRYPTO-KEY-ID', 'k'.repeat(32)],
    ['X-Extra', '1'],
  ];
  answer.message = 'Success';
  put(answer.body, ['more'], { of: ['it'] });
  const list = answer.body.issuedCardList;
  assert.ok(Array.isArray(list));
  for (const at of [0, 1]) {
    put(answer.body, ['issuedCardList', at, 'digital', 'status'], 'SHIPPING');
    put(answer.body, ['issuedCardList', at, 'digital', 'values'], { balance: 1, requester: 'CC' });
    for (const name of ['status', 'values', 'requester'])
      put(answer.body, ['issuedCardList', at, name], undefined);
  }
  const judgement = judge(cards, answer);
  assert.deepEqual(judgement.findings, []);
  assert.deepEqual(
    [...judgement.interpretations].sort(),
    [
      'envelope-of-encrypted-answers.inside',
      'envelope.response-object',
      'message-encryption.a128gcm',
      'place-of-requester.in-values-of-digital',
      'place-of-status.in-digital',
      'place-of-values.in-digital',
      'success-message.bare',
    ].sort(),
  );
});

test('a wrong field inside an object at its other place is found there', () => {
  const answer = keeping(cards);
  put(answer.body, ['issuedCardList', 0, 'digital', 'values'], { balance: -1 });
  assert.deepEqual(
    judge(cards, answer).findings.map(({ clause, place }) => [clause, place]),
    [
      [
        'linkable-cards.response.issuedCardList[].values.balance.range',
        '/issuedCardList/0/digital/values/balance',
      ],
    ],
  );
});

test('content types', () => {
  const withType = (type: string | undefined): Answer => {
    const answer = keeping(info);
    answer.headers = answer.headers.filter(([name]) => name !== 'Content-Type');
    if (type !== undefined) answer.headers.push(['Content-Type', type]);
    return answer;
  };
  for (const type of ['application/json', 'Application/JSON; charset=utf-8', 'application/problem+json']) {
    assert.equal(judge(info, withType(type)).outcome, 'conforms', type);
  }
  for (const type of [undefined, 'text/plain', 'application/jsonp', 'text/json']) {
    assert.deepEqual(
      judge(info, withType(type)).findings.map(({ clause }) => clause),
      ['account-info.response.content-type'],
      type,
    );
  }
});

test('encryption as documented', () => {
  const plain = keeping(cards);
  plain.form = 'plain';
  assert.deepEqual(
    judge(cards, plain).findings.map(({ clause }) => clause),
    ['linkable-cards.response.encryption'],
  );

  const sealed = judge(cards, keeping(cards), {
    opened: {
      form: 'sealed',
      outer: { encData: 'a.b.c.d.e' },
      problem: 'expected alg RSA-OAEP-256, found RSA1_5',
    },
  });
  assert.equal(sealed.findings[0]?.clause, 'linkable-cards.response.encryption');
  assert.match(sealed.findings[0]?.actual ?? '', /RSA1_5/);

  const failure = keeping('linkable-cards/invalid-card');
  failure.form = 'encrypted';
  assert.deepEqual(judge('linkable-cards/invalid-card', failure).findings, []);

  const unmarked = keeping(info);
  unmarked.form = 'encrypted';
  const judgement = judge(info, unmarked);
  assert.deepEqual(judgement.findings, []);
  assert.ok(judgement.interpretations.includes('encryption-of-unmarked-answers.encrypted'));
});

test('the code beside encData, or at the top level, is another interpretation', () => {
  const answer = keeping(cards);
  const outer = { encData: 'a.b.c.d.e', response: { code: '000_000', description: 'Success.' } };
  const beside = judge(cards, answer, {
    opened: { form: 'encrypted', outer, value: answer.body, enc: 'A256GCM' },
  });
  assert.deepEqual(beside.findings, []);
  assert.ok(beside.interpretations.includes('envelope-of-encrypted-answers.beside'));

  const top = keeping(info);
  const flat = judge(info, top, {
    opened: { form: 'plain', value: { code: '000_000', message: 'Success.', ...top.body } },
  });
  assert.deepEqual(flat.findings, []);
  assert.ok(flat.interpretations.includes('envelope.top-level'));
});

test('what is no answer of the API is a target-error, never a violation and never a pass', () => {
  const answer = keeping(info);
  const html = { form: 'not-json', claimed: false, problem: 'no JSON' } as const;
  const cases = [
    judge(info, { ...answer, status: 502 }, { opened: html }),
    judge(info, { ...answer, status: 200, headers: [['Content-Type', 'text/html']] }, { opened: html }),
    judge(
      info,
      { ...answer, status: 302, headers: [['Location', 'https://elsewhere.invalid/a?b=c']] },
      { opened: { form: 'empty' } },
    ),
    judge(info, { ...answer, status: 503 }, { opened: { form: 'plain', value: { message: 'later' } } }),
    judge(info, { ...answer, status: 500 }, { opened: { form: 'empty' } }),
  ];
  for (const { outcome, findings, kept } of cases)
    assert.deepEqual({ outcome, findings, kept }, { outcome: 'target-error', findings: [], kept: [] });
  assert.match(cases[2]?.reason ?? '', /https:\/\/elsewhere\.invalid;/);
});

test('an answer of the API without a code, or with broken JSON, is a violation', () => {
  const answer = keeping(info);
  const clauses = (judgement: ReturnType<typeof judge>) => judgement.findings.map(({ clause }) => clause);
  assert.deepEqual(clauses(judge(info, answer, { opened: { form: 'plain', value: answer.body } })), [
    'account-info.code.000_000.code',
  ]);
  assert.deepEqual(clauses(judge(info, answer, { opened: { form: 'empty' } })), [
    'account-info.code.000_000.code',
  ]);
  assert.deepEqual(
    clauses(
      judge(info, answer, {
        opened: { form: 'not-json', claimed: true, problem: 'expected ",", found the end' },
      }),
    ),
    ['account-info.response.content-type'],
  );
  assert.deepEqual(
    clauses(
      judge(info, { ...answer, status: 404 }, { opened: { form: 'plain', value: { error: 'Not Found' } } }),
    ),
    ['account-info.operation.path'],
  );
});

test('a hidden value is told by its length only', () => {
  const answer = keeping(cards);
  put(answer.body, ['issuedCardList', 0, 'digital', 'cardNo'], '99999900000011112');
  put(answer.body, ['issuedCardList', 1, 'digital', 'mobileCardCVC'], 987);
  const { findings } = judge(cards, answer);
  assert.deepEqual(findings.map(({ actual }) => actual).sort(), ['17 characters', 'a hidden number'].sort());
});
