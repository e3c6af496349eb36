import { findJwes } from './compact-jwe.ts';
import { endOfCharacter, folded, placesOf } from './folded.ts';
import { type Literal, Literals, shortestLiteral } from './literals.ts';
import { describeJwe, type SensitiveNames, type SensitiveValue } from './mask.ts';
import { type NameLiterals, nameLiterals, valueBehind } from './named-values.ts';
import { lengthOf, type Pseudonym } from './pseudonym.ts';
import { placeOf, type Reading, readingsOf, unescapedTexts } from './readings.ts';

/** Hides known secrets in text. */
export interface Redactor {
  /**
   * Hides every known value that is not short, wherever it stands and however it is written: in another case or with
   * other separators, escaped, in base64 or hexadecimal, one within the other; of a secret every piece of ten
   * characters. Hides besides whatever looks like a token, a private key or an encrypted message. An id becomes its
   * pseudonym.
   */
  text(text: string): string;
  /**
   * Like `text`, for what a target answered: hides shorter known values too where they stand as a word of their own,
   * and what follows a sensitive name (`parcelNo=…`, `<parcelNo>…`).
   */
  answer(text: string): string;
  /** What is shown in place of an id. */
  readonly pseudonym: Pseudonym;
  /** A redactor that knows these too. */
  with(more: Omit<RedactorOptions, 'pseudonym'>): Redactor;
}

export interface RedactorOptions {
  /** Credentials, as they are: pieces of them are hidden too. Order and duplicates don't matter. */
  readonly secrets?: readonly string[];
  /** Sensitive values of prepared data and of answers. */
  readonly values?: readonly SensitiveValue[];
  /** Names whose values are hidden in the text of answers. */
  readonly names?: SensitiveNames;
  /** Without it an id is hidden like any other value, and its length is told. */
  readonly pseudonym?: Pseudonym;
}

export const hidden = '[hidden]';

/** A token, also one that a case has made: of another version, without its prefix, of a time that is none. */
const token =
  /(?:KMV\d(?::|%3A)[a-z\d]{10,20}|(?<!\d)\d{17})(?::|%3A)(?:[\w+/-]|%2[BF]){20,}(?:=|%3D){0,2}/gi;
const shortestToken = 38;
const privateKey = /-----BEGIN [^-]*PRIVATE KEY-----[\s\S]*?(?:-----END [^-]*-----|$)/g;

export function createRedactor(options: RedactorOptions): Redactor {
  const pseudonym = options.pseudonym ?? ((id) => `[hidden, ${lengthOf(id)}]`);
  return extended(options, { ...nothing, pseudonym });
}

/** What a redactor knows, in the forms in which it looks for it. */
interface Known {
  readonly texts: ReadonlySet<string>;
  readonly literals: Literals<Hidden>;
  /** Secrets of little but punctuation, which folding takes away. */
  readonly exact: readonly string[];
  readonly names: SensitiveNames;
  readonly nameLiterals: NameLiterals;
  readonly pseudonym: Pseudonym;
}

/** A text that is hidden. */
interface Hidden extends Literal {
  readonly replacement: string;
  /** Short: it counts as a word of its own alone. */
  readonly isWord: boolean;
  /** Looked for in what a target said, not in what the suite says itself. */
  readonly inAnswersAlone: boolean;
}

const nothing: Omit<Known, 'pseudonym'> = {
  texts: new Set(),
  literals: new Literals([]),
  exact: [],
  names: new Map(),
  nameLiterals: nameLiterals(new Map()),
};

/** Most of what an exchange shows is known already. */
function extended({ secrets = [], values = [], names = new Map() }: RedactorOptions, base: Known): Redactor {
  const freshSecrets = fresh(secrets, base);
  const freshValues = values.filter(({ text }) => !base.texts.has(text));
  const knowsNames = [...names].every(([name, sensitivity]) => base.names.get(name) === sensitivity);
  const allNames = knowsNames ? base.names : new Map([...base.names, ...names]);
  const known: Known = {
    texts:
      freshSecrets.length + freshValues.length === 0
        ? base.texts
        : new Set([...base.texts, ...freshSecrets, ...freshValues.map(({ text }) => text)]),
    literals:
      freshSecrets.length + freshValues.length === 0
        ? base.literals
        : new Literals(
            [
              ...freshValues.flatMap((value) => literalsOf(value, base.pseudonym)),
              ...freshSecrets.flatMap(literalsOfSecret),
            ],
            base.literals,
          ),
    exact: [
      ...base.exact,
      ...freshSecrets.filter((text) => text.length >= longText && weigh(text) < longText),
    ],
    names: allNames,
    nameLiterals: knowsNames ? base.nameLiterals : nameLiterals(allNames),
    pseudonym: base.pseudonym,
  };
  return {
    text: (text) => masked(text, known, false),
    answer: (text) => masked(text, known, true),
    pseudonym: known.pseudonym,
    with: (more) => extended(more, known),
  };
}

