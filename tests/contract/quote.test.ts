import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isQuoteOf, quoteOf, shortened } from '../../src/contract/quote.ts';

const PROSE =
  'A member is registered and the account that was there before will be changed to the new account at once.';

describe('quotations', () => {
  test('are the words of a line, without bullet and no-break spaces', () => {
    assert.equal(quoteOf('  Length : 15 '), 'Length : 15');
    assert.equal(quoteOf('- LOST : Nobody\u00a0knows'), 'LOST : Nobody knows');
    assert.equal(quoteOf('  • Form : yyMM'), 'Form : yyMM');
    assert.equal(quoteOf('-1 to 5'), '-1 to 5');
  });

  test('are cut behind a word, at 80 characters at most', () => {
    assert.equal(
      quoteOf(PROSE),
      'A member is registered and the account that was there before will be changed …',
    );
    assert.equal(shortened('x'.repeat(80)), 'x'.repeat(80));
    for (const text of ['x'.repeat(81), '😀'.repeat(41), `${'회원 '.repeat(40)}`]) {
      const short = shortened(text);
      assert.ok(short.length <= 80 && short.endsWith('…') && short.isWellFormed(), short);
    }
  });

  test('hold for their line', () => {
    for (const line of ['Optional', '- LOST : Nobody\u00a0knows', PROSE])
      assert.ok(isQuoteOf(quoteOf(line), line));
    assert.ok(isQuoteOf('… the account that was there before …', PROSE));
    assert.ok(isQuoteOf('A member … at once.', PROSE));
    assert.ok(isQuoteOf('… at once.', PROSE));
  });

  test('hold for no other line', () => {
    const wrong = [
      ['Optional', 'Optionally'],
      ['Optional', 'Not Optional'],
      ['Optional', 'optional'],
      ['Optional', ''],
      ['A member …', 'The member is registered'],
      ['A member … at once', PROSE],
      ['at once …', PROSE],
      ['… at once. … A member …', PROSE],
      ['abc … bcd', 'abcd'],
    ] as const;
    for (const [quote, line] of wrong) assert.ok(!isQuoteOf(quote, line), `${quote} | ${line}`);
  });
});
