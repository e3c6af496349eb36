/** The sections of headers and fields: see `Parameters` in the grammar of parse.ts. */
import { atEnd, type Cursor, misplacedWord, parseNotes, parseShowAll, textOf } from './cursor.ts';
import { classify, type Described } from './describe.ts';
import { MARK } from './labels.ts';
import type { EnumEntry, Fact, LimitName, Parameter, ParameterSection, Presence, Text } from './page.ts';
import { type Placeable, place } from './placement.ts';
import { pairOf, type Token } from './scan.ts';
import { type DescribedLine, findValues, type Valued } from './value-lists.ts';

/** Digits of the longest limit that is converted; more are no limit, and cost more than linear time. */
const LONGEST_INTEGER = 40;

/** Reads a section of parameters, its heading being consumed already, to the next heading or the panel. */
export function parseParameters(cursor: Cursor, heading: Token): ParameterSection {
  const { notes, encrypted } = parseMarks(cursor);
  const parameters: Omit<Parameter, 'placement'>[] = [];
  const placeable: Placeable[] = [];
  let incomplete: Fact<true> | undefined;
  while (!atEnd(cursor)) {
    const hidden = parseShowAll(cursor);
    incomplete ??= hidden;
    const name = cursor.peek();
    if (name === undefined || atEnd(cursor)) break;
    if (atParameter(cursor)) {
      // Between name and type the pages keep their ordinary distance; a gap is wider.
      const gap = name.blanks >= 2 && name.blanks > (cursor.peek(1)?.blanks ?? 0);
      const parameter = parseParameter(cursor, name);
      parameters.push(parameter);
      placeable.push({ name: parameter.name.value, type: parameter.type?.value, gap });
    } else if (name.word?.kind !== 'showAll') {
      cursor.report(name, 'expected the name of a parameter, followed by its type');
      cursor.skip();
    }
  }
  const placements = place(placeable);
  return {
    heading: textOf(heading),
    ...(encrypted === undefined ? {} : { encrypted }),
    notes,
    ...(incomplete === undefined ? {} : { incomplete }),
    parameters: parameters.map((parameter, index) => ({
      ...parameter,
      placement: placements[index] ?? { parent: null },
    })),
  };
}

/** The lines above the first parameter; a mark that is not known may change all below it, so it is no mere note. */
function parseMarks(cursor: Cursor): Pick<ParameterSection, 'notes' | 'encrypted'> {
  const notes: Text[] = [];
  let encrypted: Fact<true> | undefined;
  for (const token of parseNotes(cursor, () => atParameter(cursor))) {
    if (token.word?.kind === 'encrypted' && encrypted === undefined)
      encrypted = { value: true, line: token.line };
    else if (token.word?.kind === 'encrypted') cursor.report(token, 'a second mark of the same kind');
    else if (token.text.endsWith(MARK))
      cursor.report(token, 'a mark that is not known, such as "Encrypted|"');
    else notes.push(textOf(token));
  }
  return { notes, ...(encrypted === undefined ? {} : { encrypted }) };
}

const NAME = /^[A-Za-z_$][A-Za-z0-9_$.[\]-]*$/;
const LONGEST_NAME = 128;

function isName(token: Token): boolean {
  return token.text.length <= LONGEST_NAME && NAME.test(token.text);
}

/** How the head of a parameter begins here: with its type, with a word in the type's place, without a type. */
function headOf(cursor: Cursor): 'typed' | 'oddly typed' | 'untyped' | undefined {
  const name = cursor.peek();
  const [second, third] = [cursor.kind(1), cursor.kind(2)];
  if (name === undefined) return undefined;
  const limited = cursor.peek(2)?.pair?.label.kind === 'limit';
  if (second === 'type') {
    if (third === 'type') return undefined;
    return isName(name) || third === 'presence' ? 'typed' : undefined;
  }
  // Anything but a type in the type's place is weaker evidence: the name must then be no fixed word.
  if (name.word !== undefined) return undefined;
  if (second === 'presence') return isName(name) ? 'untyped' : undefined;
  const word = cursor.peek(1);
  if (word === undefined || second !== undefined || !isName(word) || !isName(name)) return undefined;
  return third === 'presence' || limited ? 'oddly typed' : undefined;
}

