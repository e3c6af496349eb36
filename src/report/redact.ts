import { describeJwe, type SensitiveNames } from './mask.ts';
import type { CaseRecord } from './record.ts';

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

const shortestAnywhere = 6;
const shortestWord = 3;
/** Lines of a PEM are secrets of their own, so that a key whose line breaks were changed is found. */
const shortestLine = 16;

export function createRedactor({ secrets, names = new Map() }: RedactorOptions): Redactor {
  const known = [...new Set(secrets.flatMap(linesOf))].filter((secret) => secret.trim() !== '');
  const anywhere = oneOf(known.filter((secret) => secret.length >= shortestAnywhere).flatMap(spellings), '');
  const words = oneOf(
    known
      .filter((secret) => secret.length >= shortestWord && secret.length < shortestAnywhere)
      .map(escapeRegExp),
    '[\\p{L}\\p{N}_]',
  );
  const named = valueOf(names);

  const text = (given: string): string => {
    const shown = given
      .replaceAll(/-----BEGIN [^-]*PRIVATE KEY-----[\s\S]*?(?:-----END [^-]*-----|$)/g, hidden)
      .replaceAll(/ey[\w-]+(?:\.[\w-]*){4}/g, (jwe) => describeJwe(jwe) ?? hidden)
      .replaceAll(/KMV1(?::|%3A)\d{10,20}(?::|%3A)(?:[\w+/-]|%2[BF]){20,}(?:=|%3D){0,2}/gi, hidden);
    return anywhere ? shown.replaceAll(anywhere, hidden) : shown;
  };
  return {
    text,
    answer(given) {
      const shown = text(given);
      const unnamed = named ? shown.replaceAll(named, (_, before: string) => `${before}${hidden}`) : shown;
      return words ? unnamed.replaceAll(words, hidden) : unnamed;
    },
    with: (more) =>
      createRedactor({
        secrets: [...secrets, ...more.secrets],
        names: new Map([...names, ...(more.names ?? [])]),
      }),
  };
}

/** The texts of a record, redacted: a finding quotes the answer of a target. Exchanges are redacted where they are made. */
export function redactRecord(record: CaseRecord, redactor: Redactor): CaseRecord {
  return {
    ...record,
    reason: redactor.answer(record.reason),
    notes: record.notes.map((note) => redactor.text(note)),
    findings: record.findings.map((finding) => ({
      ...finding,
      place: redactor.text(finding.place),
      expected: redactor.text(finding.expected),
      actual: redactor.answer(finding.actual),
    })),
  };
}

function linesOf(secret: string): readonly string[] {
  const lines = secret.split(/\r?\n/);
  if (lines.length === 1) return [secret];
  return [secret, ...lines.filter((line) => line.length >= shortestLine && !line.startsWith('-----'))];
}

/** Patterns for a secret as it is and as programs write it. */
function spellings(secret: string): readonly string[] {
  const bytes = Buffer.from(secret, 'utf8');
  const json = JSON.stringify(secret).slice(1, -1);
  const written = [
    secret,
    json,
    json.replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
    secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
    percentEncoded(secret),
    percentEncoded(secret).replaceAll('%20', '+'),
    bytes.toString('hex'),
    ...base64Cores(bytes),
  ];
  const patterns = written.map(escapeRegExp);
  // A card number is often written in groups.
  if (/^\d{13,19}$/.test(secret)) patterns.push(secret.split('').join('[ -]?'));
  return patterns;
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
    .filter((core) => core.length >= shortestAnywhere)
    .flatMap((core) => [core, core.replaceAll('+', '-').replaceAll('/', '_')]);
}

/** Any of the patterns, the longest first, not next to what `boundary` matches. */
function oneOf(patterns: readonly string[], boundary: string): RegExp | undefined {
  const list = [...new Set(patterns)].sort((a, b) => b.length - a.length);
  if (list.length === 0) return undefined;
  const any = `(?:${list.join('|')})`;
  return new RegExp(boundary === '' ? any : `(?<!${boundary})${any}(?!${boundary})`, 'giu');
}

/** A sensitive name and the value behind it, in JSON within text, forms, XML or prose. */
function valueOf(names: SensitiveNames): RegExp | undefined {
  if (names.size === 0) return undefined;
  // Keys have letters and digits alone; any mark may stand between two of them.
  const any = [...names.keys()].map((key) => key.split('').map(escapeRegExp).join('[-_]?')).join('|');
  return new RegExp(
    `((?<![\\p{L}\\p{N}])(?:${any})(?:\\\\*["']?\\s*[:=]\\s*\\\\*["']?|>))(?!\\[hidden)[^"'\\\\,;&<>}\\]\\s]+(?: ?\\d+)*`,
    'giu',
  );
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
