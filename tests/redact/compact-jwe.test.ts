import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findJwes } from '../../src/redact/compact-jwe.ts';
import { fc, runs } from '../property.ts';

/** What it stands for, in few words and slowly. */
function slowly(text: string): string {
  return text.replaceAll(/ey[\w-]+(?:\.[\w-]*){4}/g, '#');
}

function quickly(text: string): string {
  return findJwes(text).reduceRight(
    (shown, { start, jwe }) => `${shown.slice(0, start)}#${shown.slice(start + jwe.length)}`,
    text,
  );
}

describe('finding compact JWEs in text', () => {
  it('finds them wherever they stand, also within a word, and several in one', () => {
    for (const text of [
      'eyJ.a.b.c.d',
      '"eyJ.a.b.c.d"',
      'xxeyJ.a.b.c.d.e',
      'eyJ.a.b.c.deyJ.a.b.c.d',
      'a.b.eyJ....',
      'ey.a.eyJ.a.b.c.d',
      'ey.a.b.c.d',
      'eyJ.a.b.c',
      'eyJ.a.b.c d',
      'a.b.c eyJ.a.b.c.d',
      '..eyJ.a.b.c.d',
    ])
      assert.equal(quickly(text), slowly(text), text);
  });

  it('finds what the plain pattern finds', () => {
    const piece = fc.constantFrom('ey', 'e', 'y', 'J', '.', '.', '-', ' ', '"', 'eyJ.a.b.c.d');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        assert.equal(quickly(pieces.join('')), slowly(pieces.join('')));
      }),
      runs(1000),
    );
  });

  it('takes no longer for a text that is made to be slow', () => {
    const start = performance.now();
    for (const text of [
      'ey'.repeat(500_000),
      `${'a.'.repeat(4)}${'ey'.repeat(500_000)}`,
      'ey.'.repeat(300_000),
    ])
      quickly(text);
    // The plain pattern takes minutes.
    assert.ok(performance.now() - start < 5000);
  });
});
