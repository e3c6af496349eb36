import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../../src/json/json.ts';
import type { Judgement } from '../../src/judge/evidence.ts';
import { judgeTrace } from '../../src/workflow/judge.ts';
import { type Asked, emptyTrace, type Reply } from '../../src/workflow/trace.ts';
import { contract } from '../judge/answers.ts';
import { success } from './replies.ts';

// What was seen of the workflow of registered accounts, judged; put together from what each of its steps came to.

interface Registration {
  readonly account: string;
  readonly reply: Reply;
  /** Undefined: it was not looked at. */
  readonly looks: Looks | undefined;
}

interface Looks {
  readonly replies: readonly Reply[];
  readonly gaveUp?: number;
}

/** What came of each step; undefined for one that was not reached. */
interface Seen {
  readonly trouble: string | undefined;
  readonly registered: Registration | undefined;
  readonly meanwhile: readonly Registration[];
  readonly neighbour: Registration | undefined;
  readonly info: Reply | undefined;
  readonly changed: Registration | undefined;
  readonly changedInfo: Reply | undefined;
  readonly neighbourInfo: Reply | undefined;
  readonly deleted: Reply | undefined;
  readonly infoAfterwards: Reply | undefined;
  readonly neighbourAfterwards: Reply | undefined;
  readonly infoAtLast: Reply | undefined;
}

const own = 300000000000000005n;
const neighbour = 700000000000000005n;
const document = contract.workflows.find(({ id }) => id === 'registered-account');
assert.ok(document);

function judge(seen: Seen): Judgement {
  assert.ok(document);
  return judgeTrace(document, traceOf(seen));
}

/** The requests in the order of the workflow. */
function traceOf(seen: Seen) {
  const asked: Asked[] = [];
  const ask = (operation: string, body: JsonObject, reply: Reply | undefined) => {
    if (reply) asked.push({ operation, body, reply });
  };
  const register = (userId: bigint, one: Registration | undefined) =>
    one && ask('ars-register', { userId, bankAccount: one.account, bankCode: '901' }, one.reply);
  const follow = (one: Registration | undefined) => {
    const regNo = one && Object(one.reply.body).bankAccRegNo;
    for (const reply of one?.looks?.replies ?? []) ask('ars-inquiry', { regNo }, reply);
    const last = asked.at(-1);
    if (one?.looks?.gaveUp !== undefined && last) last.gaveUp = one.looks.gaveUp;
  };
  const show = (userId: bigint, reply: Reply | undefined) => ask('account-info', { userId }, reply);
  register(own, seen.registered);
  for (const one of seen.meanwhile) register(own, one);
  register(neighbour, seen.neighbour);
  follow(seen.registered);
  for (const one of seen.meanwhile) follow(one);
  show(own, seen.info);
  register(own, seen.changed);
  follow(seen.changed);
  show(own, seen.changedInfo);
  follow(seen.neighbour);
  show(neighbour, seen.neighbourInfo);
  ask('account-delete', { userId: own }, seen.deleted);
  show(own, seen.infoAfterwards);
  show(neighbour, seen.neighbourAfterwards);
  show(own, seen.infoAtLast);
  return { ...emptyTrace(), asked, trouble: seen.trouble };
}

const documentedCodes = new Set(contract.apis.flatMap(({ codes }) => codes.map(({ code }) => code)));
const refused = (code: string): Reply => ({
  status: 400,
  code,
  codeAt: '/response/code',
  documented: documentedCodes.has(code),
  success: false,
  body: {},
});
const inquired = (...steps: readonly (string | Reply)[]): Looks => ({
  replies: steps.map((step) => (typeof step === 'string' ? success({ status: step }) : step)),
});
const whole = inquired('ARS_AUTH_IN_PROGRESS', 'ARS_AUTH_DONE', 'BANK_ACC_REGISTERED', 'BANK_ACC_REGISTERED');
const atOnce = inquired('BANK_ACC_REGISTERED', 'BANK_ACC_REGISTERED');
const failed = inquired('ARS_AUTH_IN_PROGRESS', 'ARS_AUTH_FAILED', 'ARS_AUTH_FAILED');
const registration = (account: string, reply: Reply, looks?: Looks): Registration => ({
  account,
  reply,
  looks,
});
const accepted = (number: string, regNo: string, looks: Looks = whole) =>
  registration(number, success({ bankAccRegNo: regNo }), looks);
const account = (bankAccount: string, bankCode = '901') =>
  success({ userId: 5, accountInfo: { bankAccount, bankCode } });
