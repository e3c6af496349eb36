import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findFault } from '../../sandbox/faults/catalogue.ts';
import { stringifyJson } from '../../src/json/json.ts';
import { writtenTime } from '../../src/wire/clock.ts';
import { tranToken } from '../../src/wire/tran-token.ts';
import { call, contract, credentials, sandboxWith } from './client.ts';

// Targets that compare keys and signatures almost rightly: what each lets pass, and what it stops by a hair.

const unknownNumber = { regNo: '2025010109000000000019' };
const passed = '002_019';
const refused = { token: '900_003', caller: '900_002', length: '000_015' };

const { signing } = contract.platform;
const token = tranToken({
  signing,
  secretKey: credentials.secretKey,
  body: Buffer.from(stringifyJson(unknownNumber)),
  time: writtenTime(signing.time, new Date(), 'KST'),
  padding: 'unpadded',
});
const start = token.lastIndexOf(':') + 1;

/** The token with another character at a place of its signature. */
function tokenWithOther(place: number): string {
  const at = start + place;
  return `${token.slice(0, at)}${token[at] === 'A' ? 'E' : 'A'}${token.slice(at + 1)}`;
}

/** The case of all but the last character swapped. */
function swapped(text: string): string {
  const swap = (letter: string) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
  return text.slice(0, -1).replaceAll(/[a-z]/gi, swap) + text.slice(-1);
}

/** The key with another character in the place given from its end. */
function keyWithOther(key: string, fromEnd: number): string {
  const at = key.length - fromEnd;
  return `${key.slice(0, at)}${key[at] === '1' ? '2' : '1'}${key.slice(at + 1)}`;
}

const signatureInOtherCase = token.slice(0, start) + swapped(token.slice(start));
const { accessKey, aspId } = credentials;
const upperKey = accessKey.toUpperCase();
const { tranToken: t, accessKey: a, aspId: p } = contract.platform.headers;

const rows: readonly (readonly [how: string, header: string, passes: string, stops: string, code: string])[] =
  [
    ['first-eight', t, tokenWithOther(8), tokenWithOther(7), refused.token],
    ['last-eight', t, tokenWithOther(34), tokenWithOther(35), refused.token],
    ['any-case', t, signatureInOtherCase, tokenWithOther(42), refused.token],
    ['prefix-optional', t, token.slice(5), tokenWithOther(42).slice(5), refused.length],
    ['last-character', a, keyWithOther(accessKey, 1), keyWithOther(accessKey, 2), refused.caller],
    ['any-case', a, upperKey, keyWithOther(upperKey, 1), refused.caller],
    ['last-character', p, keyWithOther(aspId, 1), keyWithOther(aspId, 2), refused.caller],
  ];

describe('a fault in comparing', () => {
  for (const [how, header, passes, stops, code] of rows) {
    it(`${header} (${how}) lets pass what it says, and no more`, async () => {
      const fault = findFault(`ars-inquiry.request.header.${header}.guard/${how}`, contract);
      const sandbox = await sandboxWith({ deviation: fault.deviation() });
      const right = await sandboxWith();
      const codeOf = async (at: typeof sandbox, value: string) =>
        (await call(at, 'ars-inquiry', unknownNumber, { headers: { [header]: value } })).code;
      assert.equal(await codeOf(sandbox, passes), passed);
      assert.notEqual(await codeOf(right, passes), passed);
      assert.equal(await codeOf(sandbox, stops), code);
    });
  }
});
