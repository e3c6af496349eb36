import type { FieldName } from './labels.ts';
import * as labels from './labels.ts';
import type { LimitName, Mode, Presence, SectionName } from './page.ts';

/** A line that is, as a whole, a fixed word of the pages. Where it stands decides whether it acts as one. */
export type Word =
  | { readonly kind: 'heading'; readonly name: SectionName }
  | { readonly kind: 'presence'; readonly name: Presence }
  | { readonly kind: 'mode'; readonly name: Mode }
  | { readonly kind: 'field'; readonly name: FieldName }
  | { readonly kind: 'type' | 'encrypted' | 'showAll' | 'siteHeader' | 'panel' | 'panelTitle' };

/** A line `label : value`, with any white space around the colon. */
export interface Pair {
  readonly label:
    | { readonly kind: 'limit'; readonly name: LimitName }
    | { readonly kind: 'field'; readonly name: FieldName }
    | { readonly kind: 'form' | 'version' };
  /** Trimmed; never empty. */
  readonly value: string;
}

/** A line that is not blank. */
export interface Token {
  /** 1-based. */
  readonly line: number;
  /** Trimmed; never empty. */
  readonly text: string;
  /** Empty lines directly above; 0 when one of them holds white space, for then they come from a description. */
  readonly blanks: number;
  readonly word?: Word;
  readonly pair?: Pair;
}

type PairLabel = Pair['label'];

const words = new Map<string, Word>();
const pairLabels = new Map<string, PairLabel>();

function learn<Value>(table: Map<string, Value>, spellings: readonly string[], meaning: Value): void {
  for (const spelling of spellings) table.set(spelling, meaning);
}

function entries<Name extends string>(table: Readonly<Record<Name, readonly string[]>>) {
  const names: Name[] = [];
  for (const name in table) names.push(name);
  return names.map((name) => [name, table[name]] as const);
}

for (const [name, spellings] of entries(labels.HEADINGS)) learn(words, spellings, { kind: 'heading', name });
for (const [name, spellings] of entries(labels.PRESENCES))
  learn(words, spellings, { kind: 'presence', name });
for (const [name, spellings] of entries(labels.MODES)) learn(words, spellings, { kind: 'mode', name });
for (const [name, spellings] of entries(labels.FIELDS)) {
  learn(words, spellings, { kind: 'field', name });
  learn(pairLabels, spellings, { kind: 'field', name });
}
for (const [name, spellings] of entries(labels.LIMITS)) learn(pairLabels, spellings, { kind: 'limit', name });
learn(words, labels.TYPES, { kind: 'type' });
for (const end of ['', labels.MARK, ` ${labels.MARK}`]) {
  learn(
    words,
    labels.ENCRYPTED.map((word) => `${word}${end}`),
    { kind: 'encrypted' },
  );
}
learn(words, labels.SHOW_ALL, { kind: 'showAll' });
learn(words, labels.SITE_HEADER, { kind: 'siteHeader' });
learn(words, labels.PANEL, { kind: 'panel' });
learn(words, labels.PANEL_TITLES, { kind: 'panelTitle' });
learn(pairLabels, labels.FORM, { kind: 'form' });
learn(pairLabels, labels.VERSION, { kind: 'version' });

/** The fixed word that this whole line is, if any. `line` is trimmed. */
function wordOf(line: string): Word | undefined {
  const text = line.replaceAll('\u00a0', ' ');
  const word = words.get(text);
  if (word !== undefined) return word;
  if (text.startsWith(labels.PANEL_BUTTON)) return { kind: 'panel' };
  return labels.TYPE_PREFIXES.some((prefix) => text.startsWith(prefix)) && text.split(' ', 5).length <= 4
    ? { kind: 'type' }
    : undefined;
}

/** Splits `label : value` when the label is a known one and the value is not empty. */
export function pairOf(text: string): Pair | undefined {
  const narrow = text.indexOf(':');
  const colon = narrow >= 0 ? narrow : text.indexOf('：');
  if (colon <= 0) return undefined;
  const label = pairLabels.get(text.slice(0, colon).trim());
  const value = text.slice(colon + 1).trim();
  return label === undefined || value === '' ? undefined : { label, value };
}

/** Splits the text of a page into its lines; `\r\n` and `\n` end a line. Blank lines are counted, not kept. Linear. */
export function scan(text: string): Token[] {
  const tokens: Token[] = [];
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  let blanks = 0;
  let onlyEmpty = true;
  for (const [index, whole] of lines.entries()) {
    const raw = whole.endsWith('\r') ? whole.slice(0, -1) : whole;
    const trimmed = raw.trim();
    if (trimmed === '') {
      blanks += 1;
      onlyEmpty &&= raw === '';
      continue;
    }
    // `Error code :` with nothing after the colon is the label alone.
    const bare = trimmed.endsWith(':') ? words.get(trimmed.slice(0, -1).trimEnd()) : undefined;
    const word = bare?.kind === 'field' ? bare : wordOf(trimmed);
    const pair = pairOf(trimmed);
    tokens.push({
      line: index + 1,
      text: trimmed,
      blanks: onlyEmpty ? blanks : 0,
      ...(word === undefined ? {} : { word }),
      ...(pair === undefined ? {} : { pair }),
    });
    blanks = 0;
    onlyEmpty = true;
  }
  return tokens;
}
