/**
 * The parser of documentation pages, one function for each production:
 *
 *   Page         = Header { Section | Panel } .
 *   Header       = Title { Version } [ Method ] [ Path ] { prose } .
 *   Title        = { furniture } name-and-mode { furniture } .      the mode runs into the name: "…StatusSync"
 *   Version      = "Version" ":" text .                             the chosen one first, then all of them
 *   Method       = "GET" | "POST" | … .                             may share its line with the path
 *   Path         = "/" … .
 *
 *   Section      = Parameters | Codes | Scenarios .
 *   Parameters   = heading [ "Encrypted|" ] { note } { Parameter | ShowAll } .
 *   Parameter    = name [ type ] [ presence ] { Limit } { Described } .
 *   Limit        = limit-label ":" integer { "," limit-label ":" integer } .
 *   Described    = [ bullet ] ( Form | value " : " text | prose ) .  see describe.ts
 *   Codes        = heading { note } { CodeRow | ShowAll } .
 *   CodeRow      = status { Field } .
 *   Field        = ( "Error code" | "Message" ) text | "Description" { prose } .
 *   Scenarios    = heading { Scenario | ShowAll } .                 the selected one first, then all of them
 *   Scenario     = status dash text .
 *   ShowAll      = "Show All" .
 *   Panel        = panel-line { panel-line | panel-title } [ Catalogue ] .
 *   Catalogue    = { text } end-of-page .
 *
 * A token is a line; blank lines separate nothing, so that spaced and compact layouts read alike (but see
 * placement.ts). The fixed words are in labels.ts. Two productions need to look ahead:
 *
 *   a Parameter starts at a name that is followed by one type and not by two (else the first "type" is the name),
 *   or by an unknown word and a presence or limit, or by a presence;
 *   a CodeRow starts at three digits followed by the label of a Field.
 *
 * A line with no place in the grammar is reported as unread and skipped.
 */
import { classify, type Described } from './describe.ts';
import { DASHES, type FieldName, METHODS, MODES } from './labels.ts';
import type {
  CodeRow,
  CodeSection,
  EnumEntry,
  Fact,
  FeedPage,
  LimitName,
  Mode,
  Parameter,
  ParameterSection,
  ParameterSectionName,
  Presence,
  ScenarioSection,
  ScenarioTitle,
  SectionName,
  Text,
  UnreadLine,
  Versions,
} from './page.ts';
import { type Placeable, place } from './placement.ts';
import { pairOf, scan, type Token, type Word } from './scan.ts';

/** A page and the lines of it that could not be read. */
export interface ParsedFeed {
  readonly page: FeedPage;
  /** In the order of the page; empty when all was read. */
  readonly unread: readonly UnreadLine[];
}

/**
 * Parses the text of one documentation page. Never throws; takes time linear in the text. What it can't read is in
 * `unread`, by line. It does not judge whether the page is whole: openFeed does.
 */
export function parseFeed(text: string): ParsedFeed {
  const cursor = new Cursor(scan(text));
  const page = parsePage(cursor);
  return { page, unread: cursor.unread.toSorted((a, b) => a.line - b.line) };
}

const EXCERPT = 80;
/** Digits of the longest limit that is converted; more are no limit, and cost more than linear time. */
const LONGEST_INTEGER = 40;

class Cursor {
  readonly unread: UnreadLine[] = [];
  private readonly tokens: readonly Token[];
  private position = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  /** The token `ahead` places on, or undefined past the end. */
  peek(ahead = 0): Token | undefined {
    return this.tokens[this.position + ahead];
  }

  kind(ahead = 0): Word['kind'] | undefined {
    return this.peek(ahead)?.word?.kind;
  }

  skip(): void {
    this.position += 1;
  }

  report(token: Token, why: string): void {
    this.unread.push({ line: token.line, text: token.text.slice(0, EXCERPT), why });
  }
}

function textOf(token: Token): Text {
  return { value: token.text, line: token.line };
}

// ---------------------------------------------------------------- Page

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
type Sections = Mutable<
  Omit<FeedPage, 'versions' | 'description' | 'catalogue' | 'name' | 'mode' | 'method' | 'path'>
>;

