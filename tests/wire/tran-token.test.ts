import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseTranToken, type Signing, tranToken, verifyTranToken } from '../../src/wire/tran-token.ts';
import { fc } from '../property.ts';

const signing: Signing = {
  prefix: 'KMV1',
  separator: ':',
  time: 'yyyyMMddHHmmssSSS',
  algorithm: 'HMAC-SHA256',
};
const time = '20240229123456789';
const secretKey = 'invented secret';
const body = Buffer.from('{"regNo":"1234567890123456789012"}');
const padded = tranToken({ signing, secretKey, body, time, padding: 'padded' });
const unpadded = tranToken({ signing, secretKey, body, time, padding: 'unpadded' });

/** The reason why a token fails, or its padding where it holds. */
function verdict(
  token: string,
  given: { secretKey: string; body: Uint8Array } = { secretKey, body },
): string {
  const result = verifyTranToken({ token, signing, ...given });
  return result.ok ? result.padding : result.reason;
}

describe('tranToken', () => {
  it('signs as RFC 4231 (cases 1, 2 and 4; the keys of the others are no UTF-8)', () => {
    const cases = [
      [
        '\x0b'.repeat(20),
        Buffer.from('Hi There'),
        'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
      ],
      [
        'Jefe',
        Buffer.from('what do ya want for nothing?'),
        '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
      ],
      [
        String.fromCharCode(...Array.from({ length: 25 }, (_, index) => index + 1)),
        Buffer.alloc(50, 0xcd),
        '82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b',
      ],
    ] as const;
    for (const [key, data, hex] of cases) {
      const token = tranToken({ signing, secretKey: key, body: data, time, padding: 'padded' });
      assert.equal(token, `KMV1:${time}:${Buffer.from(hex, 'hex').toString('base64')}`);
    }
  });

  it('has 67 characters with padding and 66 without', () => {
    assert.equal(padded.length, 67);
    assert.equal(unpadded.length, 66);
    assert.equal(`${unpadded}=`, padded);
  });

  it('takes the secret key as UTF-8 and the body as bytes', () => {
    const token = tranToken({
      signing,
      secretKey: '비밀',
      body: Uint8Array.of(0xff, 0),
      time,
      padding: 'padded',
    });
    assert.equal(verdict(token, { secretKey: '비밀', body: Uint8Array.of(0xff, 0) }), 'padded');
    assert.equal(verdict(token, { secretKey: '비밀', body: Uint8Array.of(0xff, 1) }), 'signature');
  });
});

describe('another way of signing', () => {
  const other: Signing = { ...signing, prefix: 'AB', separator: '.', time: 'ddMMyyyyHHmmss' };
  const token = tranToken({ signing: other, secretKey, body, time: '29022024123456', padding: 'padded' });

  it('is written and verified as it is described', () => {
    assert.match(token, /^AB\.29022024123456\.[^.]{44}$/);
    assert.ok(verifyTranToken({ token, signing: other, secretKey, body }).ok);
    assert.equal(verdict(token), 'malformed');
    assert.equal(verdict(token.replaceAll('.', ':')), 'prefix');
  });

  it('has a time of its own layout', () => {
    const wrong = verifyTranToken({
      token: token.replace('29022024', '20240229'),
      signing: other,
      secretKey,
      body,
    });
    assert.deepEqual(wrong, { ok: false, reason: 'time' });
  });
});

describe('verifyTranToken', () => {
  it('accepts both paddings and says which', () => {
    assert.deepEqual(verifyTranToken({ token: padded, signing, secretKey, body }), {
      ok: true,
      time,
      padding: 'padded',
    });
    assert.equal(verdict(unpadded), 'unpadded');
  });

  it('names the reason of every break', () => {
    const signature = padded.slice(23);
    assert.equal(verdict(padded, { secretKey: `${secretKey} `, body }), 'signature');
    assert.equal(verdict(padded, { secretKey, body: Buffer.concat([body, Buffer.from(' ')]) }), 'signature');
    assert.equal(verdict(padded.replace('KMV1', 'KMV2')), 'prefix');
    assert.equal(verdict(padded.toLowerCase()), 'prefix');
    assert.equal(verdict(`KMV1:${time.slice(0, 14)}:${signature}`), 'time');
    assert.equal(verdict(`KMV1:20230229123456789:${signature}`), 'time');
    for (const token of [
      '',
      'KMV1',
      'KMV1:',
      `KMV1:${time}`,
      `${padded}:`,
      `${padded}=`,
      ` ${padded}`.trim().slice(0, -2),
    ]) {
      assert.equal(verdict(token), 'malformed', token);
    }
    assert.equal(verdict(`${padded}\n`), 'malformed');
  });

  it('takes the canonical spelling of standard base64 only', () => {
    const bytes = Buffer.alloc(32, 0xff);
    const parse = (base64: string) => parseTranToken(`KMV1:${time}:${base64}`, signing).ok;
    assert.ok(parse(bytes.toString('base64')));
    assert.ok(!parse(bytes.toString('base64url')));
    assert.ok(!parse(`${'A'.repeat(42)}B=`));
    assert.ok(parse(`${'A'.repeat(42)}E=`));
  });

  it('fails when any one character changes', () => {
    fc.assert(
      fc.property(fc.nat(padded.length - 1), fc.constantFrom(...'A9b:=+'), (index, char) => {
        const changed = padded.slice(0, index) + char + padded.slice(index + 1);
        // The time is not signed (PROTOCOL gives HMAC over the body alone): another calendar time still verifies.
        if (changed !== padded && (index < 5 || index > 21))
          assert.ok(verdict(changed) !== 'padded', changed);
      }),
    );
  });
});
