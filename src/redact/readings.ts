/**
 * A text as somebody may read it who undoes an encoding: `text` is what is read, `from` and `to` say for each of its
 * units where in the original it stands. Undefined: it is the original.
 */
export interface Reading {
  readonly text: string;
  readonly from: Int32Array | undefined;
  readonly to: Int32Array | undefined;
}

/** How often an encoding within an encoding is undone. */
const deepest = 3;

/**
 * The text itself and every reading of it: escapes undone (percent, JSON, HTML), and the text that stands in
 * base64 or hexadecimal, wherever it begins; and the readings of these. In time linear in the text.
 */
export function readingsOf(text: string): readonly Reading[] {
  const all: Reading[] = [{ text, from: undefined, to: undefined }];
  let from = 0;
  for (let depth = 0; depth < deepest && from < all.length; depth += 1) {
    const parents = all.slice(from);
    from = all.length;
    for (const parent of parents) {
      const plain = unescaped(parent);
      if (plain) all.push(plain);
      fromBase64(parent, all);
      fromHex(parent, all);
    }
  }
  return all;
}

/** Where the units from `start` to `end` of a reading stand in the original. */
export function placeOf(
  { from, to }: Reading,
  start: number,
  end: number,
): { readonly start: number; readonly end: number } {
  return { start: from?.[start] ?? start, end: to?.[end - 1] ?? end };
}

/** What a text says when its escapes are undone, once and again; nothing when it has none. */
export function unescapedTexts(text: string): readonly string[] {
  const all: string[] = [];
  let next = unescaped({ text, from: undefined, to: undefined });
  for (let depth = 0; depth < deepest && next; depth += 1) {
    all.push(next.text);
    next = unescaped(next);
  }
  return all;
}

/** Builds a reading that is no longer than what it is read from. */
class Writer {
  readonly #parent: Reading;
  readonly #units: Uint16Array;
  readonly #from: Int32Array;
  readonly #to: Int32Array;
  length = 0;

  constructor(parent: Reading, longest: number) {
    this.#parent = parent;
    this.#units = new Uint16Array(longest);
    this.#from = new Int32Array(longest);
    this.#to = new Int32Array(longest);
  }

  /** A code point that is written from `start` to `end` of the parent. */
  put(point: number, start: number, end: number): void {
    if (point > 0xffff) {
      this.#unit(0xd800 + ((point - 0x10000) >> 10), start, end);
      this.#unit(0xdc00 + ((point - 0x10000) & 0x3ff), start, end);
    } else this.#unit(point, start, end);
  }

  #unit(unit: number, start: number, end: number): void {
    const { from, to } = this.#parent;
    this.#units[this.length] = unit;
    this.#from[this.length] = from?.[start] ?? start;
    this.#to[this.length] = to?.[end - 1] ?? end;
    this.length += 1;
  }

  reading(): Reading {
    return {
      text: Buffer.from(this.#units.buffer, 0, this.length * 2).toString('utf16le'),
      from: this.#from.subarray(0, this.length),
      to: this.#to.subarray(0, this.length),
    };
  }
}

/** The last of them is UTF-8 that was taken for Latin-1, as it is in headers. */
const escapes =
  /(?:%[\da-f]{2}|\\x[\da-f]{2})+|[%\\]u(?:[\da-f]{4}|\{[\da-f]{1,6}\})|\\[nrtbf"'\\/]|&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8});?|[\xc2-\xf4][\x80-\xbf]+/gi;

/** What backslashes and names stand for, besides themselves. */
const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  ensp: '\u2002',
  emsp: '\u2003',
  thinsp: '\u2009',
  hairsp: '\u200a',
  shy: '\u00ad',
  zwj: '\u200d',
  zwnj: '\u200c',
  tab: '\t',
  newline: '\n',
  hyphen: '\u2010',
  dash: '\u2010',
  ndash: '\u2013',
  mdash: '\u2014',
  middot: '\u00b7',
  excl: '!',
  num: '#',
  dollar: '$',
  percnt: '%',
  lpar: '(',
  rpar: ')',
  ast: '*',
  plus: '+',
  comma: ',',
  period: '.',
  sol: '/',
  colon: ':',
  semi: ';',
  equals: '=',
  quest: '?',
  commat: '@',
  lsqb: '[',
  lbrack: '[',
  bsol: '\\',
  rsqb: ']',
  rbrack: ']',
  hat: '^',
  lowbar: '_',
  grave: '`',
  lcub: '{',
  lbrace: '{',
  verbar: '|',
  vert: '|',
  rcub: '}',
  rbrace: '}',
};

