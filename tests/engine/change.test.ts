import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Change, changesBy, summedUp } from '../../src/engine/change.ts';
import type { OpenedBody } from '../../src/judge/answer.ts';
import { changesOf } from '../../src/report/changes.ts';
import { readProfile } from '../../src/run/plan.ts';
import type { Profile } from '../../src/target/profile.ts';
import type { Exchange } from '../../src/wire/exchange.ts';
import { contract } from '../project.ts';

const { wire } = readProfile('embedded', contract, {});
const writing = contract.apis.find(({ effect }) => effect === 'writes');
const reading = contract.apis.find(({ effect }) => effect === 'reads');
assert.ok(writing && reading);
const success = writing.codes.find(({ status }) => status < 300)?.code ?? '';
const failure = writing.codes.find(({ status }) => status >= 400)?.code ?? '';

const withCode = (code: string): OpenedBody => ({
  form: 'plain',
  value: { response: { code, description: '' } },
});

function changes(
  api: typeof writing,
  outcome: Exchange['outcome'] | number,
  opened: OpenedBody,
): readonly Change[] {
  const request = { method: 'POST', url: 'http://127.0.0.1/', headers: [], body: new Uint8Array() };
  const whole: Exchange['outcome'] =
    typeof outcome === 'number'
      ? { ok: true, response: { status: outcome, headers: [], body: new Uint8Array() } }
      : outcome;
  const profile: Pick<Profile, 'wire'> = { wire };
  return changesBy(
    api ?? assert.fail(),
    { request, outcome: whole, startedAt: 0, duration: 1 },
    opened,
    profile,
  );
}

const lost: Exchange['outcome'] = { ok: false, failure: { kind: 'reset', message: 'gone' } };
const rows: readonly (readonly [
  what: string,
  outcome: Exchange['outcome'] | number,
  opened: OpenedBody,
  taken: boolean | undefined,
])[] = [
  ['a success', 200, withCode(success), true],
  ['a success with the status of a failure', 400, withCode(success), true],
  ['a documented failure', 400, withCode(failure), false],
  ['a documented failure with the status of a success', 200, withCode(failure), false],
  ['an unknown code', 403, withCode('E-1'), false],
  ['a code that nobody knows, with the status of a success', 200, withCode('E-1'), true],
  ['nothing but a status', 204, { form: 'empty' }, true],
  ['a fault of the target', 500, { form: 'empty' }, undefined],
  ['a message that can not be opened', 200, { form: 'sealed', outer: null, problem: 'no key' }, undefined],
  ['no answer', lost, { form: 'empty' }, undefined],
];

for (const [what, outcome, opened, taken] of rows) {
  test(`${what} counts as ${taken === undefined ? 'unknown' : taken ? 'taken' : 'refused'}`, () => {
    const { id: api } = writing;
    assert.deepEqual(
      changes(writing, outcome, opened),
      taken === false ? [] : [{ api, effect: 'writes', taken: taken ? 1 : 0, unknown: taken ? 0 : 1 }],
    );
    assert.deepEqual(changes(reading, outcome, opened), []);
  });
}

test('changes are summed up by operation', () => {
  const one = (api: string, taken: number, unknown: number): Change => ({
    api,
    effect: 'writes',
    taken,
    unknown,
  });
  assert.deepEqual(summedUp([one('a', 1, 0), one('b', 0, 1), one('a', 1, 1)]), [
    one('a', 2, 1),
    one('b', 0, 1),
  ]);
  assert.deepEqual(changesOf([]), { operations: [], made: [], gone: [], left: [] });
});