function parsePage(cursor: Cursor): FeedPage {
  const header = parseHeader(cursor);
  const sections: Sections = {};
  const catalogue: Text[] = [];
  for (let token = cursor.peek(); token !== undefined; token = cursor.peek()) {
    if (token.word?.kind === 'heading') parseSection(cursor, token, token.word.name, sections);
    else catalogue.push(...parsePanel(cursor, token, sections));
  }
  return { ...header, ...sections, catalogue };
}

/** Whether the part that is being read ends here: at a heading, at the panel or at the end of the page. */
function atEnd(cursor: Cursor): boolean {
  const kind = cursor.kind();
  if (cursor.peek() === undefined || kind === 'heading' || kind === 'panel') return true;
  return kind === 'panelTitle' && cursor.kind(1) === 'panel';
}

function reportUntil(cursor: Cursor, stop: () => boolean, why: string): void {
  for (let token = cursor.peek(); token !== undefined && !stop(); token = cursor.peek()) {
    cursor.report(token, why);
    cursor.skip();
  }
}

// -------------------------------------------------------------- Header

type Header = Pick<FeedPage, 'name' | 'mode' | 'versions' | 'method' | 'path' | 'description'>;

function parseHeader(cursor: Cursor): Header {
  const title = parseTitle(cursor);
  const versions = parseVersions(cursor);
  reportUntil(
    cursor,
    () => atEnd(cursor) || atMethod(cursor) || atPath(cursor),
    'expected the HTTP method or the path of the API',
  );
  const address = parseMethodAndPath(cursor);
  const description: Text[] = [];
  for (let token = cursor.peek(); token !== undefined && !atEnd(cursor); token = cursor.peek()) {
    description.push(textOf(token));
    cursor.skip();
  }
  return { ...title, versions, ...address, description };
}

function atMethod(cursor: Cursor): boolean {
  const first = cursor.peek()?.text.split(' ', 1)[0] ?? '';
  return METHODS.includes(first) && splitMethod(cursor.peek()?.text ?? '') !== undefined;
}

function atPath(cursor: Cursor): boolean {
  return isPath(cursor.peek()?.text ?? '');
}

function isPath(text: string): boolean {
  return text.startsWith('/') && !/\s/.test(text);
}

/** `POST`, or `POST /path` where a copy put both on one line. */
function splitMethod(text: string): { method: string; path?: string } | undefined {
  const space = text.indexOf(' ');
  const method = space < 0 ? text : text.slice(0, space);
  const rest = space < 0 ? '' : text.slice(space).trim();
  if (!METHODS.includes(method) || (rest !== '' && !isPath(rest))) return undefined;
  return rest === '' ? { method } : { method, path: rest };
}

/** The line that carries a mode is the title; if none does, the first that is not furniture. */
function parseTitle(cursor: Cursor): Pick<FeedPage, 'name' | 'mode'> {
  const lines: Token[] = [];
  for (let token = cursor.peek(); token !== undefined; token = cursor.peek()) {
    const ended = token.pair?.label.kind === 'version' || atMethod(cursor) || atPath(cursor) || atEnd(cursor);
    if (ended) break;
    if (token.word?.kind !== 'furniture') lines.push(token);
    cursor.skip();
  }
  const modeLine = lines.find((token) => modeOf(token.text) !== undefined);
  const mode = modeLine === undefined ? undefined : modeOf(modeLine.text);
  // The mode on a line of its own belongs to the line above.
  const title =
    modeLine === undefined ? lines[0] : mode?.name === '' ? lines[lines.indexOf(modeLine) - 1] : modeLine;
  for (const token of lines) {
    if (token !== title && token !== modeLine)
      cursor.report(token, 'a line beside the title that is not known');
  }
  const name = mode !== undefined && title === modeLine ? mode.name : title?.text;
  return {
    ...(title === undefined || name === undefined ? {} : { name: { value: name, line: title.line } }),
    ...(mode === undefined || modeLine === undefined
      ? {}
      : { mode: { value: mode.mode, line: modeLine.line } }),
  };
}