function unescaped(reading: Reading): Reading | undefined {
  const { text } = reading;
  if (!/[%\\&\x80-\xbf]/.test(text)) return undefined;
  let writer: Writer | undefined;
  let kept = 0;
  for (const { 0: found, index } of text.matchAll(escapes)) {
    const end = index + found.length;
    const points = /^(?:(?:%|\\x)[\da-f]{2}|[\x80-\xff])/i.test(found)
      ? utf8(found, index)
      : single(found, index, end);
    if (points.length === 0) continue;
    writer ??= new Writer(reading, text.length);
    copy(text, kept, index, writer);
    for (const { point, start, end: pointEnd } of points) writer.put(point, start, pointEnd);
    kept = end;
  }
  if (!writer) return undefined;
  copy(text, kept, text.length, writer);
  return writer.reading();
}

function copy(text: string, start: number, end: number, writer: Writer): void {
  for (let at = start; at < end; at += 1) writer.put(text.charCodeAt(at), at, at + 1);
}

interface Point {
  readonly point: number;
  readonly start: number;
  readonly end: number;
}

/** What one escape stands for; nothing when it is none. */
function single(found: string, start: number, end: number): readonly Point[] {
  const one = (point: number | undefined): readonly Point[] =>
    point === undefined || point > 0x10ffff ? [] : [{ point, start, end }];
  if (/^[%\\]u/i.test(found)) return one(Number.parseInt(found.replaceAll(/[^\da-f]/gi, ''), 16));
  if (found.startsWith('\\')) {
    const marked = found.slice(1);
    return one((controls[marked.toLowerCase()] ?? marked).codePointAt(0));
  }
  const name = found.slice(1).replace(';', '').toLowerCase();
  if (name.startsWith('#x')) return one(Number.parseInt(name.slice(2), 16));
  if (name.startsWith('#')) return one(Number(name.slice(1)));
  return one((Object.hasOwn(entities, name) ? entities[name] : undefined)?.codePointAt(0));
}

/** A run of bytes, as `%HH`, as `\xHH` or as they are, read as UTF-8; a byte that is none stands for itself. */
function utf8(found: string, at: number): readonly Point[] {
  const bytes: number[] = [];
  const starts: number[] = [];
  for (const { 0: one, index } of found.matchAll(/(?:%|\\x)[\da-f]{2}|[\x80-\xff]/gi)) {
    bytes.push(one.length === 1 ? one.charCodeAt(0) : Number.parseInt(one.slice(-2), 16));
    starts.push(at + index);
  }
  starts.push(at + found.length);
  const points: Point[] = [];
  for (let index = 0; index < bytes.length; ) {
    const length = Math.max(1, sequenceLength(bytes, index, bytes.length));
    const point = length === 1 ? (bytes[index] ?? 0) : codePoint(bytes, index, length);
    points.push({ point, start: starts[index] ?? at, end: starts[index + length] ?? at });
    index += length;
  }
  return points;
}

