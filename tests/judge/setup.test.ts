import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonValue } from '../../src/json/json.ts';
import type { OpenedBody } from '../../src/judge/answer.ts';
import { transportAdvice, troubleOf } from '../../src/judge/setup.ts';
import type { Exchange } from '../../src/wire/exchange.ts';
import { contract } from './answers.ts';

const [api] = contract.apis;
const scenario = api?.scenarios[0];
assert.ok(api && scenario);

const plain = (code: string): OpenedBody => ({ form: 'plain', value: { code, message: 'said' } });
const page: OpenedBody = { form: 'not-json', claimed: false, problem: 'no JSON' };
const sealed = (isForAnotherKey: boolean, beside: Readonly<Record<string, JsonValue>> = {}): OpenedBody => ({
  form: 'sealed',
  outer: { encData: 'a.b.c.d.e', ...beside },
  problem: 'made for another key',
  isForAnotherKey,
});

function kindOf(status: number, opened: OpenedBody): string {
  const response = { status, headers: [], body: new Uint8Array([1]) };
  const given = { api, scenario, outcome: { ok: true, response }, opened, envelope: {} } as const;
  assert.ok(given.api && given.scenario);
  return troubleOf({ ...given, api: given.api, scenario: given.scenario })?.kind ?? 'none';
}

test('an answer of the API is no trouble, whatever it says; what every answer would say is', () => {
  const table: readonly (readonly [status: number, opened: OpenedBody, kind: string])[] = [
    [200, plain('000_000'), 'none'],
    [400, plain('000_002'), 'none'],
    [400, plain('E-KEY'), 'none'],
    [500, plain('900_012'), 'none'],
    [503, plain('900_012'), 'none'],
    [401, plain('900_003'), 'refused'],
    [403, plain('E-KEY'), 'refused'],
    [402, plain('E-KEY'), 'none'],
    [404, plain('900_007'), 'not-the-api'],
    [405, plain('900_007'), 'not-the-api'],
    // The documented code is an answer of the API, whatever the status.
    [404, plain('000_000'), 'none'],
    [406, plain('900_007'), 'none'],
    [404, page, 'not-the-api'],
    [403, page, 'not-the-api'],
    [200, page, 'not-the-api'],
    [302, page, 'not-the-api'],
    [302, plain('000_000'), 'none'],
    [502, page, 'not-the-api'],
    [500, page, 'crashed'],
    [500, { form: 'empty' }, 'crashed'],
    [404, { form: 'empty' }, 'not-the-api'],
    [200, sealed(true), 'sealed'],
    [200, sealed(false), 'none'],
    [200, sealed(true, { code: '000_000' }), 'none'],
    [401, sealed(true), 'refused'],
  ];
  for (const [status, opened, kind] of table) {
    assert.equal(kindOf(status, opened), kind, `${status} ${JSON.stringify(opened)}`);
  }
});

test('each failure of transport has a cause and something to change, in one sentence', () => {
  const kinds = ['refused', 'dns', 'tls', 'timeout', 'reset', 'too-large', 'protocol', 'proxy'] as const;
  const told = new Set(kinds.map((kind) => transportAdvice({ kind })));
  assert.equal(told.size, kinds.length);
  for (const advice of told) assert.match(advice, /(?:^|: )(?:check|correct|start) .*[^.]$/);
  assert.notEqual(
    transportAdvice({ kind: 'tls', code: 'CERT_HAS_EXPIRED' }),
    transportAdvice({ kind: 'tls', code: 'CERT_NOT_YET_VALID' }),
  );
  const outcome: Exchange['outcome'] = {
    ok: false,
    failure: { kind: 'refused', message: 'http://host: no connection', code: 'ECONNREFUSED' },
  };
  assert.ok(api && scenario);
  assert.deepEqual(troubleOf({ api, scenario, outcome, opened: { form: 'empty' }, envelope: {} }), {
    kind: 'no-answer',
    says: `http://host: no connection; ${transportAdvice({ kind: 'refused' })}`,
  });
});
