import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { headerValues } from '../../src/wire/headers.ts';
import { apiOf, call, contract, credentials, sandboxWith } from './client.ts';

const { headers: HEADER } = contract.platform;

const unknown = { regNo: '2025010109000000000019' };

describe('a deviation', () => {
  it('leaves out any check that it names, and no other', async () => {
    const lax = await sandboxWith({
      deviation: {
        leavesOut: (check) => ['token', 'parameter.userId.range', 'body.encrypted'].includes(check),
      },
    });
    const headers = { [HEADER.cryptoKeyId]: credentials.cryptoKeyId };
    const zero = { userId: 0 };
    assert.equal((await call(lax, 'account-delete', zero, { secretKey: 'another' })).code, '000_000');
    assert.equal((await call(lax, 'account-delete', zero, { encrypted: false, headers })).code, '000_000');
    assert.equal((await call(lax, 'account-delete', { userId: '0' })).code, '000_002');
  });

  it('never makes the sandbox fail, whichever check is left out', async () => {
    const lax = await sandboxWith({ deviation: { leavesOut: () => true } });
    const none = Object.fromEntries(Object.values(HEADER).map((name) => [name, undefined]));
    for (const api of ['ars-register', 'ars-inquiry', 'account-info', 'account-delete', 'linkable-cards']) {
      for (const body of [{}, { userId: '-5', regNo: 7 }, { userId: 1.5 }, { userId: null }, []]) {
        const reply = await call(lax, api, body, { headers: none, encrypted: false });
        assert.notEqual(reply.status, 500, reply.text);
      }
    }
  });

  it('stands around each stage, and knows which request it is', async () => {
    const seen: string[] = [];
    const sandbox = await sandboxWith({
      deviation: {
        open: async (at, open) => ({ ...(await open()), added: at.count }),
        act: (at, act) => {
          seen.push(`act ${String(at.parameters?.added)}`);
          return act(at);
        },
        answer: (answer) => ({ ...answer, body: { ...answer.body, more: true } }),
        seal: async (answer, _, seal) => seal({ ...answer, encrypted: true }),
        send: (wire) => ({
          ...wire,
          headers: [...wire.headers, ['X-More', '1'], ['X-More', '2']],
          chunked: true,
          delay: 5,
        }),
      },
    });
    await call(sandbox, 'ars-inquiry', unknown);
    const reply = await call(sandbox, 'ars-inquiry', unknown);
    assert.deepEqual(seen, ['act 1', 'act 2']);
    assert.equal(reply.encrypted, true);
    assert.equal(reply.body.more, true);
    assert.deepEqual(headerValues(reply.headers, 'x-more'), ['1', '2']);
    assert.deepEqual(headerValues(reply.headers, 'transfer-encoding'), ['chunked']);
  });

  it('that throws is answered with 500 and nothing of its error', async (t) => {
    const told = t.mock.method(console, 'error', () => undefined);
    const sandbox = await sandboxWith({
      deviation: {
        act: () => {
          throw new Error('a secret');
        },
      },
    });
    const reply = await call(sandbox, 'ars-inquiry', unknown);
    assert.deepEqual([reply.status, reply.code], [500, '900_012']);
    assert.doesNotMatch(reply.text, /secret|at /);
    assert.equal(told.mock.callCount(), 1);
  });

  it('of one sandbox is not another’s', async () => {
    const other = await sandboxWith();
    assert.equal((await call(other, 'ars-inquiry', unknown)).code, '002_019');
    assert.equal(apiOf('ars-inquiry').codes.length, 8);
  });
});
