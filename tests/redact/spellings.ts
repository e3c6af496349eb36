/** A way in which a program writes a text. */
export interface Spelling {
  readonly name: string;
  readonly write: (text: string) => string;
}

const bytes = (text: string) => Buffer.from(text, 'utf8');
const each = (text: string, write: (character: string) => string) => Array.from(text, write).join('');
const point = (character: string) => character.codePointAt(0) ?? 0;

function unicodeEscapes(text: string, digits: (hex: string) => string): string {
  return text
    .split('')
    .map((unit) => `\\u${digits(unit.charCodeAt(0).toString(16).padStart(4, '0'))}`)
    .join('');
}

const mixed = (hex: string) =>
  hex.replaceAll(/[a-f]/g, (letter, at) => (at % 2 ? letter : letter.toUpperCase()));

/** Spellings of any text. */
export const encodings: readonly Spelling[] = [
  { name: 'as it is', write: (text) => text },
  { name: 'lower case', write: (text) => text.toLowerCase() },
  { name: 'upper case', write: (text) => text.toUpperCase() },
  { name: 'percent where needed', write: (text) => encodeURIComponent(text) },
  {
    name: 'percent all over',
    write: (text) => [...bytes(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  },
  { name: 'a form', write: (text) => new URLSearchParams({ q: text }).toString() },
  { name: 'JSON', write: (text) => JSON.stringify(text) },
  { name: 'JSON escapes, lower case', write: (text) => unicodeEscapes(text, (hex) => hex) },
  { name: 'JSON escapes, upper case', write: (text) => unicodeEscapes(text, (hex) => hex.toUpperCase()) },
  { name: 'JSON escapes, mixed case', write: (text) => unicodeEscapes(text, mixed) },
  { name: 'HTML, decimal', write: (text) => each(text, (one) => `&#${point(one)};`) },
  { name: 'HTML, hexadecimal', write: (text) => each(text, (one) => `&#x${point(one).toString(16)};`) },
  {
    name: 'HTML, by name',
    write: (text) =>
      text
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', '&quot;')
        .replaceAll(' ', '&nbsp;'),
  },
  { name: 'base64', write: (text) => bytes(text).toString('base64') },
  { name: 'base64url', write: (text) => bytes(text).toString('base64url') },
  { name: 'base64 within something', write: (text) => bytes(`ab:${text}!`).toString('base64') },
  {
    name: 'base64 in lines',
    write: (text) =>
      bytes(text)
        .toString('base64')
        .replaceAll(/.{12}(?=.)/g, '$&\r\n'),
  },
  { name: 'hexadecimal', write: (text) => bytes(text).toString('hex') },
  {
    name: 'hexadecimal with colons',
    write: (text) =>
      bytes(text)
        .toString('hex')
        .toUpperCase()
        .replaceAll(/..(?=.)/g, '$&:'),
  },
  {
    name: 'hexadecimal bytes',
    write: (text) => [...bytes(text)].map((byte) => `0x${byte.toString(16).padStart(2, '0')}`).join(', '),
  },
  {
    name: 'backslash x',
    write: (text) => [...bytes(text)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join(''),
  },
  { name: 'UTF-8 taken for Latin-1', write: (text) => bytes(text).toString('latin1') },
  { name: 'taken apart (NFD)', write: (text) => text.normalize('NFD') },
  {
    name: 'full width',
    write: (text) => text.replaceAll(/[!-~]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)),
  },
  { name: 'marks without width', write: (text) => each(text, (one) => `${one}\u200b`) },
];

/** Spellings of a number in groups. */
export const groupings: readonly Spelling[] = [
  ' ',
  '-',
  '.',
  '/',
  '\u00a0',
  '\u2009',
  '\u202f',
  '\u2013',
  '·',
  ' - ',
].map((mark) => ({
  name: `in groups, with ${JSON.stringify(mark)}`,
  write: (text) => text.replaceAll(/\D/g, '').replaceAll(/\d{4}(?=\d)/g, `$&${mark}`),
}));

/** A date YYYYMMDD in its parts. */
export const dates: readonly Spelling[] = ['-', '.', '/', '. ', ' '].map((mark) => ({
  name: `as a date, with ${JSON.stringify(mark)}`,
  write: (text) => text.replace(/^(\d{4})(\d\d)(\d\d)$/, `$1${mark}$2${mark}$3`),
}));

/**
 * A text and whatever somebody can make of it who undoes encodings with the usual tools; compared without case and
 * separators. Written apart from the masking that it tries.
 */
export function decodings(text: string, depth = 2): readonly string[] {
  const texts = [text];
  let last = [text];
  for (let level = 0; level < depth; level += 1) {
    last = [...new Set(last.flatMap((one) => decodedOnce(one)))].filter((one) => !texts.includes(one));
    texts.push(...last);
  }
  return texts.map(compared);
}

/** Letters and digits alone, in one form. */
export function compared(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

function decodedOnce(text: string): readonly string[] {
  const words = text.match(/[\w+/-]{4,}(?:\r?\n[\w+/-]+)*/g) ?? [];
  const pairs = text.match(/[\da-f]{2}(?:(?:0x|[\s:,;-]){0,4}[\da-f]{2}){2,}/gi) ?? [];
  return [
    text.replaceAll(/(?:%[\da-f]{2})+/gi, (run) => bytesOf(run.replaceAll('%', ''))),
    text.replaceAll(/(?:\\x[\da-f]{2})+/gi, (run) => bytesOf(run.replaceAll('\\x', ''))),
    text.replaceAll(/\\u([\da-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    text.replaceAll(/[\x80-\xff]+/g, (run) => Buffer.from(run, 'latin1').toString('utf8')),
    text.replaceAll(/\\(["\\/])/g, '$1').replaceAll(/\\[nrt]/g, '\n'),
    text
      .replaceAll(/&#(\d{1,6});/g, (_, code: string) => String.fromCodePoint(Number(code)))
      .replaceAll(/&#x([\da-f]{1,5});/gi, (_, code: string) =>
        String.fromCodePoint(Number.parseInt(code, 16)),
      )
      .replaceAll(/&(?:nbsp|amp|quot|lt|gt);/g, ' '),
    ...words.flatMap((word) =>
      [0, 1, 2, 3].map((skip) =>
        Buffer.from(word.replaceAll(/\s/g, '').slice(skip), 'base64').toString('utf8'),
      ),
    ),
    ...pairs.flatMap((run) => [0, 1].map((skip) => bytesOf(run.replaceAll(/0x|[^\da-f]/gi, '').slice(skip)))),
  ];
}

function bytesOf(hex: string): string {
  return Buffer.from(hex, 'hex').toString('utf8');
}