function fresh(texts: readonly string[], { texts: known }: Known): readonly string[] {
  return [...new Set(texts)].filter((text) => text.trim() !== '' && !known.has(text));
}

/** A part of a text that is not to be shown. */
interface Hit {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

function masked(text: string, known: Known, isAnswer: boolean): string {
  if (text.length < 2) return text;
  const hits: Hit[] = [];
  for (const reading of foldedReadings(text)) {
    find(reading, known, isAnswer, (start, end, replacement) => {
      hits.push({ ...placeOf(reading, start, end), replacement });
    });
  }
  return hits.length === 0 ? text : replaced(text, hits);
}

interface FoldedReading extends Reading {
  readonly units: string;
}

/** Names, labels and values come again and again, whoever looks for what in them. */
const recent = new Map<string, readonly FoldedReading[]>();
const mostRecent = 4096;
const longestRecent = 128;

function foldedReadings(text: string): readonly FoldedReading[] {
  const known = recent.get(text);
  if (known) return known;
  const readings = readingsOf(text).map((reading) => ({ ...reading, units: folded(reading.text) }));
  if (text.length > longestRecent) return readings;
  if (recent.size >= mostRecent) recent.clear();
  recent.set(text, readings);
  return readings;
}

type Found = (start: number, end: number, replacement: string) => void;

function find({ text, units }: FoldedReading, known: Known, isAnswer: boolean, found: Found): void {
  findByForm(text, found);
  for (const secret of known.exact) {
    for (let at = text.indexOf(secret); at !== -1; at = text.indexOf(secret, at + 1)) {
      found(at, at + secret.length, hidden);
    }
  }
  let places: readonly number[] | undefined;
  const startOf = (unit: number) => {
    places ??= placesOf(text);
    return places[unit] ?? 0;
  };
  known.literals.find(units, (literal, at) => {
    if (literal.inAnswersAlone && !isAnswer) return false;
    const start = startOf(at);
    const end = endOfCharacter(text, startOf(at + literal.units.length - 1));
    if (literal.isWord && !isWordHere(text, start, end)) return false;
    found(start, end, literal.replacement);
    return true;
  });
  if (!isAnswer || !/[:=>]/.test(text)) return;
  let covered = 0;
  known.nameLiterals.find(units, (name, at) => {
    const start = startOf(at);
    // A name within a value is hidden with it, and would be followed to the end of the same value.
    if (start < covered) return false;
    if (/[\p{L}\p{N}]$/u.test(text.slice(Math.max(0, start - 2), start))) return false;
    const end = endOfCharacter(text, startOf(at + name.units.length - 1));
    const value = valueBehind(text, end, name.sensitivity);
    if (!value) return false;
    const replacement = name.sensitivity === 'identifier' ? known.pseudonym(value.text) : hidden;
    covered = value.start + value.text.length;
    found(value.start, covered, replacement);
    return true;
  });
}

function findByForm(text: string, found: Found): void {
  if (text.includes('-----BEGIN')) {
    for (const { 0: match, index } of text.matchAll(privateKey)) found(index, index + match.length, hidden);
  }
  if (text.length > shortestToken) {
    for (const { 0: match, index } of text.matchAll(token)) found(index, index + match.length, hidden);
  }
  if (text.includes('ey')) {
    for (const { start, jwe } of findJwes(text)) found(start, start + jwe.length, describeJwe(jwe) ?? hidden);
  }
}

/** What overlaps is hidden as one, by what its longest part stands for. */
function replaced(text: string, hits: Hit[]): string {
  hits.sort((a, b) => a.start - b.start);
  let shown = '';
  let kept = 0;
  let open: { start: number; end: number; longest: Hit } | undefined;
  const close = () => {
    if (!open) return;
    shown += text.slice(kept, open.start) + open.longest.replacement;
    kept = open.end;
  };
  for (const hit of hits) {
    const joins = open && (hit.start < open.end || (hit.start === open.end && hit.replacement === hidden));
    if (open && joins) {
      open.end = Math.max(open.end, hit.end);
      if (hit.end - hit.start > open.longest.end - open.longest.start) open.longest = hit;
    } else {
      close();
      open = { start: hit.start, end: hit.end, longest: hit };
    }
  }
  close();
  return shown + text.slice(kept);
}

/** From this weight on a text is found anywhere, below it as a word alone. */
const longText = 6;
/** An id from this many digits on is looked for in what the suite says itself, too. */
const longId = 4;
/** The shortest piece of a secret that is looked for, in units, and how many different ones it has to have. */
const piece = 10;
const differentUnits = 3;
/** Whole numbers of more digits than this are rounded by a program that keeps them as floating point. */
const exactDigits = 15;

/** How much a text tells: a letter or digit one, a Hangul syllable or another sign of a word's size two. */
function weigh(text: string): number {
  const units = folded(text);
  if (/^[\0-\x7f]*$/.test(units)) return units.length;
  let weight = 0;
  for (const character of text.normalize('NFKC')) {
    if (folded(character) !== '')
      weight += /[\p{sc=Hang}\p{sc=Hani}\p{sc=Hira}\p{sc=Kana}]/u.test(character) ? 2 : 1;
  }
  return weight;
}

function literal(
  text: string,
  replacement = hidden,
  wordsFrom = Number.POSITIVE_INFINITY,
): readonly Hidden[] {
  const weight = weigh(text);
  const isWord = weight < longText;
  return [text, ...unescapedTexts(text)]
    .map((one) => folded(one))
    .filter((units) => units.length >= shortestLiteral)
    .map((units) => ({ units, replacement, isWord, inAnswersAlone: isWord && weight < wordsFrom }));
}

/** The secret and its pieces. The first and last line of a PEM are none. */
function literalsOfSecret(secret: string): readonly Hidden[] {
  const bare = secret.replaceAll(/-----[A-Z ]+-----/g, '');
  const whole = literal(bare);
  return [...whole, ...whole.flatMap((one) => pieces(one))];
}

function pieces(one: Hidden): readonly Hidden[] {
  const all: Hidden[] = [];
  for (let at = 0; at + piece < one.units.length; at += 1) {
    const units = one.units.slice(at, at + piece);
    if (new Set(units).size >= differentUnits) all.push({ ...one, units });
  }
  // Without it the last one would be lost.
  const last = one.units.slice(-piece);
  return all.length === 0 ? [] : [...all, { ...one, units: last }];
}

function literalsOf({ text, sensitivity }: SensitiveValue, pseudonym: Pseudonym): readonly Hidden[] {
  if (sensitivity !== 'identifier') return literal(text);
  return [
    ...literal(text, pseudonym(text), longId),
    ...rounded(text).flatMap(([written, id]) => literal(written, pseudonym(id))),
  ];
}

/** An id as programs print it that keep it as floating point: as it is written, and as which id. */
function rounded(id: string): readonly (readonly [written: string, id: string])[] {
  if (!/^\d+$/.test(id) || id.length <= exactDigits || id.length > 300) return [];
  const float = Number(id);
  const exact = BigInt(float).toString();
  const short = BigInt(float).toString().length === String(float).length ? String(float) : exact;
  return [
    [short, short],
    [exact, exact],
    [float.toExponential(), short],
  ].filter((pair): pair is [string, string] => pair[1] !== id);
}

/** Whether what stands there is no part of a longer word or number, nor one of the suite's own small numbers. */
function isWordHere(text: string, start: number, end: number): boolean {
  const word = text.slice(start, end);
  const before = text.slice(Math.max(0, start - 8), start);
  const after = text.slice(end, end + 12);
  if (/[\p{Z}\p{Cc}\p{P}]/u.test(word) || /[\p{L}\p{N}_]$/u.test(before)) return false;
  if (/^\d+$/.test(word)) {
    const isOurs = /HTTP $/.test(before) || /^ (?:characters?|digits?|bytes|levels)\b/.test(after);
    if (isOurs || /\d\.$/.test(before) || /^\.\d/.test(after)) return false;
  }
  return !/^[\p{L}\p{N}_]/u.test(after) || (/\p{sc=Hang}$/u.test(word) && particle.test(after));
}

/** What is joined to a Korean name: a title and a particle. */
const particle =
  /^(?:님|씨|군|양)?(?:이|가|은|는|을|를|의|도|만|와|과|께|에게|께서|한테|로|으로|라고|이라고|이다|입니다)?(?![\p{L}\p{N}_])/u;

/** Hides nothing: for runs whose keys and data are made for them and thrown away, and that write nothing down. */
export const redactNothing: Redactor = {
  text: (text) => text,
  answer: (text) => text,
  pseudonym: (id) => id,
  with: () => redactNothing,
};
