import { BULLETS } from './labels.ts';
import { pairOf } from './scan.ts';

/** What one line of a parameter's documentation is. */
export type Described =
  | { readonly kind: 'value'; readonly value: string; readonly text: string }
  | { readonly kind: 'form'; readonly form: string }
  | { readonly kind: 'uncertain' | 'prose' };

const UPPER_CASE = /^[A-Z][A-Z0-9_]*$/;
const CODE = /^[0-9]{2,3}$/;
/** Longer words before a colon are not values. */
const LONGEST_VALUE = 40;

function certain(word: string): boolean {
  return UPPER_CASE.test(word) || CODE.test(word);
}

/** Whether a word is written as codes are: capital letters, digits and underscores. */
export function isCodeLike(word: string): boolean {
  return word.length <= LONGEST_VALUE && /^[A-Z0-9][A-Z0-9_]*$/.test(word);
}

/** The line behind its bullet; undefined when it has none. */
export function withoutBullet(line: string): string | undefined {
  const bullet = BULLETS.find((mark) => line.startsWith(mark));
  if (bullet === undefined) return undefined;
  const rest = line.slice(bullet.length);
  // The pages put a no-break space behind some of the dashes.
  return bullet === '•' || /^\s/.test(rest) ? rest.trimStart() : undefined;
}

/** Offset of the colon, if the first one has white space on both sides. */
function spacedColon(body: string): number {
  const colon = body.indexOf(':');
  return colon > 0 && /^\s:\s/.test(body.slice(colon - 1, colon + 2)) ? colon : -1;
}

/** `word : text`, `word: text`; not a URL, whose colon is followed by slashes. */
export function looksExplained(body: string): boolean {
  const colon = body.indexOf(':');
  if (colon <= 0 || body.startsWith('//', colon + 1)) return false;
  const word = body.slice(0, colon).trim();
  return word !== '' && word.length <= LONGEST_VALUE && !/\s/.test(word);
}

/** `NAME(text)` and nothing after. */
function looksCalled(body: string): boolean {
  const open = body.indexOf('(');
  return open > 0 && open <= LONGEST_VALUE && body.endsWith(')') && certain(body.slice(0, open).trimEnd());
}

/**
 * Reads one line of a parameter's documentation. A value is certain only when it is UPPER_CASE or two to three
 * digits followed by ` : `, with a bullet or directly below a certain value; the pages drop the bullets after the
 * first of a list. Whatever else looks like a value is uncertain, to be judged by a person.
 *
 * @param line trimmed, not empty
 * @param belowValue whether the line above was a certain value
 */
export function classify(line: string, belowValue: boolean): Described {
  const unbulleted = withoutBullet(line);
  const body = unbulleted ?? line;
  const pair = pairOf(body);
  if (pair?.label.kind === 'form') return { kind: 'form', form: pair.value };
  const colon = spacedColon(body);
  if (colon > 0 && (unbulleted !== undefined || belowValue)) {
    const value = body.slice(0, colon).trimEnd();
    const text = body.slice(colon + 1).trim();
    if (certain(value) && text !== '') return { kind: 'value', value, text };
  }
  return { kind: looksExplained(body) || looksCalled(body) ? 'uncertain' : 'prose' };
}