const none = refused('900_001');
const inProgress = refused('002_013');

const kept: Seen = {
  trouble: undefined,
  registered: accepted('110-1', 'R1'),
  meanwhile: [registration('110-1', inProgress), registration('110-2', inProgress)],
  neighbour: accepted('110-3', 'R3', atOnce),
  info: account('110-1'),
  changed: accepted('110-4', 'R2'),
  changedInfo: account('110-4'),
  neighbourInfo: account('110-3'),
  deleted: success({}),
  infoAfterwards: none,
  neighbourAfterwards: account('110-3'),
  infoAtLast: none,
};

/** Up to where a registration that did not end, or was refused, leaves everything behind it unseen. */
const cutShort = {
  info: undefined,
  changed: undefined,
  changedInfo: undefined,
  neighbour: registration('110-3', success({ bankAccRegNo: 'R3' })),
  neighbourInfo: undefined,
  deleted: undefined,
  infoAfterwards: undefined,
  neighbourAfterwards: undefined,
  infoAtLast: undefined,
} as const;

const clausesOf = ({ findings }: Judgement) => findings.map(({ clause }) => clause);

test('what is as documented keeps every promise over time', () => {
  const judgement = judge(kept);
  assert.deepEqual(judgement.findings, []);
  const promised = [...contract.clauses.values()]
    .filter(({ subject }) => subject === 'behaviour')
    .map(({ id }) => id);
  assert.deepEqual([...judgement.kept].sort(), promised.sort());
});

const oneAtATime = 'ars-register.behaviour.one-at-a-time';
const isChanged = 'ars-register.behaviour.registered-account-is-changed';
const isUnique = 'ars-register.behaviour.number-is-unique';
const neverBack = 'ars-inquiry.behaviour.statuses-never-go-back';
const comesToAnEnd = 'ars-inquiry.behaviour.comes-to-an-end';
const showsAccount = 'account-info.behaviour.shows-registered-account';
const isGone = 'account-delete.behaviour.account-is-gone';

/** Each changes one answer of what is as documented. */
const breaches: readonly [name: string, change: Partial<Seen>, clause: string][] = [
  [
    'a second registration of the same account is accepted',
    {
      meanwhile: [registration('110-1', success({ bankAccRegNo: 'R9' })), registration('110-2', inProgress)],
    },
    oneAtATime,
  ],
  [
    'a second registration of another account is accepted',
    {
      meanwhile: [registration('110-1', inProgress), registration('110-2', success({ bankAccRegNo: 'R9' }))],
    },
    oneAtATime,
  ],
  [
    'a second registration is refused for another reason',
    { meanwhile: [registration('110-1', refused('000_002'))] },
    oneAtATime,
  ],
  [
    'another member is refused as if a registration of his were under way',
    { neighbour: registration('110-3', inProgress), neighbourInfo: undefined },
    oneAtATime,
  ],
  [
    'a registered account can not be changed',
    { changed: registration('110-4', inProgress), changedInfo: undefined },
    isChanged,
  ],
  ['a number is given twice', { changed: accepted('110-4', 'R1') }, isUnique],
  ['two members get one number', { neighbour: accepted('110-3', 'R1', atOnce) }, isUnique],
  [
    'the number is unknown to the inquiry',
    { ...cutShort, registered: accepted('110-1', 'R1', inquired(refused('002_019'))) },
    'ars-register.behaviour.number-is-inquiry-input',
  ],
  [
    'a status goes back',
    {
      changed: accepted(
        '110-4',
        'R2',
        inquired('ARS_AUTH_DONE', 'ARS_AUTH_IN_PROGRESS', 'BANK_ACC_REGISTERED'),
      ),
    },
    neverBack,
  ],
  [
    'what has ended goes on, and what account counts then is open',
    {
      ...cutShort,
      info: account('110-1'),
      registered: accepted(
        '110-1',
        'R1',
        inquired('ARS_AUTH_DONE', 'BANK_ACC_REGISTERED', 'BANK_ACC_REG_FAILED'),
      ),
    },
    neverBack,
  ],
  [
    'an authentication that was done fails',
    {
      ...cutShort,
      registered: accepted('110-1', 'R1', inquired('ARS_AUTH_DONE', 'ARS_AUTH_FAILED', 'ARS_AUTH_FAILED')),
    },
    neverBack,
  ],
  [
    'it never ends',
    {
      ...cutShort,
      registered: accepted('110-1', 'R1', {
        ...inquired('ARS_AUTH_IN_PROGRESS', 'ARS_AUTH_DONE'),
        gaveUp: 100,
      }),
    },
    comesToAnEnd,
  ],
  ['no account is shown', { info: none }, showsAccount],
  ['a success without an account', { info: success({ userId: 5 }) }, showsAccount],
  ['the account before is shown', { changedInfo: account('110-1') }, showsAccount],
  ['a masked account with another visible digit is shown', { changedInfo: account('1XX-1') }, showsAccount],
  ['the account of another bank is shown', { info: account('110-1', '902') }, showsAccount],
  [
    'the account of a failed registration is shown',
    { registered: accepted('110-1', 'R1', failed), info: account('1101') },
    showsAccount,
  ],
  [
    'the account of a failed change is shown',
    { changed: accepted('110-4', 'R2', failed), changedInfo: account('110-4') },
    showsAccount,
  ],
  [
    'the account of a registration that failed by a code is shown',
    {
      changed: accepted('110-4', 'R2', inquired(refused('002_018'), refused('002_018'))),
      changedInfo: account('110-4'),
    },
    showsAccount,
  ],
  [
    'the account before a change that was one at once is shown',
    {
      registered: accepted('110-1', 'R1', atOnce),
      meanwhile: [registration('110-1', inProgress), accepted('110-2', 'R5', atOnce)],
      info: account('110-1'),
    },
    showsAccount,
  ],
  ['the other member has another account', { neighbourInfo: account('110-4') }, showsAccount],
  ['the account is still there', { infoAfterwards: account('110-4') }, isGone],
  ['the account comes back', { infoAtLast: account('110-4') }, isGone],
  ['the account of another member goes with it', { neighbourAfterwards: none }, isGone],
  ['the other member is shown without an account', { neighbourAfterwards: success({ userId: 6 }) }, isGone],
];

