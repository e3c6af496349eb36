import { replaceJwes } from './compact-jwe.ts';
import { Literals, startLength } from './literals.ts';
import { describeJwe, type SensitiveNames } from './mask.ts';

export { sensitiveValues } from './mask.ts';

/** Hides known secrets in text. */
export interface Redactor {
  /**
   * Hides every known secret longer than 5 characters, wherever it stands and in the usual spellings of it (base64, URL,
   * JSON, HTML, hexadecimal), and whatever looks like a token, a private key or an encrypted message.
   */
  text(text: string): string;
  /**
   * Like `text`, for what a target answered: hides shorter known values too where they stand as a word of their own,
   * and what follows a sensitive name (`cardNo=…`, `<cardNo>…`).
   */
  answer(text: string): string;
  /** A redactor that knows these too. */
  with(more: RedactorOptions): Redactor;
}

export interface RedactorOptions {
  /** Credentials and sensitive test data, as they are; order and duplicates don't matter. */
  readonly secrets: readonly string[];
  /** Names whose values are hidden in the text of answers. */
  readonly names?: SensitiveNames;
}

export const hidden = '[hidden]';

/** A token, also one that a case has made: of another version, without its prefix, of a time that is none. */
const token =
  /(?:KMV\d(?::|%3A)[a-z\d]{10,20}|(?<!\d)\d{17})(?::|%3A)(?:[\w+/-]|%2[BF]){20,}(?:=|%3D){0,2}/gi;

const shortestWord = 3;
/** Lines of a PEM are secrets of their own, so that a key whose line breaks were changed is found. */
const shortestLine = 16;

export function createRedactor(options: RedactorOptions): Redactor {
  return extended(options, nothing);
}

/** What a redactor knows, in the forms in which it looks for it. */
interface Known {
  readonly secrets: ReadonlySet<string>;
  readonly literals: Literals | undefined;
  /** Too short to be hidden anywhere but as a word of its own. */
  readonly words: Patterns;
  /** Card numbers as patterns that let them be written in groups. */
  readonly cards: Patterns;
  readonly names: SensitiveNames;
  /** The pattern of those names. */
  readonly named: RegExp | undefined;
}

interface Patterns {
  readonly list: readonly string[];
  readonly any: RegExp | undefined;
}

const nothing: Known = {
  secrets: new Set(),
  literals: undefined,
  words: { list: [], any: undefined },
  cards: { list: [], any: undefined },
  names: new Map(),
  named: undefined,
};

/** Most of what an exchange shows is known already, and every pattern takes time to make. */
function extended({ secrets, names: moreNames = new Map() }: RedactorOptions, base: Known): Redactor {
  const fresh = [...new Set(secrets.flatMap(linesOf))].filter(
    (secret) => secret.trim() !== '' && !base.secrets.has(secret),
  );
  const long = fresh.filter((secret) => secret.length >= startLength);
  const short = fresh.filter((secret) => secret.length >= shortestWord && secret.length < startLength);
  const newNames = [...moreNames.keys()].some((name) => !base.names.has(name));
  const names = newNames ? new Map([...base.names, ...moreNames]) : base.names;
  const known: Known = {
    secrets: fresh.length === 0 ? base.secrets : new Set([...base.secrets, ...fresh]),
    literals: long.length === 0 ? base.literals : new Literals(long.flatMap(spellings), base.literals),
    words: withPatterns(base.words, short.map(escapeRegExp), '[\\p{L}\\p{N}_]'),
    cards: withPatterns(base.cards, long.filter((secret) => /^\d{13,19}$/.test(secret)).map(inGroups), ''),
    names,
    named: newNames ? namedValue(names) : base.named,
  };
  const { literals, words, cards, named } = known;

  const text = (given: string): string => {
    const shown = replaceJwes(
      given.replaceAll(/-----BEGIN [^-]*PRIVATE KEY-----[\s\S]*?(?:-----END [^-]*-----|$)/g, hidden),
      (jwe) => describeJwe(jwe) ?? hidden,
    ).replaceAll(token, hidden);
    const ungrouped = cards.any ? shown.replaceAll(cards.any, hidden) : shown;
    return literals?.replaceIn(ungrouped, hidden) ?? ungrouped;
  };
  return {
    text,
    answer(given) {
      const shown = text(given);
      const unnamed = named
        ? shown.replaceAll(named, (_, ...before) => `${before.slice(0, 3).find(Boolean)}${hidden}`)
        : shown;
      return words.any ? unnamed.replaceAll(words.any, hidden) : unnamed;
    },
    with: (more) => extended(more, known),
  };
}

