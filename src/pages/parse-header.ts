/** The top of a page: see `Header` in the grammar of parse.ts. */
import { atEnd, type Cursor, reportUntil, textOf } from './cursor.ts';
import { METHODS, MODES } from './labels.ts';
import type { Mode, PageContent, Text, Versions } from './page.ts';
import type { Token } from './scan.ts';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

type Header = Pick<PageContent, 'name' | 'mode' | 'versions' | 'method' | 'path' | 'description'>;

/** Reads from the start of the page to its first section or the panel. */
export function parseHeader(cursor: Cursor): Header {
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

/** The line that carries a mode is the title; if none does, the first that is not site-header. */
function parseTitle(cursor: Cursor): Pick<PageContent, 'name' | 'mode'> {
  const lines: Token[] = [];
  for (let token = cursor.peek(); token !== undefined; token = cursor.peek()) {
    const ended = token.pair?.label.kind === 'version' || atMethod(cursor) || atPath(cursor) || atEnd(cursor);
    if (ended) break;
    if (token.word?.kind !== 'siteHeader') lines.push(token);
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

function parseMethodAndPath(cursor: Cursor): Pick<PageContent, 'method' | 'path'> {
  const found: Mutable<Pick<PageContent, 'method' | 'path'>> = {};
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
