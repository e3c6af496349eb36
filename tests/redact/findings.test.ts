import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pseudonymsBy } from '../../src/redact/pseudonym.ts';
import { redactRecord } from '../../src/redact/redact-record.ts';
import { createRedactor } from '../../src/redact/redactor.ts';
import { brokenRecord } from '../report/samples.ts';

const pseudonym = pseudonymsBy(Buffer.from('a key'));

function finding(place: string, expected: string, actual: string) {
  return {
    check: 'body.echo',
    clause: 'account-info.response.userId.echo',
    outcome: 'violates',
    place,
    expected,
    actual,
  } as const;
}

test('an id that comes back another one is seen to be another one, in the finding and in the reason', () => {
  const found = finding('/userId', '9876543210123456789, as sent', '9876543210123456000');
  const reason = `${found.place}: expected ${found.expected}, got ${found.actual}`;
  const record = redactRecord(
    brokenRecord('account-info/succeeded', { findings: [found], reason }),
    createRedactor({
      values: ['9876543210123456789', '9876543210123456000'].map((text) => ({
        text,
        sensitivity: 'identifier' as const,
      })),
      pseudonym,
    }),
  );
  assert.equal(record.findings[0]?.expected, `${pseudonym('9876543210123456789')}, as sent`);
  assert.equal(record.findings[0]?.actual, pseudonym('9876543210123456000'));
  assert.notEqual(pseudonym('9876543210123456789'), pseudonym('9876543210123456000'));
  assert.ok(!/\d{10}/.test(record.reason), record.reason);
});

test('a status, a pointer and a length stay when a verification code has their digits', () => {
  const redactor = createRedactor({ values: [{ text: '400', sensitivity: 'secret' }] });
  const findings = [
    finding('HTTP status', '200', '400'),
    finding('/list/400/name', 'at most 100 characters', '400 characters: "x"'),
    finding('/code', '000_000 with HTTP 200', '000_003 with HTTP 400'),
  ];
  for (const one of findings) {
    const reason = `${one.place}: expected ${one.expected}, got ${one.actual}`;
    const record = brokenRecord('account-info/succeeded', { findings: [one], reason });
    assert.deepEqual(redactRecord(record, redactor), record);
  }
  const echo = finding('/response/description', '"Success."', '"code 400 is wrong"');
  const shown = redactRecord(brokenRecord('account-info/succeeded', { findings: [echo] }), redactor);
  assert.equal(shown.findings[0]?.actual, '"code [hidden] is wrong"');
});

test('a secret of little but punctuation is found, a piece of a PEM without its first line too', () => {
  assert.equal(createRedactor({ secrets: ['!?#$%&/()=a'] }).text('key !?#$%&/()=a.'), 'key [hidden].');
  const pem = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQ\n-----END PRIVATE KEY-----';
  const redactor = createRedactor({ secrets: [pem] });
  assert.equal(redactor.text('line MIIEvQIBADANBgk'), 'line [hidden]');
  assert.equal(redactor.text('clientPrivateKey: a private key'), 'clientPrivateKey: a private key');
});

test('a name of two syllables is found with a particle, and in no other word', () => {
  const redactor = createRedactor({ values: [{ text: '아라', sensitivity: 'personal' }] });
  assert.equal(redactor.answer('고객 아라님의 계좌, 아라가'), '고객 [hidden]님의 계좌, [hidden]가');
  assert.equal(redactor.answer('아라솔찬'), '아라솔찬');
});
