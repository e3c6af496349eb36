import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fates, physicalCards, registrations } from '../../sandbox/prepared.ts';
import { getPointer, type JsonValue } from '../../src/json/json.ts';
import { call, sandboxWith } from './client.ts';

const step = 1000;
const start = Date.UTC(2026, 0, 1, 0, 0, 0, 0);

/** A sandbox whose time is what the test says. */
async function sandboxInTime() {
  const time = { now: start };
  const sandbox = await sandboxWith({ registrationMs: step, now: () => time.now });
  const register = (userId: bigint, bankAccount = '111') =>
    call(sandbox, 'ars-register', { userId, bankAccount, bankCode: '901' });
  const statusOf = async (regNo: JsonValue | undefined) => {
    const { code, body } = await call(sandbox, 'ars-inquiry', { regNo: regNo ?? null });
    return body.status ?? code;
  };
  const accountOf = (userId: bigint) => call(sandbox, 'account-info', { userId });
  return { time, sandbox, register, statusOf, accountOf };
}

describe('a registration over time', () => {
  it('goes through its statuses, each a step long, and ends in an account', async () => {
    const { time, register, statusOf, accountOf } = await sandboxInTime();
    const { body } = await register(9999999999999999999n);
    const regNo = body.bankAccRegNo;
    assert.match(String(regNo), /^\d{22}$/);
    const seen: unknown[] = [];
    for (const elapsed of [0, step - 1, step, 2 * step - 1, 2 * step, 50 * step]) {
      time.now = start + elapsed;
      seen.push([await statusOf(regNo), (await accountOf(9999999999999999999n)).code]);
    }
    const [pending, done] = ['900_001', '000_000'];
    assert.deepEqual(seen, [
      ['ARS_AUTH_IN_PROGRESS', pending],
      ['ARS_AUTH_IN_PROGRESS', pending],
      ['ARS_AUTH_DONE', pending],
      ['ARS_AUTH_DONE', pending],
      ['BANK_ACC_REGISTERED', done],
      ['BANK_ACC_REGISTERED', done],
    ]);
    const account = (await accountOf(9999999999999999999n)).body;
    assert.equal(account.userId, 9999999999999999999n);
    // Korean time, at the moment of its end, whenever it was asked for.
    assert.equal(getPointer(account, '/accountInfo/createdDateTime'), '20260101090002000');
    assert.equal(getPointer(account, '/accountInfo/bankAccount'), '111');
  });

  it('does not go back when the clock does', async () => {
    const { time, register, statusOf } = await sandboxInTime();
    const regNo = (await register(77n)).body.bankAccRegNo;
    time.now = start + step;
    assert.equal(await statusOf(regNo), 'ARS_AUTH_DONE');
    time.now = start;
    assert.equal(await statusOf(regNo), 'ARS_AUTH_DONE');
  });

  it('keeps a second one of the same member out until it has ended', async () => {
    const { time, register } = await sandboxInTime();
    const first = await register(77n);
    time.now = start + 2 * step - 1;
    const second = await register(77n);
    assert.deepEqual([second.status, second.code], [400, '002_013']);
    assert.equal((await register(78n)).code, '000_000');
    time.now = start + 2 * step;
    const third = await register(77n);
    assert.equal(third.code, '000_000');
    assert.notEqual(third.body.bankAccRegNo, first.body.bankAccRegNo);
  });

  it('is begun once by many requests at the same time', async () => {
    const { register } = await sandboxInTime();
    const codes = (await Promise.all(Array.from({ length: 8 }, () => register(77n)))).map(({ code }) => code);
    assert.deepEqual(codes.sort(), ['000_000', ...Array(7).fill('002_013')]);
  });

  it('tells members apart whose ids a double would make the same', async () => {
    const { register } = await sandboxInTime();
    assert.equal((await register(9007199254740992n)).code, '000_000');
    assert.equal((await register(9007199254740993n)).code, '000_000');
    assert.equal((await register(9007199254740993n)).code, '002_013');
  });

  it('gives each its own number', async () => {
    const { register } = await sandboxInTime();
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, index) => register(500n + BigInt(index))),
    );
    assert.equal(new Set(replies.map(({ body }) => body.bankAccRegNo)).size, 20);
  });

  it('changes the account there is, and keeps the time of its making', async () => {
    const { time, register, accountOf } = await sandboxInTime();
    await register(77n, '111');
    time.now = start + 5 * step;
    await register(77n, '222');
    assert.equal(getPointer((await accountOf(77n)).body, '/accountInfo/bankAccount'), '111');
    time.now = start + 7 * step;
    const { body } = await accountOf(77n);
    assert.equal(getPointer(body, '/accountInfo/bankAccount'), '222');
    assert.equal(getPointer(body, '/accountInfo/createdDateTime'), '20260101090002000');
    assert.equal(getPointer(body, '/accountInfo/updatedDateTime'), '20260101090007000');
  });

  for (const { from, to, fate } of fates) {
    it(`of the members from ${from} goes as prepared: ${fate}`, async () => {
      const { time, register, statusOf, accountOf } = await sandboxInTime();
      for (const member of [from, to]) {
        time.now += 10 * step;
        const began = time.now;
        const { code, body } = await register(member);
        // The first member of a range may be the prepared one that is under way already.
        assert.equal(code, '000_000');
        time.now = began + step;
        const afterCall = await statusOf(body.bankAccRegNo);
        time.now = began + 2 * step;
        const atEnd = await statusOf(body.bankAccRegNo);
        const account = (await accountOf(member)).code;
        const expected = {
          registered: ['ARS_AUTH_DONE', 'BANK_ACC_REGISTERED', '000_000'],
          'registered-at-once': ['BANK_ACC_REGISTERED', 'BANK_ACC_REGISTERED', '000_000'],
          'never-ends': ['ARS_AUTH_IN_PROGRESS', 'ARS_AUTH_IN_PROGRESS', '900_001'],
          '002_014': ['002_014', '002_014', '900_001'],
        } as const;
        const wanted = Object.entries(expected).find(([name]) => name === fate)?.[1] ?? [
          'ARS_AUTH_DONE',
          fate,
          '900_001',
        ];
        assert.deepEqual([afterCall, atEnd, account], wanted);
        // A failed one leaves the member free to try again; one that never ends does not.
        assert.equal((await register(member)).code, fate === 'never-ends' ? '002_013' : '000_000');
      }
    });
  }

  it('goes the usual way just outside a range', async () => {
    const { time, register, statusOf } = await sandboxInTime();
    for (const member of [2013999n + 15001n, 9002013999999999999n + 30001000000000000n]) {
      const { body } = await register(member);
      time.now += 2 * step;
      assert.equal(await statusOf(body.bankAccRegNo), 'BANK_ACC_REGISTERED');
    }
  });
});

