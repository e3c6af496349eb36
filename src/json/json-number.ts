/**
 * A JSON number with every digit. Each value has one form: an integer is a `number` while it is safe
 * (|n| <= 2^53-1) and a `bigint` beyond; a fraction is a `number` while its shortest decimal text is the text
 * received, and an {@link ExactDecimal} otherwise. An integer of more than 1000 digits is an ExactDecimal too,
 * so that `1e999999999` costs nothing.
 */
export type JsonNumber = number | bigint | ExactDecimal;

const NUMBER = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;
const SHORT_INTEGER = /^-?\d{1,15}$/;
const MOST_BIGINT_DIGITS = 1000n;

/** A decimal number that a JS number would round, kept as the JSON text it came in. Immutable. */
export class ExactDecimal {
  readonly text: string;

  /** @param text a JSON number (RFC 8259, section 6); anything else is a TypeError. */
  constructor(text: string) {
    if (!NUMBER.test(text)) throw new TypeError('ExactDecimal needs the text of a JSON number');
    this.text = text;
    Object.freeze(this);
  }

  toString(): string {
    return this.text;
  }
}

/** The value 0.digits * 10^exponent; digits have no zero at either end, and none at all for zero. */
interface Normal {
  readonly sign: -1 | 0 | 1;
  readonly digits: string;
  readonly exponent: bigint;
}

function normalize(text: string): Normal {
  const match = NUMBER.exec(text);
  if (match === null) throw new TypeError('not the text of a JSON number');
  const [, minus = '', integer = '', fraction = '', exponent = '0'] = match;
  const all = integer + fraction;
  let start = 0;
  while (all[start] === '0') start += 1;
  let end = all.length;
  while (end > start && all[end - 1] === '0') end -= 1;
  if (start === end) return { sign: 0, digits: '', exponent: 0n };
  return {
    sign: minus === '' ? 1 : -1,
    digits: all.slice(start, end),
    exponent: BigInt(exponent) + BigInt(integer.length - start),
  };
}

function normalOf(value: JsonNumber): Normal {
  if (typeof value !== 'number') return normalize(String(value));
  if (!Number.isFinite(value)) throw new TypeError(`${value} is not a JSON number`);
  // String() rounds an integer beyond 2^53 to its shortest text; BigInt() gives the value it really has.
  return normalize(Number.isInteger(value) ? String(BigInt(value)) : String(value));
}

function compareNormals(a: Normal, b: Normal): -1 | 0 | 1 {
  if (a.sign !== b.sign) return a.sign < b.sign ? -1 : 1;
  if (a.exponent === b.exponent && a.digits === b.digits) return 0;
  const smaller = a.exponent === b.exponent ? a.digits < b.digits : a.exponent < b.exponent;
  return smaller === a.sign > 0 ? -1 : 1;
}

/**
 * Compares two JSON numbers by value, exactly: 1, 1.0 and 1e0 are equal. A fractional JS number stands for its
 * shortest decimal text, so that 0.1 is one tenth. NaN and the infinities are a TypeError.
 */
export function compareNumbers(a: JsonNumber, b: JsonNumber): -1 | 0 | 1 {
  return compareNormals(normalOf(a), normalOf(b));
}

/** The exact value of a JSON number's text. A text outside the grammar of RFC 8259 is a TypeError. */
export function readNumber(text: string): JsonNumber {
  if (SHORT_INTEGER.test(text) && NUMBER.test(text)) return Number(text) + 0;
  const { sign, digits, exponent } = normalize(text);
  if (sign === 0) return 0;
  if (exponent >= digits.length && exponent <= MOST_BIGINT_DIGITS) {
    const integer = BigInt(sign) * BigInt(digits.padEnd(Number(exponent), '0'));
    const near = Number(integer);
    return Number.isSafeInteger(near) ? near : integer;
  }
  const near = Number(text);
  const exact = Number.isFinite(near) && compareNormals(normalOf(near), { sign, digits, exponent }) === 0;
  return exact ? near : new ExactDecimal(text);
}

/**
 * The JSON text of a number, with every digit. NaN, the infinities and an integer beyond 2^53 held in a JS number
 * (its digits are lost already; it should have been a bigint) are a TypeError.
 */
export function writeNumber(value: JsonNumber): string {
  if (typeof value !== 'number') return String(value);
  if (!Number.isFinite(value)) throw new TypeError(`${value} is not a JSON number`);
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw new TypeError('an integer beyond 2^53 must be a bigint: as a number it has lost digits');
  }
  return JSON.stringify(value);
}
