import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Sensitivity } from '../../src/contract/model.ts';
import { pseudonymsBy } from '../../src/redact/pseudonym.ts';
import { createRedactor, type Redactor } from '../../src/redact/redactor.ts';
import { fc, runs } from '../property.ts';
import { compared, dates, decodings, encodings, groupings, type Spelling } from './spellings.ts';

const pseudonym = pseudonymsBy(Buffer.from('a key of tests'));

const digits = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length });
const hangul = fc.integer({ min: 0xac00, max: 0xd7a3 }).map((point) => String.fromCharCode(point));

interface Kind {
  readonly sensitivity: Sensitivity;
  readonly value: fc.Arbitrary<string>;
  readonly own?: readonly Spelling[];
}

const kinds: Readonly<Record<string, Kind>> = {
  'a key': {
    sensitivity: 'secret',
    value: fc
      .string({
        unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/='),
        minLength: 15,
        maxLength: 44,
      })
      .filter((key) => new Set(compared(key)).size >= 8 && compared(key).length >= 14),
  },
  'a Korean name': {
    sensitivity: 'personal',
    value: fc.string({ unit: hangul, minLength: 3, maxLength: 5 }),
  },
  'a name in Latin letters': {
    sensitivity: 'personal',
    value: fc
      .tuple(fc.stringMatching(/^[A-Z][a-z]{3,8}$/), fc.stringMatching(/^[A-Z][a-zé]{3,8}$/))
      .map((parts) => parts.join(' ')),
  },
  'a card number': { sensitivity: 'card-number', value: digits(16), own: groupings },
  'an account number without hyphens': { sensitivity: 'personal', value: digits(12), own: groupings },
  'an account number with hyphens': {
    sensitivity: 'personal',
    value: digits(13).map((text) => text.replace(/^(\d{3})(\d\d)/, '$1-$2-')),
    own: groupings,
  },
  'a date of birth': {
    sensitivity: 'personal',
    value: fc
      .date({ min: new Date('1930-01-01'), max: new Date('2019-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10).replaceAll('-', '')),
    own: dates,
  },
  'an id': {
    sensitivity: 'identifier',
    value: digits(19).map((text) => `9${text.slice(1)}`),
    own: groupings,
  },
};

const neighbour = fc.oneof(
  fc.constantFrom('', ' ', '"', "'", '>', '<b>', ': ', '님의 ', '고객 ', '=', '/', ',', '\n', 'x', 'ab', '7'),
  fc.string({ unit: fc.constantFrom(...'abcXYZ0189 .,:;-_/+="<>한국님'), maxLength: 12 }),
);

function redactorOf(sensitivity: Sensitivity, text: string): Redactor {
  return createRedactor(
    sensitivity === 'secret' ? { secrets: [text] } : { values: [{ text, sensitivity }], pseudonym },
  );
}

function assertHidden(shown: string, value: string, written: string): void {
  for (const reading of decodings(shown)) {
    assert.ok(!reading.includes(compared(value)), `${value}, written as ${written}, is in ${shown}`);
  }
}

describe('a known value', () => {
  for (const [kind, { sensitivity, value, own = [] }] of Object.entries(kinds)) {
    it(`${kind}, is found in any two spellings between any neighbours`, () => {
      fc.assert(
        fc.property(
          value,
          fc.constantFrom(...encodings, ...own, ...own),
          fc.constantFrom(...encodings),
          neighbour,
          neighbour,
          (text, inner, outer, before, after) => {
            const written = `${before}${outer.write(inner.write(text))}${after}`;
            const redactor = redactorOf(sensitivity, text);
            for (const shown of [redactor.text(written), redactor.answer(written)]) {
              assertHidden(shown, text, `${inner.name}, ${outer.name}: ${written}`);
            }
          },
        ),
        runs(200),
      );
    });
  }

  it('that is a key, is found by every piece of ten characters, in any spelling', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[A-Za-z0-9]{20,40}$/).filter((key) => new Set(key).size >= 12),
        fc.nat(),
        fc.nat(),
        fc.constantFrom(...encodings),
        fc.constantFrom(' ', '|', '\n', '": "', '한'),
        (key, from, length, { write, name }, mark) => {
          const start = from % (key.length - 10);
          const part = key.slice(start, start + 10 + (length % (key.length - start - 9)));
          const shown = createRedactor({ secrets: [key] }).text(`${mark}${write(part)}${mark}`);
          assertHidden(shown, part, name);
        },
      ),
      runs(200),
    );
  });

  it('that is a key, leaves nothing of ten characters when one is missing or it is in two places', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[A-Za-z0-9]{40}$/).filter((key) => new Set(key).size >= 12),
        fc.integer({ min: 0, max: 39 }),
        fc.constantFrom('', '\n', '" , "second": "', ' und '),
        (key, at, mark) => {
          const written = `x ${key.slice(0, at)}${mark}${key.slice(mark === '' ? at + 1 : at)} y`;
          const shown = createRedactor({ secrets: [key] }).text(written);
          for (let start = 0; start + 10 <= key.length; start += 1) {
            assert.ok(!shown.includes(key.slice(start, start + 10)), `${written} became ${shown}`);
          }
        },
      ),
      runs(200),
    );
  });

  it('that is short, is hidden as a word of an answer, and in no number or word', () => {
    fc.assert(
      fc.property(
        digits(3),
        fc.constantFrom(...encodings.filter(({ name }) => !/lines|within|form/.test(name))),
        (code, { write }) => {
          const redactor = createRedactor({ values: [{ text: code, sensitivity: 'secret' }] });
          const shown = redactor.answer(`code ${write(code)} there`);
          assert.ok(!decodings(shown).some((reading) => reading.includes(`code${code}there`)), shown);
          for (const text of [
            `1${code}`,
            `${code}1`,
            `a${code}`,
            `${code}_${code}`,
            `1.${code}`,
            `HTTP ${code} with 003_011`,
            `${code} characters: "x"`,
          ]) {
            assert.equal(redactor.answer(text), text);
          }
          assert.equal(redactor.text(`place /list/${code}/x, ${code}`), `place /list/${code}/x, ${code}`);
        },
      ),
      runs(200),
    );
  });
});

