import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Expectation } from '../../src/cases/case.ts';
import type { OpenedBody } from '../../src/judge/answer.ts';
import { judgeChanged } from '../../src/judge/changed.ts';
import type { RawHeader } from '../../src/wire/exchange.ts';
import { contract } from './answers.ts';

function apiById(id: string) {
  const api = contract.apis.find((one) => one.id === id);
  if (!api) throw new Error(`no API ${id}`);
  return api;
}

function scenario(id: string) {
  const found = contract.apis.flatMap(({ scenarios }) => scenarios).find((one) => one.id === id);
  if (!found) throw new Error(`no scenario ${id}`);
  return found;
}

const headers: readonly RawHeader[] = [
  ['Content-Type', 'application/json'],
  ['X-KM-Correlation-Id', '260101000000-0123abc'],
];

/** Judges an answer of `status` and `code` (none: a body without a code) to a changed request. */
function judge(
  api: string,
  expectation: Exclude<Expectation, { kind: 'outcome' | 'workflow' }>,
  status: number,
  code?: string,
  more: {
    message?: string;
    inquired?: string;
    opened?: OpenedBody;
    headers?: readonly RawHeader[];
    body?: string;
    changedHeader?: string;
    controlBehind?: { failure: string | undefined };
  } = {},
) {
  const documented = apiById(api).codes.find((row) => row.code === code)?.messages[0]?.text;
  const description = more.message ?? documented ?? 'any';
  const business =
    api === 'ars-inquiry' && status === 200 ? { status: more.inquired ?? 'ARS_AUTH_DONE' } : {};
  const value = code === undefined ? {} : { response: { code, description }, ...business };
  return judgeChanged({
    api: apiById(api),
    sent: { userId: 5 },
    expectation,
    outcome: {
      ok: true,
      response: { status, headers: more.headers ?? headers, body: new TextEncoder().encode(more.body ?? '') },
    },
    opened: more.opened ?? { form: 'plain', value },
    envelope: {},
    changedHeader: more.changedHeader,
    controlBehind: more.controlBehind,
  });
}

const generalCodes = ['000_002', '000_003', '000_015'];
const header = 'ars-inquiry.request.header.X-KM-Tran-Token.guard';
const loose = {
  kind: 'rejected',
  level: 'MUST',
  clause: header,
  codes: generalCodes,
  only: false,
  guard: true,
  control: scenario('ars-inquiry/succeeded'),
} as const;
const field = 'linkable-cards.request.physicalCardNo.length';
const strict = {
  kind: 'rejected',
  level: 'MUST',
  clause: field,
  codes: [...generalCodes, '003_011'],
  only: true,
  control: scenario('linkable-cards/succeeded'),
} as const;
const badValue = { message: 'Invalid input parameter.' };

test('a rejection that the pages leave open may have any code that is no documented one', () => {
  for (const [status, code] of [
    [401, 'E-1'],
    [400, '000_003'],
    [403, undefined],
    [200, 'E-1'],
  ] as const) {
    const judgement = judge('ars-inquiry', loose, status, code);
    assert.deepEqual(judgement.findings, [], `${status} ${code}`);
    assert.ok(judgement.kept.includes(header));
  }
});

test('a page of something before the platform neither refuses nor takes a request', () => {
  const page: OpenedBody = { form: 'not-json', claimed: false, problem: '' };
  const observed = {
    kind: 'observed',
    accepted: 'a.b',
    rejected: 'a.c',
    control: scenario('ars-inquiry/succeeded'),
  } as const;
  const understood = {
    kind: 'understood',
    clause: header,
    control: scenario('ars-inquiry/succeeded'),
  } as const;
  for (const expectation of [loose, observed, understood]) {
    for (const status of [200, 400, 401, 403, 405, 406]) {
      const judgement = judge('ars-inquiry', expectation, status, undefined, { opened: page });
      assert.deepEqual([judgement.outcome, judgement.findings, judgement.kept], ['target-error', [], []]);
    }
  }
  assert.equal(judge('linkable-cards', strict, 403, undefined, { opened: page }).outcome, 'target-error');
  // What says that it is JSON, and is not, is the platform's.
  const claimed: OpenedBody = { form: 'not-json', claimed: true, problem: '' };
  assert.equal(judge('linkable-cards', strict, 403, undefined, { opened: claimed }).outcome, 'violates');
});

