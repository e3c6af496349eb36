/**
 * Text in UTF-8 that a program took for another encoding, letter by letter a byte: `문` becomes `๋ฌธ` or `ë¬¸`. It can be
 * put right where every byte is still there; programs drop those that mean nothing in their encoding.
 */

/** The encodings of one byte a letter that Korean pages were seen in, or are often seen in. */
const MISTAKEN = ['windows-874', 'windows-1252'] as const;

/** Bytes 0x80 to 0x9F of windows-1252; a space where it has none. */
const MARKS = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

/** A text as it was meant, or how many of its lines can't be put right. */
export type Repair =
  | { readonly takenFor: string; readonly text: string }
  | { readonly takenFor: string; readonly lostLines: number };

/** Puts a text right; undefined when nothing speaks for a mistaken encoding. Linear. */
export function repair(text: string): Repair | undefined {
  for (const takenFor of MISTAKEN) {
    const bytes = bytesOf(takenFor);
    let hangul = false;
    let lostLines = 0;
    const lines = text.split('\n').map((line) => {
      let lost = false;
      const meant = line.replace(/[^\0-\x7f]+/g, (run) => {
        const codes = [...run].map((letter) => bytes.get(letter));
        if (!codes.every((code) => code !== undefined)) return run;
        const read = new TextDecoder().decode(Uint8Array.from(codes));
        hangul ||= /\p{Script=Hangul}/u.test(read);
        if (!read.includes('\ufffd')) return read;
        lost = true;
        return run;
      });
      if (lost) lostLines += 1;
      return meant;
    });
    // Bullets and quotation marks of an undamaged page look lost, too, but no Hangul comes of them.
    if (hangul) return lostLines > 0 ? { takenFor, lostLines } : { takenFor, text: lines.join('\n') };
  }
  return undefined;
}

function bytesOf(encoding: (typeof MISTAKEN)[number]): ReadonlyMap<string, number> {
  const decoder = new TextDecoder(encoding);
  const high = Array.from({ length: 0x80 }, (_, index) => index + 0x80);
  const found = new Map(high.map((byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
  // Node 20 decodes windows-1252 as ISO 8859-1, which differs where the former has marks and the latter controls.
  if (encoding === 'windows-1252') {
    for (const [index, letter] of [...MARKS].entries()) if (letter !== ' ') found.set(letter, 0x80 + index);
  }
  return found;
}
