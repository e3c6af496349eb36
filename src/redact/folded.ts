/**
 * A text as it is compared: compatibility forms, accents, case and everything that only separates (spaces, hyphens,
 * dots, marks without width …) taken away. Quotation marks, brackets and braces stay, since a value ends there, and so
 * does the dot with which masked digits are shown.
 */
export function folded(text: string): string {
  if (!isAscii.test(text)) {
    const parts: string[] = [];
    for (let at = 0; at < text.length; at = endOfCharacter(text, at))
      parts.push(foldOf(text.codePointAt(at) ?? 0));
    return parts.join('');
  }
  const bytes = text.length <= scratch.length ? scratch : Buffer.allocUnsafe(text.length);
  let length = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = ascii[text.charCodeAt(index)] ?? 0;
    bytes[length] = unit;
    if (unit !== 0) length += 1;
  }
  return bytes.toString('latin1', 0, length);
}

/** For each unit of the folded text, where in the text the character begins that it comes from. */
export function placesOf(text: string): readonly number[] {
  const places: number[] = [];
  for (let at = 0; at < text.length; at = endOfCharacter(text, at)) {
    const { length } = foldOf(text.codePointAt(at) ?? 0);
    for (let unit = 0; unit < length; unit += 1) places.push(at);
  }
  return places;
}

/** Where the character ends that begins at a place of a text. */
export function endOfCharacter(text: string, at: number): number {
  return at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
}

const isAscii = /^[\0-\x7f]*$/;
const separates = /[\p{Z}\p{Cc}\p{Cf}\p{M}\p{P}+~^`|]/u;
const stays = /["[\]{}•]/;

/** The unit that each ASCII character is compared as; 0 for none. */
const ascii = new Uint8Array(128);
for (let code = 0; code < 128; code += 1) ascii[code] = foldedPoint(code).charCodeAt(0) || 0;

const scratch = Buffer.alloc(4096);
const known = new Map<number, string>();

function foldOf(point: number): string {
  const fold = known.get(point);
  if (fold !== undefined) return fold;
  const fresh = foldedPoint(point);
  known.set(point, fresh);
  return fresh;
}

/** Taken apart rather than composed, so that each character can be folded alone: Hangul comes out as its letters. */
function foldedPoint(point: number): string {
  const character = String.fromCodePoint(point);
  return [...character.normalize('NFKD')]
    .filter((one) => stays.test(one) || !separates.test(one))
    .join('')
    .toLowerCase();
}