test('a success, the outcome of the control, or another documented code is no rejection', () => {
  for (const [status, code] of [
    [200, '000_000'],
    [400, '000_000'],
    [400, '002_019'],
    [200, undefined],
  ] as const) {
    const judgement = judge('ars-inquiry', loose, status, code);
    assert.deepEqual(
      judgement.findings.map(({ clause }) => clause),
      [header],
      `${status} ${code}`,
    );
  }
  const failing = { ...loose, control: scenario('ars-register/still-in-progress') };
  const same = judge('ars-register', failing, 400, '002_013');
  assert.match(same.findings[0]?.actual ?? '', /as to a request without this fault/);
});

test('what only the guide knows is a SHOULD', () => {
  const judgement = judge('ars-inquiry', { ...loose, level: 'SHOULD' }, 200, '000_000');
  assert.equal(judgement.outcome, 'warns');
});

test('where a page documents the code, only it and its kin are a rejection', () => {
  assert.deepEqual(judge('linkable-cards', strict, 400, '000_002', badValue).findings, []);
  assert.deepEqual(judge('linkable-cards', strict, 400, '000_015').findings, []);
  assert.deepEqual(
    judge('linkable-cards', strict, 400, '003_011', { message: 'Invalid card info.' }).findings,
    [],
  );
  for (const code of ['001_006', '003_049', '000_001', '900_005', undefined]) {
    assert.deepEqual(
      judge('linkable-cards', strict, 400, code).findings.map(({ clause }) => clause),
      [field],
      code,
    );
  }
});

test('the documented code comes with its status, message and headers', () => {
  const clauses = (judgement: ReturnType<typeof judge>) => judgement.findings.map(({ clause }) => clause);
  assert.deepEqual(clauses(judge('linkable-cards', strict, 422, '000_002', badValue)), [
    'linkable-cards.code.000_002.status',
  ]);
  assert.deepEqual(
    clauses(judge('linkable-cards', strict, 400, '000_002', { message: 'Invalid input parameter' })),
    ['linkable-cards.code.000_002.message'],
  );
  assert.deepEqual(clauses(judge('linkable-cards', strict, 400, '000_002', { ...badValue, headers: [] })), [
    'linkable-cards.response.header.X-KM-Correlation-Id.presence',
  ]);
});

test('a crash is a rejection and a SHOULD that is not kept; an absence is no answer', () => {
  const crash = judge('ars-inquiry', loose, 500, 'E-500');
  assert.equal(crash.outcome, 'warns');
  assert.deepEqual(
    crash.findings.map(({ clause }) => clause),
    ['ars-inquiry.robustness.graceful'],
  );
  assert.equal(judge('ars-inquiry', loose, 503).outcome, 'target-error');
  assert.equal(judge('ars-inquiry', loose, 302).outcome, 'target-error');
});

test('a value within its limits may be answered with anything but a bad value', () => {
  const clause = 'account-delete.request.userId.range';
  const understood = { kind: 'understood', clause, control: scenario('account-delete/succeeded') } as const;
  assert.deepEqual(judge('account-delete', understood, 200, '000_000').findings, []);
  assert.deepEqual(judge('account-delete', understood, 400, '001_006').findings, []);
  for (const code of generalCodes) {
    assert.equal(judge('account-delete', understood, 400, code).findings[0]?.clause, clause);
  }
});

test('what two interpretations answer differently shows the interpretation and breaks nothing', () => {
  const observed = {
    kind: 'observed',
    accepted: 'registration-number-length.up-to-22',
    rejected: 'registration-number-length.exactly-22',
    control: scenario('ars-inquiry/succeeded'),
  } as const;
  const interpretation = (status: number, code: string) => {
    const judgement = judge('ars-inquiry', observed, status, code);
    assert.deepEqual(judgement.findings, []);
    return judgement.interpretations.filter((one) => one.startsWith('registration-number-length'));
  };
  assert.deepEqual(interpretation(400, '002_019'), ['registration-number-length.up-to-22']);
  assert.deepEqual(interpretation(200, '000_000'), ['registration-number-length.up-to-22']);
  assert.deepEqual(interpretation(400, '000_015'), ['registration-number-length.exactly-22']);
  assert.deepEqual(interpretation(400, 'E-1'), ['registration-number-length.exactly-22']);
});