describe('account-delete', () => {
  it('deletes, and once more is a success too', async () => {
    const { time, sandbox, register, accountOf } = await sandboxInTime();
    await register(77n);
    await register(78n);
    time.now += 2 * step;
    assert.equal((await accountOf(77n)).code, '000_000');
    assert.equal((await call(sandbox, 'account-delete', { userId: 77n })).code, '000_000');
    assert.equal((await accountOf(77n)).code, '900_001');
    assert.equal((await call(sandbox, 'account-delete', { userId: 77n })).code, '000_000');
    assert.equal((await accountOf(78n)).code, '000_000');
  });
});

describe('members', () => {
  for (const [inside, outside] of [
    [1006000n, 1005999n],
    [1006999n, 1007000n],
    [9001006000000000000n, 9001005999999999999n],
    [9001006999999999999n, 9001007000000000000n],
  ] as const) {
    it(`${inside} is none and ${outside} is one`, async () => {
      const { sandbox, register, accountOf } = await sandboxInTime();
      assert.equal((await register(inside)).code, '001_006');
      assert.equal((await accountOf(inside)).code, '001_006');
      assert.equal((await call(sandbox, 'account-delete', { userId: inside })).code, '001_006');
      assert.equal((await register(outside)).code, '000_000');
    });
  }
});

describe('the prepared data', () => {
  it('have no card number that could be a real one', () => {
    const numbers = physicalCards.flatMap(({ number, waiting = [] }) => [
      number,
      ...waiting.map(({ digital }) => digital.cardNo),
    ]);
    assert.deepEqual(
      numbers.filter((number) => !/^9999\d{12}$/.test(number) || passesLuhn(number)),
      [],
    );
    assert.ok(passesLuhn('4111111111111111'));
  });

  it('have registration numbers of 22 characters', () => {
    assert.deepEqual([...new Set(registrations.map(({ regNo }) => regNo.length))], [22]);
  });
});

/** ISO/IEC 7812-1, annex B. */
function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
