import { describeJwe, nameKey, type SensitiveNames } from './mask.ts';

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
  with(secrets: readonly string[]): Redactor;
}

export const hidden = '[hidden]';

const shortest = 6;
const shortestWord = 3;

/**
 * @param secrets credentials and sensitive test data, as they are; order and duplicates don't matter
 * @param names whose values are hidden in the text of answers
 */
export function createRedactor({
  secrets,
  names = new Map(),
}: {
  readonly secrets: readonly string[];
  readonly names?: SensitiveNames;
}): Redactor {
  const known = [...new Set(secrets.flatMap(piecesOf))].filter((secret) => secret.trim() !== '');
  const long = anyOf(known.filter((secret) => secret.length >= shortest).flatMap(spellings));
  const words = anyOf(
    known
      .filter((secret) => secret.length >= shortestWord && secret.length < shortest)
      .map((secret) => `(?<![\\p{L}\\p{N}_])${escapeRegExp(secret)}(?![\\p{L}\\p{N}_])`),
  );
  const named = namedValue(names);

  const text = (given: string): string => {
    const shown = given
      .replaceAll(/-----BEGIN [^-]*PRIVATE KEY-----[\s\S]*?(?:-----END [^-]*-----|$)/g, hidden)
      .replaceAll(/ey[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*/g, (jwe) => describeJwe(jwe) ?? hidden)
      .replaceAll(/KMV1:\d{10,20}:[A-Za-z0-9+/_-]{20,}={0,2}/g, hidden);
    return long ? shown.replaceAll(long, hidden) : shown;
  };
  return {
    text,
    answer(given) {
      const shown = text(given);
      const unnamed = named ? shown.replaceAll(named, (_, before: string) => `${before}${hidden}`) : shown;
      return words ? unnamed.replaceAll(words, hidden) : unnamed;
    },
    with: (more) => (more.length === 0 ? this_(secrets, names) : this_([...secrets, ...more], names)),
  };
}

function this_(secrets: readonly string[], names: SensitiveNames): Redactor {
  return createRedactor({ secrets, names });
}