test('a stranger may be answered with any code, and with a bad value where the page has no other failure', () => {
  const stranger = {
    kind: 'observed',
    accepted: 'code-for-a-stranger.own',
    rejected: 'code-for-a-stranger.bad-value',
    rejectedAs: 'bad-value',
    control: scenario('account-info/succeeded'),
  } as const;
  const shown = (code: string) => judge('account-info', stranger, 400, code);
  assert.deepEqual(shown('001_006').findings, []);
  assert.ok(shown('001_006').interpretations.includes('code-for-a-stranger.own'));
  assert.deepEqual(shown('000_002').findings, []);
  assert.ok(shown('000_002').interpretations.includes('code-for-a-stranger.bad-value'));
});

test('an answer may repeat the bad header that it got, and no other bad one', () => {
  const repeated = [
    ['Content-Type', 'application/json'],
    ['X-KM-Correlation-Id', 'bad'],
  ] as const;
  const broken = (changedHeader: string) =>
    judge('linkable-cards', loose, 400, '000_002', { headers: repeated, changedHeader }).findings.map(
      ({ clause }) => clause,
    );
  assert.deepEqual(broken('X-KM-Correlation-Id'), []);
  assert.deepEqual(broken('X-KM-Tran-Time'), ['linkable-cards.response.header.X-KM-Correlation-Id.length']);
});

test('a connection that ends is no answer; to a robustness case it is a SHOULD that is not kept, if the control is answered behind it', () => {
  const lost = (
    expectation: Exclude<Expectation, { kind: 'outcome' | 'workflow' }>,
    controlBehind?: { failure: string | undefined },
  ) =>
    judgeChanged({
      api: apiById('ars-inquiry'),
      sent: {},
      expectation,
      outcome: { ok: false, failure: { kind: 'reset', message: 'the connection ended' } },
      opened: { form: 'empty' },
      envelope: {},
      controlBehind,
    });
  const clause = 'ars-inquiry.robustness.graceful';
  const graceful = { kind: 'graceful', clause, control: loose.control } as const;
  assert.equal(lost(loose).outcome, 'target-error');
  const answered = lost(graceful, { failure: undefined });
  assert.deepEqual([answered.outcome, answered.kept], ['warns', []]);
  assert.equal(answered.findings[0]?.place, 'connection');
  for (const behind of [undefined, { failure: 'its control got no usable answer: refused' }]) {
    const gone = lost(graceful, behind);
    assert.deepEqual([gone.outcome, gone.findings, gone.kept], ['target-error', [], []]);
  }
  assert.match(lost(graceful, { failure: 'refused' }).reason, /the connection ended; asked again, refused/);
});

test('an answer that takes the request is judged by what it claims to be', () => {
  const observed = {
    kind: 'observed',
    accepted: 'a.b',
    rejected: 'a.c',
    control: scenario('ars-inquiry/succeeded'),
  } as const;
  const clauses = (judgement: ReturnType<typeof judge>) => judgement.findings.map(({ clause }) => clause);
  assert.deepEqual(clauses(judge('ars-inquiry', observed, 200, '000_000', { inquired: 'DONE' })), [
    'ars-inquiry.response.status.enum',
  ]);
  assert.deepEqual(
    clauses(judge('ars-inquiry', observed, 200, '000_000', { headers: headers.slice(0, 1) })),
    ['ars-inquiry.response.header.X-KM-Correlation-Id.presence'],
  );
  assert.deepEqual(clauses(judge('ars-inquiry', observed, 200, '000_000')), []);
});

test('graceful: no 5xx, no stack trace, no version of a server, JSON; each a SHOULD', () => {
  const clause = 'ars-inquiry.robustness.graceful';
  const graceful = { kind: 'graceful', clause, control: scenario('ars-inquiry/succeeded') } as const;
  assert.deepEqual(judge('ars-inquiry', graceful, 405, 'E-405').kept, [clause]);
  const controlBehind = { failure: undefined };
  const nothing = judge('ars-inquiry', graceful, 404, undefined, {
    opened: { form: 'empty' },
    controlBehind,
  });
  assert.deepEqual(nothing.kept, [clause]);
  const bad = [
    judge('ars-inquiry', graceful, 500, 'E-500'),
    judge('ars-inquiry', graceful, 400, 'E', { body: '{"trace":"at com.example.Api.call(Api.java:12)"}' }),
    judge('ars-inquiry', graceful, 400, 'E', { headers: [['Server', 'nginx/1.25.3']] }),
    judge('ars-inquiry', graceful, 404, undefined, {
      opened: { form: 'not-json', claimed: false, problem: '' },
      controlBehind,
    }),
  ];
  for (const { outcome, findings, kept } of bad) {
    assert.deepEqual([outcome, findings.length, kept.length], ['warns', 1, 0]);
  }
});