describe('what is not secret', () => {
  it('is left as it is, whatever is known', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            digits(19),
            digits(16),
            digits(8),
            fc.stringMatching(/^[A-Za-z0-9+/]{40}$/),
            fc.string({ unit: hangul, minLength: 3, maxLength: 4 }),
          ),
          { minLength: 1, maxLength: 20 },
        ),
        fc.oneof(
          fc.string({ maxLength: 300 }),
          fc.lorem({ maxCount: 30 }),
          fc.json(),
          fc.webUrl(),
          fc.base64String({ maxLength: 200 }),
        ),
        (values, text) => {
          const redactor = createRedactor({
            secrets: values,
            values: values.map((one) => ({ text: one, sensitivity: 'personal' as const })),
            pseudonym,
          });
          fc.pre(
            !values.some((value) =>
              decodings(text).some((reading) => reading.includes(compared(value).slice(0, 10))),
            ),
          );
          fc.pre(!/KMV|BEGIN|ey/.test(text));
          assert.equal(redactor.text(text), text);
          assert.equal(redactor.answer(text), text);
        },
      ),
      runs(200),
    );
  });

  it('stays next to what is hidden', () => {
    fc.assert(
      fc.property(
        digits(16),
        fc.stringMatching(/^[a-z ]{0,30}$/),
        fc.stringMatching(/^[a-z ]{0,30}$/),
        (card, before, after) => {
          const shown = redactorOf('card-number', card).text(`${before}<${card}>${after}`);
          assert.equal(shown, `${before}<[hidden]>${after}`);
        },
      ),
      runs(200),
    );
  });

  it('the words of reports: clause ids, statuses, codes, dates, pointers', () => {
    const redactor = createRedactor({
      secrets: ['ACCESSKEYOFTHISTEST000000000000000000000'],
      values: [
        { text: '200', sensitivity: 'secret' },
        { text: '2026', sensitivity: 'secret' },
        { text: '19990101', sensitivity: 'personal' },
        { text: '2025010109000000000000', sensitivity: 'identifier' },
      ],
      pseudonym,
    });
    for (const text of [
      'ars-inquiry.request.regNo.length',
      'HTTP 200 with 000_000',
      'at most 200 characters',
      '/issuedCardList/200/digital/cardNo',
      '2026-11-21T15:04:46.109Z',
      'a header of 20 characters: the time as yyMMddHHmmss, "-" and 7 letters or digits',
      'Sat, 21 Nov 2026 10:11:12 GMT',
    ]) {
      assert.equal(redactor.text(text), text);
    }
    assert.equal(redactor.answer('HTTP 200 with 000_000'), 'HTTP 200 with 000_000');
  });
});

describe('an id', () => {
  const id = '9876543210123456789';
  const redactor = createRedactor({ values: [{ text: id, sensitivity: 'identifier' }], pseudonym });

  it('has one pseudonym, wherever and however it is written; another key gives another', () => {
    assert.equal(redactor.text(`member ${id}`), `member ${pseudonym(id)}`);
    assert.equal(redactor.text('9876-5432-1012-3456-789'), pseudonym(id));
    assert.match(pseudonym(id), /^\[id [\da-f]{8}, 19 digits\]$/);
    assert.notEqual(pseudonymsBy(Buffer.from('another key'))(id), pseudonym(id));
  });

  it('that is rounded is seen to be another one, and is not told either', () => {
    for (const [written, other] of [
      ['9876543210123457000', '9876543210123457000'],
      ['9876543210123456512', '9876543210123456512'],
      ['9.876543210123457e+18', '9876543210123457000'],
    ]) {
      assert.equal(redactor.text(`got ${written}`), `got ${pseudonym(other ?? '')}`);
      assert.notEqual(pseudonym(other ?? ''), pseudonym(id));
    }
  });
});