for (const [name, change, clause] of breaches) {
  test(`${name}: one finding, ${clause}`, () => {
    const judgement = judge({ ...kept, ...change });
    assert.deepEqual(clausesOf(judgement), [clause]);
    assert.ok(contract.clauses.has(clause));
    assert.equal(judgement.outcome, 'violates');
    assert.ok(!judgement.kept.includes(clause));
  });
}

const finding = {
  clause: 'account-info.response.accountInfo.presence',
  outcome: 'violates',
  place: '/accountInfo',
  expected: 'a value',
  actual: 'missing',
  check: 'body.presence',
} as const;
const claim: Judgement = {
  outcome: 'violates',
  reason: '',
  findings: [finding],
  kept: [],
  interpretations: [],
  seen: [],
};

test('what an answer breaks by itself is told once, and nothing over time is read from it', () => {
  const broken = { ...success({ userId: 5 }), claim };
  const judgement = judge({ ...kept, info: broken, changedInfo: { ...broken, claim } });
  assert.deepEqual(judgement.findings, [finding]);
});

test('what two answers break alike is told twice only if they came otherwise', () => {
  const other = { ...claim, findings: [{ ...finding, answered: { status: 400, code: '000_002' } }] };
  const judgement = judge({
    ...kept,
    info: { ...success({ userId: 5 }), claim },
    changedInfo: { ...success({ userId: 5 }), claim: other },
  });
  assert.equal(judgement.findings.length, 2);
});

