import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import {
  correlationId,
  isTranTime,
  isWrittenTime,
  tranTime,
  writtenTime,
  ZONE_NAMES,
} from '../../src/wire/clock.ts';

const machineZone = process.env.TZ;

afterEach(() => {
  if (machineZone === undefined) delete process.env.TZ;
  else process.env.TZ = machineZone;
});

const withMillis = 'yyyyMMddHHmmssSSS';
const lastOfYear = new Date('2023-12-31T15:00:00.007Z');

describe('times for the headers', () => {
  it('are those of the named zone, whatever the zone of the machine', () => {
    for (const zone of ['UTC', 'Asia/Seoul', 'America/New_York', 'Pacific/Kiritimati']) {
      process.env.TZ = zone;
      assert.equal(tranTime(lastOfYear, 'UTC'), '20231231150000');
      assert.equal(tranTime(lastOfYear, 'KST'), '20240101000000');
      assert.equal(writtenTime(withMillis, lastOfYear, 'KST'), '20240101000000007');
    }
  });

  it('turn the day exactly at midnight', () => {
    assert.equal(writtenTime(withMillis, new Date('2023-12-31T14:59:59.999Z'), 'KST'), '20231231235959999');
    assert.equal(writtenTime(withMillis, new Date('2024-02-28T15:00:00.000Z'), 'JST'), '20240229000000000');
  });

  it('agree with ISO 8601 in UTC and GMT', () => {
    for (let day = 0; day < 800; day += 1) {
      const date = new Date(Date.UTC(2023, 0, day, day % 24, day % 60, (day * 7) % 60, day));
      const digits = date.toISOString().replace(/\D/g, '');
      assert.equal(writtenTime(withMillis, date, 'UTC'), digits);
      assert.equal(tranTime(date, 'GMT'), digits.slice(0, 14));
    }
  });

  it('refuse an unknown zone, naming the known ones, and an invalid date', () => {
    assert.throws(() => tranTime(lastOfYear, 'PST'), /"PST".*UTC, GMT, KST/);
    assert.throws(() => tranTime(lastOfYear, 'kst'), RangeError);
    assert.throws(() => tranTime(new Date(Number.NaN), 'UTC'), RangeError);
    for (const zone of ZONE_NAMES) {
      assert.match(zone, /^[A-Z]{3}$/);
      assert.ok(isTranTime(tranTime(lastOfYear, zone)), zone);
    }
  });
});

describe('correlationId', () => {
  it('has the documented form and depends on nothing but its arguments', () => {
    assert.equal(
      correlationId(lastOfYear, 'KST', () => 0),
      '240101000000-0000000',
    );
    assert.equal(
      correlationId(lastOfYear, 'UTC', () => 1 - 2 ** -53),
      '231231150000-fffffff',
    );
    assert.equal(
      correlationId(lastOfYear, 'UTC', () => 0.5),
      '231231150000-8000000',
    );
  });
});

describe('isTranTime and isTokenTime', () => {
  it('accept moments of the calendar only', () => {
    for (const text of ['20240229235959', '20000229000000', '00010101000000'])
      assert.ok(isTranTime(text), text);
    for (const text of [
      ...['20230229235959', '19000229000000', '20240431000000', '20241301000000', '20240001000000'],
      ...[
        '20240100000000',
        '20240101240000',
        '20240101006000',
        '20240101000060',
        '2024010100000',
        '202401010000000',
      ],
      '2024010100000a',
    ]) {
      assert.ok(!isTranTime(text), text);
    }
    assert.ok(isWrittenTime(withMillis, '20240229235959999'));
    assert.ok(!isWrittenTime(withMillis, '2024022923595999'));
    assert.ok(!isWrittenTime(withMillis, '20230229235959999'));
  });
});
