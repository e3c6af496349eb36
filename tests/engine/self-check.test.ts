import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { editHeader } from '../../src/cases/mutations/header.ts';
import type { Mutation } from '../../src/cases/mutations/mutation.ts';
import { setTo, textEdits } from '../../src/cases/mutations/text-edits.ts';
import { checkSent, SelfCheckError } from '../../src/engine/self-check.ts';
import type { RawHeader } from '../../src/wire/exchange.ts';
import { contract } from '../project.ts';

const { apis, platform } = contract;
const [api] = apis.filter(({ id }) => id === 'ars-inquiry');
assert.ok(api);
const ownApi = api;

const { headers: HEADER } = platform;
const good: readonly RawHeader[] = [
  ['Content-Type', 'application/json'],
  ['Accept', 'application/json'],
  [HEADER.aspId, '123456789012345'],
  [HEADER.correlationId, '260101000000-01abcde'],
  [HEADER.accessKey, 'a'.repeat(40)],
  [HEADER.tranToken, `KMV1:20260101000000000:${'A'.repeat(43)}=`],
  [HEADER.tranTime, '20260101000000'],
  [HEADER.timeZone, 'KST'],
];

function check(headers: readonly RawHeader[], mutation?: Mutation): void {
  checkSent(ownApi, { method: 'POST', url: 'http://127.0.0.1/', headers, body: new Uint8Array() }, mutation);
}

const withValue = (name: string, value: string): readonly RawHeader[] =>
  good.map((header) => (header[0] === name ? [name, value] : header));

describe('the headers that the suite makes, held against the documents', () => {
  it('good ones pass', () => check(good));

  for (const [name, value] of [
    [HEADER.correlationId, '260101000000-01abcdg'],
    [HEADER.correlationId, '260101000000-01abcd'],
    [HEADER.tranTime, '20261301000000'],
    [HEADER.tranToken, `KMV2:20260101000000000:${'A'.repeat(43)}=`],
    [HEADER.timeZone, ''],
  ] as const) {
    it(`${name} of “${value}” is our own mistake`, () => {
      assert.throws(() => check(withValue(name, value)), SelfCheckError);
    });
  }

  it('one that is left out is our own mistake, unless the case declares it', () => {
    const without = good.filter(([name]) => name !== HEADER.tranTime);
    assert.throws(() => check(without), /left out the header X-KM-Tran-Time/);
    check(without, editHeader(HEADER.tranTime, textEdits.remove, { name: 'missing', title: '' }));
  });

  it('the declared change excuses that header alone', () => {
    const mutation = editHeader(HEADER.tranTime, setTo('20261301000000'), { name: 'bad-form', title: '' });
    check(withValue(HEADER.tranTime, '20261301000000'), mutation);
    assert.throws(() => check(withValue(HEADER.correlationId, 'short'), mutation), SelfCheckError);
  });
});