/** Each is allowed, and the promises of which it shows nothing. */
const allowed: readonly [name: string, change: Partial<Seen>, unseen: readonly string[]][] = [
  [
    'it was registered before the others came, which were changes then',
    {
      registered: accepted('110-1', 'R1', atOnce),
      meanwhile: [accepted('110-1', 'R5', atOnce), accepted('110-2', 'R6', atOnce)],
      info: account('110-2'),
    },
    [oneAtATime],
  ],
  [
    'a failure by status; then no account is promised',
    { registered: accepted('110-1', 'R1', failed), info: success({ userId: 5, accountInfo: {} }) },
    [isChanged],
  ],
  [
    'a failure by code',
    {
      registered: accepted('110-1', 'R1', inquired('ARS_AUTH_IN_PROGRESS', refused('002_014'))),
      info: none,
    },
    [isChanged],
  ],
  [
    'a failed change leaves the account as it was, and a mask hides all that tells the two apart',
    { changed: accepted('110-4', 'R2', failed), changedInfo: account('110-*') },
    [isChanged],
  ],
  [
    'nothing but failures, and nothing to delete',
    {
      registered: accepted('110-1', 'R1', failed),
      info: none,
      changed: accepted('110-4', 'R2', failed),
      changedInfo: none,
      neighbour: accepted('110-3', 'R3', failed),
      neighbourInfo: undefined,
      neighbourAfterwards: undefined,
    },
    [isChanged, showsAccount, isGone],
  ],
  [
    'part of the number is masked, or all of it; a success without an account after the deletion',
    {
      info: account('11*-1'),
      changedInfo: account('●●●-●'),
      neighbourInfo: account('XX03'),
      infoAfterwards: success({ userId: 5, accountInfo: {} }),
    },
    [],
  ],
  [
    'the change of the account is refused for a reason of its own',
    { changed: registration('110-4', refused('900_013')), changedInfo: undefined },
    [isChanged],
  ],
  [
    'another member is refused for a reason of its own',
    {
      neighbour: registration('110-3', refused('900_013')),
      neighbourInfo: undefined,
      neighbourAfterwards: undefined,
    },
    [],
  ],
  [
    'a change may still be under way, so that its account comes after the deletion',
    {
      changed: accepted('110-4', 'R2', inquired('ARS_AUTH_IN_PROGRESS')),
      changedInfo: undefined,
      infoAfterwards: account('110-4'),
    },
    [isChanged, isGone],
  ],
  [
    'an account that was never shown has not gone',
    { neighbourInfo: undefined, neighbourAfterwards: none, info: undefined, changedInfo: undefined },
    [isGone],
  ],
];

for (const [name, change, unseen] of allowed) {
  test(`allowed: ${name}`, () => {
    const judgement = judge({ ...kept, ...change });
    assert.deepEqual(judgement.findings, []);
    for (const clause of unseen) assert.ok(!judgement.kept.includes(clause), clause);
  });
}

test('after a second registration was accepted, nothing is said of the account', () => {
  const judgement = judge({
    ...kept,
    meanwhile: [registration('110-1', inProgress), registration('110-2', success({ bankAccRegNo: 'R9' }))],
    info: account('110-2'),
    changed: registration('110-4', inProgress),
    changedInfo: undefined,
    infoAfterwards: account('110-2'),
  });
  assert.deepEqual(clausesOf(judgement), [oneAtATime]);
});

test('an inquiry that stopped for another reason than the limit says nothing of an end', () => {
  const stopped = (...steps: readonly (string | Reply)[]) =>
    judge({
      ...kept,
      ...cutShort,
      trouble: 'ars-inquiry: HTTP 503',
      registered: accepted('110-1', 'R1', inquired(...steps)),
    });
  for (const steps of [['ARS_AUTH_IN_PROGRESS'], ['BANK_ACC_UNKNOWN'], [refused('900_013')]]) {
    const judgement = stopped(...steps);
    assert.equal(judgement.outcome, 'target-error');
    assert.deepEqual(judgement.findings, []);
    assert.ok(!judgement.kept.includes(comesToAnEnd));
  }
});

test('what the success of a registration means is read from an inquiry right behind it alone', () => {
  const interpretations = ({ interpretations: all }: Judgement) =>
    all.filter((one) => one.startsWith('register-success'));
  assert.deepEqual(interpretations(judge(kept)), ['register-success-means.accepted']);
  const registered = { registered: accepted('110-1', 'R1', atOnce), meanwhile: [] };
  const both = judge({ ...kept, ...registered, changed: accepted('110-4', 'R2', atOnce) });
  assert.deepEqual(interpretations(both), ['register-success-means.registered']);
});

