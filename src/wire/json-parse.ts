import type { JsonValue } from './json.ts';
import { readNumber } from './json-number.ts';

export interface ParseOptions {
  /** What a key that occurs twice in one object means: an error, even if both values are the same; or the last wins. */
  readonly duplicateKeys?: 'error' | 'last';
  /** Whether a byte order mark may precede the text; RFC 8259, section 8.1, forbids to send one. */
  readonly byteOrderMark?: 'error' | 'ignore';
  /** The deepest nesting of objects and arrays; 200 unless told. */
  readonly maxDepth?: number;
}

/** The text is not JSON. One line; quotes at most one character of the content. */
export class JsonSyntaxError extends Error {
  override readonly name = 'JsonSyntaxError';
  /** Where, in UTF-16 units from 0; undefined where the bytes are not UTF-8. */
  readonly position: number | undefined;

  constructor(problem: string, position?: number) {
    super(position === undefined ? `not JSON: ${problem}` : `not JSON at position ${position}: ${problem}`);
    this.position = position;
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const SPACE = /[ \t\n\r]*/y;
const KEYWORDS: ReadonlyMap<string, JsonValue> = new Map<string, JsonValue>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/**
 * Parses JSON (RFC 8259) strictly and exactly: numbers keep every digit (see JsonNumber), bytes must be UTF-8, keys
 * must differ, `__proto__` is an ordinary key. Everything else is a {@link JsonSyntaxError}.
 *
 * Written out rather than taken from lossless-json, whose errors quote keys and digits of the content (card numbers
 * among them), which recurses without a limit, and which accepts a repeated key when the values are equal.
 */
export function parseJson(source: string | Uint8Array, options: ParseOptions = {}): JsonValue {
  const text = typeof source === 'string' ? source : decodeUtf8(source);
  const { duplicateKeys = 'error', byteOrderMark = 'error', maxDepth = 200 } = options;
  let at = 0;
  let depth = 0;

  const fail = (expected: string): never => {
    throw new JsonSyntaxError(`expected ${expected}, found ${nameCharacter(text, at)}`, at);
  };

  const skipSpace = (): void => {
    SPACE.lastIndex = at;
    SPACE.test(text);
    at = SPACE.lastIndex;
  };

  const accept = (char: string): boolean => {
    skipSpace();
    if (text[at] !== char) return false;
    at += 1;
    return true;
  };

  const nested = <T>(read: () => T): T => {
    depth += 1;
    if (depth > maxDepth) throw new JsonSyntaxError(`nested deeper than ${maxDepth} levels`, at);
    const result = read();
    depth -= 1;
    return result;
  };

  const readString = (): string => {
    const start = at;
    let escaped = false;
    for (at += 1; text[at] !== '"'; at += 1) {
      if (at >= text.length || text.charCodeAt(at) < 0x20) fail('the end of a string');
      if (text[at] === '\\') {
        escaped = true;
        at += 1;
      }
    }
    at += 1;
    return escaped ? unquote(text.slice(start, at), start) : text.slice(start + 1, at - 1);
  };

  const readObject = (): JsonValue => {
    const object: Record<string, JsonValue> = {};
    at += 1;
    if (accept('}')) return object;
    do {
      skipSpace();
      const start = at;
      if (text[at] !== '"') fail('a key in double quotes');
      const key = readString();
      if (duplicateKeys === 'error' && Object.hasOwn(object, key)) {
        throw new JsonSyntaxError('this key occurs twice in one object', start);
      }
      if (!accept(':')) fail('":"');
      // Plain assignment to `__proto__` would change the prototype.
      Object.defineProperty(object, key, {
        value: readValue(),
        writable: true,
        enumerable: true,
        configurable: true,
      });
    } while (accept(','));
    if (!accept('}')) fail('"," or "}"');
    return object;
  };

  const readArray = (): JsonValue => {
    const array: JsonValue[] = [];
    at += 1;
    if (accept(']')) return array;
    do array.push(readValue());
    while (accept(','));
    if (!accept(']')) fail('"," or "]"');
    return array;
  };

  const readValue = (): JsonValue => {
    skipSpace();
    const first = text[at];
    if (first === '"') return readString();
    if (first === '{') return nested(readObject);
    if (first === '[') return nested(readArray);
    for (const [word, value] of KEYWORDS) {
      if (text.startsWith(word, at)) {
        at += word.length;
        return value;
      }
    }
    NUMBER.lastIndex = at;
    const number = NUMBER.exec(text)?.[0];
    if (number === undefined) return fail('a value');
    at += number.length;
    return readNumber(number);
  };

  if (text.startsWith('\uFEFF')) {
    if (byteOrderMark === 'error') throw new JsonSyntaxError('it begins with a byte order mark', 0);
    at = 1;
  }
  const value = readValue();
  skipSpace();
  if (at < text.length) fail('the end');
  return value;
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new JsonSyntaxError('the bytes are not UTF-8');
  }
}

function unquote(quoted: string, position: number): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    throw new JsonSyntaxError('this string has an invalid escape or a control character', position);
  }
}

function nameCharacter(text: string, at: number): string {
  const code = text.codePointAt(at);
  if (code === undefined) return 'the end';
  if (code > 0x20 && code < 0x7f) return `'${String.fromCodePoint(code)}'`;
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}