/** How many bytes the UTF-8 sequence has that begins here; 0 when none does. */
function sequenceLength(bytes: ArrayLike<number>, at: number, end: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : 4;
  if (first < 0xc2 || first > 0xf4 || at + length > end) return 0;
  for (let next = at + 1; next < at + length; next += 1) if (((bytes[next] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}

function codePoint(bytes: ArrayLike<number>, at: number, length: number): number {
  let point = (bytes[at] ?? 0) & (0xff >> (length + 1));
  for (let next = at + 1; next < at + length; next += 1) point = (point << 6) | ((bytes[next] ?? 0) & 0x3f);
  return point;
}

/** The six bits of each character of base64, in either alphabet; `none` for any other. */
const none = 64;
const sixBits = new Uint8Array(128).fill(none);
for (const [value, letter] of [
  ...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
].entries()) {
  sixBits[letter.charCodeAt(0)] = value;
}
sixBits['-'.charCodeAt(0)] = 62;
sixBits['_'.charCodeAt(0)] = 63;

/** With line breaks, as mail and PEM have them. */
const base64Run = /[\w+/-]{4,}(?:\r?\n[ \t]*[\w+/-]+)*/g;

function fromBase64(parent: Reading, all: Reading[]): void {
  for (const { 0: run, index } of parent.text.matchAll(base64Run)) {
    digits.begin(6, run.length);
    for (let at = 0; at < run.length; at += 1) {
      const value = sixBits[run.charCodeAt(at)] ?? none;
      if (value !== none) digits.add(value, index + at);
    }
    for (let skipped = 0; skipped < 4; skipped += 1) findText(parent, skipped, all);
  }
}

const hexRun = /[\da-f](?:(?:[\s:,;.=-]{1,3}(?:0x)?)?[\da-f]){5,}/gi;

function fromHex(parent: Reading, all: Reading[]): void {
  for (const { 0: run, index } of parent.text.matchAll(hexRun)) {
    digits.begin(4, run.length);
    for (let at = 0; at < run.length; at += 1) {
      if (run[at] === '0' && /x/i.test(run[at + 1] ?? '')) continue;
      const value = Number.parseInt(run[at] ?? '', 16);
      if (!Number.isNaN(value)) digits.add(value, index + at);
    }
    for (let skipped = 0; skipped < 2; skipped += 1) findText(parent, skipped, all);
  }
}

/** The digits of an encoding, of a few bits each, with the place of each in a text. */
class Digits {
  #width = 0;
  #values = new Uint8Array(256);
  #places = new Int32Array(256);
  #bytes = new Uint8Array(256);
  #count = 0;

  begin(width: number, longest: number): void {
    this.#width = width;
    this.#count = 0;
    if (longest <= this.#values.length) return;
    this.#values = new Uint8Array(longest);
    this.#places = new Int32Array(longest);
    this.#bytes = new Uint8Array(longest);
  }

  add(value: number, place: number): void {
    this.#values[this.#count] = value;
    this.#places[this.#count] = place;
    this.#count += 1;
  }

  /** The bytes that the digits behind the skipped ones stand for; they hold until the next time. */
  bytes(skipped: number): Uint8Array {
    const bytes = this.#bytes;
    let bits = 0;
    let held = 0;
    let length = 0;
    for (let at = skipped; at < this.#count; at += 1) {
      held = ((held << this.#width) | (this.#values[at] ?? 0)) & 0xffff;
      bits += this.#width;
      if (bits < 8) continue;
      bits -= 8;
      bytes[length] = held >> bits;
      length += 1;
    }
    return bytes.subarray(0, length);
  }

  /** Where the digit stands in which a bit is. */
  placeOf(bit: number, skipped: number): number {
    return this.#places[skipped + Math.floor(bit / this.#width)] ?? 0;
  }
}

/** One for all: most words of a text are looked at, and hardly any is kept. */
const digits = new Digits();

/** Fewer bytes than these are taken for text only when they are all that is encoded. */
const shortestStretch = 6;
const shortestWhole = 3;

/** What of some bytes is text: most words are base64 by their letters, and bytes without sense if taken for it. */
function findText(parent: Reading, skipped: number, all: Reading[]): void {
  const bytes = digits.bytes(skipped);
  let began = 0;
  for (let at = 0; at <= bytes.length; ) {
    const length = at < bytes.length ? textLength(bytes, at) : 0;
    if (length > 0) {
      at += length;
      continue;
    }
    const isWhole = skipped === 0 && began === 0 && at === bytes.length;
    if (at - began >= (isWhole ? shortestWhole : shortestStretch)) {
      const writer = new Writer(parent, at - began);
      for (let next = began; next < at; ) {
        const width = sequenceLength(bytes, next, at);
        const point = width === 1 ? (bytes[next] ?? 0) : codePoint(bytes, next, width);
        const end = digits.placeOf((next + width) * 8 - 1, skipped) + 1;
        writer.put(point, digits.placeOf(next * 8, skipped), end);
        next += width;
      }
      all.push(writer.reading());
    }
    at += 1;
    began = at;
  }
}

/** How many bytes the character has that begins here; 0 when it is none of a text. */
function textLength(bytes: Uint8Array, at: number): number {
  const byte = bytes[at] ?? 0;
  if (byte >= 0x80) return sequenceLength(bytes, at, bytes.length);
  return (byte >= 0x20 && byte !== 0x7f) || byte === 9 || byte === 10 || byte === 13 ? 1 : 0;
}