function atParameter(cursor: Cursor): boolean {
  return !atEnd(cursor) && cursor.kind() !== 'showAll' && headOf(cursor) !== undefined;
}

function parseParameter(cursor: Cursor, name: Token): Omit<Parameter, 'placement'> {
  const head = headOf(cursor);
  cursor.skip();
  if (!isName(name)) {
    cursor.report(name, 'stands where the name of a parameter is expected, but does not look like a name');
  }
  const type = head === 'untyped' ? undefined : cursor.peek();
  if (type === undefined) cursor.report(name, 'a parameter without a type');
  else cursor.skip();
  if (type !== undefined && head === 'oddly typed') {
    cursor.report(type, 'not a known type; read as the type of the parameter above it');
  }
  const presence = parsePresence(cursor);
  const limits = parseLimits(cursor);
  return {
    name: textOf(name),
    ...(type === undefined ? {} : { type: textOf(type) }),
    ...(presence === undefined ? {} : { presence }),
    limits,
    ...parseDescribed(cursor, { type: type?.text, limits }),
  };
}

function parsePresence(cursor: Cursor): Fact<Presence> | undefined {
  const token = cursor.peek();
  if (token?.word?.kind !== 'presence' || atParameter(cursor)) return undefined;
  cursor.skip();
  return { value: token.word.name, line: token.line };
}

function parseLimits(cursor: Cursor): Parameter['limits'] {
  const limits: Partial<Record<LimitName, Fact<bigint>>> = {};
  for (let token = cursor.peek(); token?.pair?.label.kind === 'limit'; token = cursor.peek()) {
    let wrong: string | undefined;
    for (const part of token.text.split(',')) {
      const pair = pairOf(part.trim());
      const integer = pair === undefined ? undefined : integerOf(pair.value);
      if (pair?.label.kind !== 'limit' || integer === undefined) {
        wrong ??= 'expected limits such as "Min : 1 , Max : 20", each a whole number';
      } else if (limits[pair.label.name] !== undefined) {
        wrong ??= 'a second limit of the same kind; the first one counts';
      } else {
        limits[pair.label.name] = { value: integer, line: token.line };
      }
    }
    if (wrong !== undefined) cursor.report(token, wrong);
    cursor.skip();
  }
  return limits;
}

function integerOf(text: string): bigint | undefined {
  return text.length <= LONGEST_INTEGER && /^-?[0-9]+$/.test(text) ? BigInt(text) : undefined;
}

type Documentation = Pick<Parameter, 'description' | 'values' | 'forms' | 'uncertain'>;

function parseDescribed(cursor: Cursor, head: Valued): Documentation {
  const lines: DescribedLine[] = [];
  let above: Described['kind'] = 'prose';
  for (let token = cursor.peek(); token !== undefined; token = cursor.peek()) {
    if (atEnd(cursor) || token.word?.kind === 'showAll' || atParameter(cursor)) break;
    cursor.skip();
    const misplaced = misplacedWord(token);
    if (misplaced !== undefined) {
      cursor.report(token, misplaced);
      continue;
    }
    const described = classify(token.text, above === 'value');
    above = described.kind;
    lines.push({ text: textOf(token), described });
  }
  const description: Text[] = [];
  const values: EnumEntry[] = [];
  const forms: Text[] = [];
  const uncertain: Text[] = [];
  const found = findValues(lines, head);
  for (const line of lines) {
    const { text, described } = line;
    const listed = found.values.get(line);
    if (described.kind === 'value')
      values.push({ value: described.value, text: described.text, line: text.line });
    else if (described.kind === 'form') forms.push({ value: described.form, line: text.line });
    else if (listed !== undefined) {
      values.push(...listed);
      // A list in brackets ends a sentence.
      if (described.kind === 'prose') description.push(text);
    } else if (described.kind === 'uncertain' || found.uncertain.has(line)) uncertain.push(text);
    else description.push(text);
  }
  return { description, values, forms, uncertain };
}
