/**
 * The parser of documentation pages, one function for each production:
 *
 *   Page         = Header { Section | Panel } .
 *   Header       = Title { Version } [ Method ] [ Path ] { prose } .
 *   Title        = { site-header } name-and-mode { site-header } .      the mode runs into the name: "…StatusSync"
 *   Version      = "Version" ":" text .                             the chosen one first, then all of them
 *   Method       = "GET" | "POST" | … .                             may share its line with the path
 *   Path         = "/" … .
 *
 *   Section      = Parameters | Codes | Scenarios .
 *   Parameters   = heading { "Encrypted|" | note } { Parameter | ShowAll } .
 *   Parameter    = name [ type ] [ presence ] { Limit } { Described } .
 *   Limit        = limit-label ":" integer { "," limit-label ":" integer } .
 *   Described    = [ bullet ] ( Form | value " : " text | prose ) .  see describe.ts; lists of values: value-lists.ts
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

import { atEnd, Cursor, reportUntil, textOf } from './cursor.ts';
import { PANEL_BUTTON } from './labels.ts';
import type { PageContent, ParameterSectionName, SectionName, Text, UnreadLine } from './page.ts';
import { parseCodes } from './parse-codes.ts';
import { parseHeader } from './parse-header.ts';
import { parseParameters } from './parse-parameters.ts';
import { parseScenarios } from './parse-scenarios.ts';
import { scan, type Token } from './scan.ts';

/** A page and the lines of it that could not be read. */
export interface ParsedPage {
  readonly page: PageContent;
  /** In the order of the page; empty when all was read. */
  readonly unread: readonly UnreadLine[];
}

/**
 * Parses the text of one documentation page. Never throws; takes time linear in the text. What it can't read is in
 * `unread`, by line. It does not judge whether the page is whole: parseCapture does.
 */
export function parsePage(text: string): ParsedPage {
  const cursor = new Cursor(scan(text));
  const page = parseContent(cursor);
  return { page, unread: cursor.unread.toSorted((a, b) => a.line - b.line) };
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
type Sections = Mutable<Pick<PageContent, SectionName | 'panel' | 'panelHint'>>;

function parseContent(cursor: Cursor): PageContent {
  const header = parseHeader(cursor);
  const sections: Sections = {};
  const catalogue: Text[] = [];
  for (let token = cursor.peek(); token !== undefined; token = cursor.peek()) {
    if (token.word?.kind === 'heading') parseSection(cursor, token, token.word.name, sections);
    else for (const line of parsePanel(cursor, token, sections)) catalogue.push(line);
  }
  return { ...header, ...sections, catalogue };
}

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

/** The "Try It" panel; returns the catalogue, the text below it that nothing but the end of the page follows. */
function parsePanel(cursor: Cursor, start: Token, sections: Sections): Text[] {
  if (start.word?.kind === 'panel' || start.word?.kind === 'panelTitle') sections.panel ??= textOf(start);
  let below: Token[] = [];
  const drop = () => {
    for (const token of below)
      cursor.report(token, 'inside or behind the "Try It" panel, before the page goes on');
    below = [];
  };
  let belowButton = false;
  for (let token = cursor.peek(); token !== undefined; token = cursor.peek()) {
    const kind = token.word?.kind;
    if (kind === 'heading') break;
    cursor.skip();
    if (kind === 'panel') drop();
    // What the button is for may go on in a second line, a sentence in any language.
    else if (belowButton && sections.panelHint === undefined && /[.!]$/.test(token.text)) {
      sections.panelHint = textOf(token);
    } else if (kind !== 'panelTitle' || below.length > 0) below.push(token);
    belowButton = kind === 'panel' && token.text.includes(PANEL_BUTTON);
  }
  if (cursor.peek() !== undefined) drop();
  return below.map(textOf);
}