function modeOf(text: string): { mode: Mode; name: string } | undefined {
  const modes: Mode[] = ['async', 'sync'];
  for (const mode of modes) {
    const word = MODES[mode].find((spelling) => text.endsWith(spelling));
    if (word !== undefined) return { mode, name: text.slice(0, -word.length).trimEnd() };
  }
  return undefined;
}

function parseVersions(cursor: Cursor): Versions {
  const listed: Text[] = [];
  for (let token = cursor.peek(); token?.pair?.label.kind === 'version'; token = cursor.peek()) {
    listed.push({ value: token.pair.value, line: token.line });
    cursor.skip();
  }
  const [first, ...rest] = listed;
  const repeated = first !== undefined && rest.some((other) => other.value === first.value);
  return repeated ? { chosen: first, listed: rest } : { listed };
}

function parseMethodAndPath(cursor: Cursor): Pick<FeedPage, 'method' | 'path'> {
  const found: Mutable<Pick<FeedPage, 'method' | 'path'>> = {};
  const line = cursor.peek();
  const split = line === undefined || atEnd(cursor) ? undefined : splitMethod(line.text);
  if (line !== undefined && split !== undefined) {
    found.method = { value: split.method, line: line.line };
    if (split.path !== undefined) found.path = { value: split.path, line: line.line };
    cursor.skip();
  }
  if (found.path !== undefined) return found;
  if (found.method !== undefined) {
    reportUntil(
      cursor,
      () => atEnd(cursor) || atPath(cursor),
      'expected the path of the API, starting with "/"',
    );
  }
  const path = cursor.peek();
  if (path !== undefined && atPath(cursor)) {
    found.path = textOf(path);
    cursor.skip();
  }
  return found;
}

// ------------------------------------------------------------ Sections

function parseSection(cursor: Cursor, heading: Token, name: SectionName, sections: Sections): void {
  cursor.skip();
  if (sections[name] !== undefined) {
    cursor.report(heading, 'a second section of this name; the first one counts');
    reportUntil(cursor, () => atEnd(cursor), 'inside a second section of the same name');
    return;
  }
  if (name === 'responseCode') sections.responseCode = parseCodes(cursor, heading);
  else if (name === 'testData') sections.testData = parseScenarios(cursor, heading);
  else sections[name satisfies ParameterSectionName] = parseParameters(cursor, heading);
}

/** Reads a "Show All" line, if one stands here. */
function parseShowAll(cursor: Cursor): Fact<true> | undefined {
  const token = cursor.peek();
  if (token?.word?.kind !== 'showAll') return undefined;
  cursor.skip();
  return { value: true, line: token.line };
}

/** Lines up to the first item of a section. A type or presence among them is a parameter that lost its name. */
function parseNotes(cursor: Cursor, atItem: () => boolean): Text[] {
  const notes: Text[] = [];
  for (let token = cursor.peek(); token !== undefined; token = cursor.peek()) {
    if (atEnd(cursor) || atItem() || token.word?.kind === 'showAll') break;
    const stray = strayWord(token);
    if (stray === undefined) notes.push(textOf(token));
    else cursor.report(token, stray);
    cursor.skip();
  }
  return notes;
}

function strayWord(token: Token): string | undefined {
  switch (token.word?.kind) {
    case 'type':
      return 'a type outside the head of a parameter; expected a name above it';
    case 'presence':
      return 'a presence outside the head of a parameter; expected a name and a type above it';
    default:
      return token.pair?.label.kind === 'limit'
        ? 'a limit outside the head of a parameter; expected a name, a type and a presence above it'
        : undefined;
  }
}

// ---------------------------------------------------------- Parameters

function parseParameters(cursor: Cursor, heading: Token): ParameterSection {
  const mark = cursor.peek();
  const encrypted = mark?.word?.kind === 'encrypted' && !atParameter(cursor) ? mark : undefined;
  if (encrypted !== undefined) cursor.skip();
  const notes = parseNotes(cursor, () => atParameter(cursor));
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
    ...(encrypted === undefined ? {} : { encrypted: { value: true, line: encrypted.line } }),
    notes,
    ...(incomplete === undefined ? {} : { incomplete }),
    parameters: parameters.map((parameter, index) => ({
      ...parameter,
      placement: placements[index] ?? { parent: null },
    })),
  };
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
  if (second === 'presence') return name.word?.kind === 'type' ? undefined : 'untyped';
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
    ...parseDescribed(cursor),
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
    for (const part of token.text.split(',')) parseLimit(cursor, token, part, limits);
    cursor.skip();
  }
  return limits;
}

