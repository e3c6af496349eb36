import { readNumber } from './json-number.ts';
import type { JsonValue } from './json-value.ts';

export interface ParseOptions {
  /** What a key that occurs twice in one object means: an error, even if both values are the same; or the last wins. */
  readonly duplicateKeys?: 'error' | 'last';
  /** Whether a byte order mark may precede the text; RFC 8259, section 8.1, forbids to send one. */
  readonly byteOrderMark?: 'error' | 'ignore';
  /** The deepest nesting of objects and arrays that is read; 200 unless told. */
  readonly maxDepth?: number;
  /** What is nested deeper: an error, or JSON like any other (but for its keys, which may repeat) and read as empty. */
  readonly deeper?: 'error' | 'empty';
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

/** An object or array that is being read. */
interface Open {
  readonly close: '}' | ']';
  readonly value: JsonValue;
  /** Of an object: the key whose value comes next. */
  key: string;
  add(value: JsonValue): void;
}

function openArray(): Open {
  const value: JsonValue[] = [];
  return { close: ']', value, key: '', add: (item) => void value.push(item) };
}

function openObject(): Open {
  const value: Record<string, JsonValue> = {};
  return {
    close: '}',
    value,
    key: '',
    add(member) {
      // Plain assignment to `__proto__` would change the prototype.
      Object.defineProperty(value, this.key, {
        value: member,
        writable: true,
        enumerable: true,
        configurable: true,
      });
    },
  };
}

/** What is too deep to be kept costs nothing but its place on the stack. */
const ignoredArray: Open = { close: ']', value: [], key: '', add: () => undefined };
const ignoredObject: Open = { close: '}', value: {}, key: '', add: () => undefined };

/**
 * Parses JSON (RFC 8259) strictly and exactly: numbers keep every digit (see JsonNumber), bytes must be UTF-8, keys
 * must differ, `__proto__` is an ordinary key. Everything else is a {@link JsonSyntaxError}.
 *
 * Written out rather than taken from lossless-json, whose errors quote keys and digits of the content (card numbers
 * among them), which recurses without a limit, and which accepts a repeated key when the values are equal. It does not
 * recurse: whoever sends a million brackets gets an answer like anybody else.
 */
export function parseJson(source: string | Uint8Array, options: ParseOptions = {}): JsonValue {
  const text = typeof source === 'string' ? source : decodeUtf8(source);
  const { duplicateKeys = 'error', byteOrderMark = 'error' } = options;
  const { maxDepth = 200, deeper = 'error' } = options;
  let at = 0;
  const open: Open[] = [];

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

  const readKey = (object: Open): void => {
    skipSpace();
    const start = at;
    if (text[at] !== '"') fail('a key in double quotes');
    object.key = readString();
    if (duplicateKeys === 'error' && Object.hasOwn(Object(object.value), object.key)) {
      throw new JsonSyntaxError('this key occurs twice in one object', start);
    }
    if (!accept(':')) fail('":"');
  };

  const readScalar = (): JsonValue => {
    if (text[at] === '"') return readString();
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

  /** Opens the object or array that begins here; its value when it is empty and so at its end already. */
  const begin = (): JsonValue | undefined => {
    const isObject = text[at] === '{';
    const isTooDeep = open.length >= maxDepth;
    if (isTooDeep && deeper === 'error') {
      throw new JsonSyntaxError(`nested deeper than ${maxDepth} levels`, at);
    }
    const begun = isTooDeep
      ? isObject
        ? ignoredObject
        : ignoredArray
      : isObject
        ? openObject()
        : openArray();
    at += 1;
    if (accept(begun.close)) return begun.value;
    open.push(begun);
    if (isObject) readKey(begun);
    return undefined;
  };

  /** Puts a value where it belongs and closes what ends behind it; the whole value when that is the last one. */
  const end = (value: JsonValue): JsonValue | undefined => {
    let ended = value;
    for (let around = open.at(-1); around; around = open.at(-1)) {
      around.add(ended);
      if (accept(',')) {
        if (around.close === '}') readKey(around);
        return undefined;
      }
      if (!accept(around.close)) fail(`"," or "${around.close}"`);
      open.pop();
      ended = around.value;
    }
    return ended;
  };

  const readValue = (): JsonValue => {
    for (;;) {
      skipSpace();
      const value = text[at] === '{' || text[at] === '[' ? begin() : readScalar();
      const whole = value === undefined ? undefined : end(value);
      if (whole !== undefined) return whole;
    }
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