test('the limit is named when it was reached', () => {
  const { reason } = judge({
    ...kept,
    ...cutShort,
    registered: accepted('110-1', 'R1', {
      ...inquired('ARS_AUTH_IN_PROGRESS', 'ARS_AUTH_DONE'),
      gaveUp: 60_000,
    }),
  });
  assert.match(reason, /ARS_AUTH_DONE still after 60000 ms \(timeouts\.workflow/);
});

test('a registration that is refused says nothing over time; trouble on the way is no violation', () => {
  const start = judge({ ...kept, registered: registration('110-1', refused('001_006')) });
  assert.equal(start.outcome, 'setup-error');
  assert.match(start.reason, /HTTP 400 with 001_006/);
  assert.ok(document);
  const lost = judgeTrace(document, { ...emptyTrace(), trouble: 'no complete answer' });
  assert.deepEqual([lost.outcome, lost.reason], ['target-error', 'no complete answer']);
  const broken = judge({
    ...kept,
    trouble: 'no complete answer',
    deleted: undefined,
    infoAfterwards: undefined,
    infoAtLast: undefined,
  });
  assert.equal(broken.outcome, 'target-error');
  assert.deepEqual(broken.findings, []);
});

test('a registration without its number: the reason says what is missing, and what is broken is told', () => {
  const without = success({});
  const start = judge({ ...kept, registered: registration('110-1', without) });
  assert.equal(start.outcome, 'setup-error');
  assert.match(start.reason, /bankAccRegNo is missing/);
  const told = judge({ ...kept, registered: registration('110-1', { ...without, claim }) });
  assert.equal(told.outcome, 'violates');
  assert.deepEqual(told.findings, [finding]);
  assert.match(told.trouble ?? '', /bankAccRegNo is missing/);
});

// Moves have no place in the workflow of accounts; here the registration could be called off while it is in progress.
const movable: typeof document = {
  ...document,
  records: [],
  processes: document.processes.map((process) => ({
    ...process,
    statuses: new Map([...process.statuses, ['CALLED_OFF', { next: [], end: 'failed' as const }]]),
    moves: [
      {
        operation: 'account-delete',
        id: '/userId',
        from: ['ARS_AUTH_IN_PROGRESS'],
        to: 'CALLED_OFF',
        refused: '002_013',
        clause: 'account-delete.behaviour.account-is-gone',
      },
    ],
  })),
};

/** A registration, and in their order looks (a status) and requests to call it off (a reply). */
function judgeMoves(...steps: readonly (string | Reply)[]): Judgement {
  const asked: Asked[] = [
    { operation: 'ars-register', body: { userId: own }, reply: success({ bankAccRegNo: 'R1' }) },
    ...steps.map((step): Asked => {
      return typeof step === 'string'
        ? { operation: 'ars-inquiry', body: { regNo: 'R1' }, reply: success({ status: step }) }
        : { operation: 'account-delete', body: { userId: 'R1' }, reply: step };
    }),
  ];
  return judgeTrace(movable, { ...emptyTrace(), asked });
}

const moves: readonly [name: string, steps: readonly (string | Reply)[], checks: readonly string[]][] = [
  ['it was taken and is shown', ['ARS_AUTH_IN_PROGRESS', success({}), 'CALLED_OFF'], []],
  [
    'it was taken and is not shown',
    ['ARS_AUTH_IN_PROGRESS', success({}), 'ARS_AUTH_DONE'],
    ['workflow.move-shown'],
  ],
  ['it was taken, and nobody looked', ['ARS_AUTH_IN_PROGRESS', success({})], []],
  ['one that has ended is refused', ['BANK_ACC_REGISTERED', refused('002_013')], []],
  ['one that has ended is taken', ['BANK_ACC_REGISTERED', success({})], ['workflow.move-refused']],
  [
    'one that has ended is refused with another code',
    ['BANK_ACC_REGISTERED', refused('002_014')],
    ['workflow.move-refused'],
  ],
  [
    'one that could be taken before and after is refused',
    [refused('002_013'), 'ARS_AUTH_IN_PROGRESS'],
    ['workflow.move-taken'],
  ],
  ['it may have gone on by then, so that it was refused', [refused('002_013'), 'ARS_AUTH_DONE'], []],
  ['it went on between the looks', ['ARS_AUTH_IN_PROGRESS', refused('002_013'), 'ARS_AUTH_DONE'], []],
];

for (const [name, steps, expected] of moves) {
  test(`a request to call it off: ${name}`, () => {
    assert.deepEqual(
      judgeMoves(...steps).findings.map(({ check }) => check),
      expected,
    );
  });
}

test('a criterion with a clause is kept or broken, but says nothing of an answer that is broken in itself', () => {
  const criterion = {
    condition: {
      kind: 'not',
      part: { kind: 'compare', operator: '==', sides: [{ kind: 'status' }, { kind: 'status' }] },
    },
    text: '$statusCode == 200',
    place: 'HTTP status',
    clause: oneAtATime,
  } as const;
  const judged = (holds: boolean, reply: Reply) =>
    judgeTrace(movable, {
      asked: [{ operation: 'ars-register', body: { userId: own }, reply: success({ bankAccRegNo: 'R1' }) }],
      criteria: [{ criterion, holds, reply }],
      trouble: undefined,
    });
  assert.deepEqual(judged(true, success({})).kept, [oneAtATime]);
  const [broken] = judged(false, success({})).findings;
  assert.deepEqual(
    [broken?.check, broken?.clause, broken?.place],
    ['workflow.criterion', oneAtATime, 'HTTP status'],
  );
  assert.deepEqual(judged(false, { ...success({}), claim }).findings, []);
});