function parseLimit(
  cursor: Cursor,
  token: Token,
  part: string,
  limits: Partial<Record<LimitName, Fact<bigint>>>,
): void {
  const pair = pairOf(part.trim());
  const integer = pair === undefined ? undefined : integerOf(pair.value);
  if (pair?.label.kind !== 'limit' || integer === undefined) {
    cursor.report(token, 'expected limits such as "Min : 1 , Max : 20", each a whole number');
  } else if (limits[pair.label.name] !== undefined) {
    cursor.report(token, 'a second limit of the same kind; the first one counts');
  } else {
    limits[pair.label.name] = { value: integer, line: token.line };
  }
}

function integerOf(text: string): bigint | undefined {
  return text.length <= LONGEST_INTEGER && /^-?[0-9]+$/.test(text) ? BigInt(text) : undefined;
}

type Documentation = Pick<Parameter, 'description' | 'values' | 'forms' | 'uncertain'>;

function parseDescribed(cursor: Cursor): Documentation {
  const description: Text[] = [];
  const values: EnumEntry[] = [];
  const forms: Text[] = [];
  const uncertain: Text[] = [];
  let above: Described['kind'] = 'prose';
  for (let token = cursor.peek(); token !== undefined; token = cursor.peek()) {
    if (atEnd(cursor) || token.word?.kind === 'showAll' || atParameter(cursor)) break;
    cursor.skip();
    const stray = strayWord(token);
    if (stray !== undefined) {
      cursor.report(token, stray);
      continue;
    }
    const described = classify(token.text, above === 'value');
    above = described.kind;
    if (described.kind === 'value') {
      values.push({ value: described.value, text: described.text, line: token.line });
    } else if (described.kind === 'form') forms.push({ value: described.form, line: token.line });
    else (described.kind === 'uncertain' ? uncertain : description).push(textOf(token));
  }
  return { description, values, forms, uncertain };
}

// --------------------------------------------------------------- Codes

function parseCodes(cursor: Cursor, heading: Token): CodeSection {
  const notes = parseNotes(cursor, () => atCodeRow(cursor));
  const rows: CodeRow[] = [];
  let incomplete: Fact<true> | undefined;
  while (!atEnd(cursor)) {
    const hidden = parseShowAll(cursor);
    incomplete ??= hidden;
    const token = cursor.peek();
    if (token === undefined || atEnd(cursor)) break;
    if (atCodeRow(cursor)) rows.push(parseCodeRow(cursor, token));
    else if (token.word?.kind !== 'showAll') {
      cursor.report(token, 'expected an HTTP status followed by the label of an error code');
      cursor.skip();
    }
  }
  return {
    heading: textOf(heading),
    notes,
    ...(incomplete === undefined ? {} : { incomplete }),
    rows,
  };
}

function isStatus(text: string): boolean {
  return /^[1-5][0-9]{2}$/.test(text);
}

/** The field whose label stands `ahead` places on, alone or with its value behind a colon. */
function fieldAt(cursor: Cursor, ahead = 0): FieldName | undefined {
  const token = cursor.peek(ahead);
  if (token?.word?.kind === 'field') return token.word.name;
  return token?.pair?.label.kind === 'field' ? token.pair.label.name : undefined;
}

function atCodeRow(cursor: Cursor): boolean {
  return isStatus(cursor.peek()?.text ?? '') && fieldAt(cursor, 1) !== undefined;
}

function atRowEnd(cursor: Cursor): boolean {
  return atEnd(cursor) || cursor.kind() === 'showAll' || atCodeRow(cursor);
}

