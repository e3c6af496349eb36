/** The list of response codes: see `Codes` in the grammar of parse.ts. */
import { atEnd, type Cursor, parseNotes, parseShowAll, textOf } from './cursor.ts';
import type { FieldName } from './labels.ts';
import type { CodeRow, CodeSection, Fact, Text } from './page.ts';
import type { Token } from './scan.ts';

/** Reads the response codes, the heading being consumed already, to the next heading or the panel. */
export function parseCodes(cursor: Cursor, heading: Token): CodeSection {
  const notes = parseNotes(cursor, () => atCodeRow(cursor)).map(textOf);
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

/** Whether a line is an HTTP status. */
export function isStatus(text: string): boolean {
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