function linesOf(secret: string): readonly string[] {
  const lines = secret.split(/\r?\n/);
  if (lines.length === 1) return [secret];
  return [secret, ...lines.filter((line) => line.length >= shortestLine && !line.startsWith('-----'))];
}

/** A secret as it is and as programs write it. */
function spellings(secret: string): readonly string[] {
  const bytes = Buffer.from(secret, 'utf8');
  const json = JSON.stringify(secret).slice(1, -1);
  return [
    secret,
    json,
    json.replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
    secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
    percentEncoded(secret),
    percentEncoded(secret).replaceAll('%20', '+'),
    bytes.toString('hex'),
    ...base64Cores(bytes),
  ];
}

/** A card number is often written in groups. */
function inGroups(card: string): string {
  return card.split('').join('[ -]?');
}

/** `encodeURIComponent` refuses half a surrogate pair, which a target may well send; UTF-8 has none. */
function percentEncoded(secret: string): string {
  return encodeURIComponent(Buffer.from(secret, 'utf8').toString('utf8'));
}

/**
 * What is always there when bytes are base64-encoded, alone or within something longer: for each of the three
 * alignments, the characters that depend on these bytes alone.
 */
function base64Cores(bytes: Buffer): readonly string[] {
  const cores = [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replaceAll('=', '');
    const before = offset === 0 ? 0 : offset + 1;
    const after = (offset + bytes.length) % 3 === 0 ? 0 : 1;
    return encoded.slice(before, encoded.length - after);
  });
  return cores
    .filter((core) => core.length >= startLength)
    .flatMap((core) => [core, core.replaceAll('+', '-').replaceAll('/', '_')]);
}

function withPatterns(base: Patterns, more: readonly string[], boundary: string): Patterns {
  if (more.length === 0) return base;
  const list = [...base.list, ...more];
  return { list, any: oneOf(list, boundary) };
}

/** Any of the patterns, the longest first, not next to what `boundary` matches. */
function oneOf(patterns: readonly string[], boundary: string): RegExp | undefined {
  const list = [...new Set(patterns)].sort((a, b) => b.length - a.length);
  if (list.length === 0) return undefined;
  const any = `(?:${list.join('|')})`;
  return new RegExp(boundary === '' ? any : `(?<!${boundary})${any}(?!${boundary})`, 'giu');
}

/** A sensitive name and the value behind it, in JSON within text, forms, XML or prose. */
function namedValue(names: SensitiveNames): RegExp | undefined {
  if (names.size === 0) return undefined;
  // Keys have letters and digits alone; a mark may stand between any two of them.
  const any = [...names.keys()].map((key) => Array.from(key, escapeRegExp).join('[-_]?')).join('|');
  const name = `(?<![\\p{L}\\p{N}])(?:${any})`;
  const quoted = `\\\\*["']?\\s*[:=]\\s*\\\\*["'](?=[^"'\\\\])`;
  const bare = `\\\\*["']?\\s*[:=]\\s*`;
  return new RegExp(
    [
      `(${name}${quoted})(?!\\[hidden)[^"'\\\\]+`,
      `(${name}>)(?!\\[hidden)[^<]+`,
      `(${name}${bare})(?!\\[hidden)[^"'\\\\,;&<>{}[\\]\\s]+(?:[ -]\\d+)*`,
    ].join('|'),
    'giu',
  );
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