function parseCodeRow(cursor: Cursor, status: Token): CodeRow {
  cursor.skip();
  const row: { code?: Text; message?: Text; description?: Text[] } = {};
  for (let label = cursor.peek(); label !== undefined && !atRowEnd(cursor); label = cursor.peek()) {
    const field = fieldAt(cursor);
    cursor.skip();
    if (field === undefined) cursor.report(label, 'expected a label: error code, message or description');
    else if (row[field] !== undefined)
      cursor.report(label, `a second ${field} in the same row; the first one counts`);
    else if (field === 'description') row.description = parseProse(cursor, label, row);
    else {
      const value = parseFieldValue(cursor, label);
      if (value !== undefined) row[field] = value;
    }
  }
  return {
    status: { value: Number(status.text), line: status.line },
    ...(row.code === undefined ? {} : { code: row.code }),
    ...(row.message === undefined ? {} : { message: row.message }),
    description: row.description ?? [],
  };
}

function parseFieldValue(cursor: Cursor, label: Token): Text | undefined {
  if (label.word?.kind !== 'field' && label.pair !== undefined) {
    return { value: label.pair.value, line: label.line };
  }
  const value = cursor.peek();
  if (value === undefined || atRowEnd(cursor) || value.word?.kind === 'field') {
    cursor.report(label, 'a label without a value below it');
    return undefined;
  }
  cursor.skip();
  return textOf(value);
}

/** A description may have several lines; it ends at the label of a field that the row still lacks. */
function parseProse(cursor: Cursor, label: Token, row: { code?: Text; message?: Text }): Text[] {
  const lines: Text[] = [];
  if (label.word?.kind !== 'field' && label.pair !== undefined) {
    lines.push({ value: label.pair.value, line: label.line });
  }
  for (let token = cursor.peek(); token !== undefined && !atRowEnd(cursor); token = cursor.peek()) {
    const field = fieldAt(cursor);
    if (field !== undefined && field !== 'description' && row[field] === undefined) break;
    if (token.word?.kind === 'field') break;
    lines.push(textOf(token));
    cursor.skip();
  }
  if (lines.length === 0) cursor.report(label, 'a label without a value below it');
  return lines;
}

// ----------------------------------------------------------- Scenarios

function parseScenarios(cursor: Cursor, heading: Token): ScenarioSection {
  const titles: ScenarioTitle[] = [];
  let incomplete: Fact<true> | undefined;
  for (let token = cursor.peek(); token !== undefined && !atEnd(cursor); token = cursor.peek()) {
    const hidden = parseShowAll(cursor);
    incomplete ??= hidden;
    if (hidden !== undefined) continue;
    const title = scenarioOf(token);
    if (title === undefined) cursor.report(token, 'expected a scenario such as "200 - Test succeeded"');
    else titles.push(title);
    cursor.skip();
  }
  const [first, ...rest] = titles;
  const repeated =
    first !== undefined && rest.some((other) => other.status === first.status && other.title === first.title);
  return {
    heading: textOf(heading),
    notes: [],
    ...(incomplete === undefined ? {} : { incomplete }),
    ...(repeated ? { selected: first, titles: rest } : { titles }),
  };
}

function scenarioOf(token: Token): ScenarioTitle | undefined {
  const status = token.text.slice(0, 3);
  const rest = token.text.slice(3).trimStart();
  const dash = DASHES.find((mark) => rest.startsWith(mark));
  const title = dash === undefined ? '' : rest.slice(dash.length).trim();
  if (!isStatus(status) || title === '') return undefined;
  return { status: Number(status), title, line: token.line };
}

// --------------------------------------------------------------- Panel

/** The "Try It" panel; returns the catalogue, the text below it that nothing but the end of the page follows. */
function parsePanel(cursor: Cursor, start: Token, sections: Sections): Text[] {
  if (start.word?.kind === 'panel' || start.word?.kind === 'panelTitle') sections.panel ??= textOf(start);
  let below: Token[] = [];
  const drop = () => {
    for (const token of below)
      cursor.report(token, 'inside or behind the "Try It" panel, before the page goes on');
    below = [];
  };
  for (let token = cursor.peek(); token !== undefined; token = cursor.peek()) {
    const kind = token.word?.kind;
    if (kind === 'heading') break;
    cursor.skip();
    if (kind === 'panel') drop();
    else if (kind !== 'panelTitle' || below.length > 0) below.push(token);
  }
  if (cursor.peek() !== undefined) drop();
  return below.map(textOf);
}
