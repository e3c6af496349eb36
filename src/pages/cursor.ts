import type { Fact, Text, UnreadLine } from './page.ts';
import type { Token, Word } from './scan.ts';

/** Characters of an unread line that a report shows. */
const EXCERPT = 80;

/** A place among the tokens of a page, and the lines that could not be read so far. */
export class Cursor {
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

/** The whole line as a fact. */
export function textOf(token: Token): Text {
  return { value: token.text, line: token.line };
}

/** Whether the part that is being read ends here: at a heading, at the panel or at the end of the page. */
export function atEnd(cursor: Cursor): boolean {
  const kind = cursor.kind();
  if (cursor.peek() === undefined || kind === 'heading' || kind === 'panel') return true;
  // Its two titles stand together where the page shows neither request nor answer.
  let titles = 0;
  while (titles < 2 && cursor.kind(titles) === 'panelTitle') titles += 1;
  return titles > 0 && cursor.kind(titles) === 'panel';
}

/** Reports every line up to `stop` or the end of the page, for the same reason. */
export function reportUntil(cursor: Cursor, stop: () => boolean, why: string): void {
  for (let token = cursor.peek(); token !== undefined && !stop(); token = cursor.peek()) {
    cursor.report(token, why);
    cursor.skip();
  }
}

/** Reads a "Show All" line, if one stands here. */
export function parseShowAll(cursor: Cursor): Fact<true> | undefined {
  const token = cursor.peek();
  if (token?.word?.kind !== 'showAll') return undefined;
  cursor.skip();
  return { value: true, line: token.line };
}

/** Lines up to the first item of a section. A type or presence among them is a parameter that lost its name. */
export function parseNotes(cursor: Cursor, atItem: () => boolean): Token[] {
  const notes: Token[] = [];
  for (let token = cursor.peek(); token !== undefined; token = cursor.peek()) {
    if (atEnd(cursor) || atItem() || token.word?.kind === 'showAll') break;
    const misplaced = misplacedWord(token);
    if (misplaced === undefined) notes.push(token);
    else cursor.report(token, misplaced);
    cursor.skip();
  }
  return notes;
}

/** Why a line can't be prose: it belongs to the head of a parameter. Undefined when it may be prose. */
export function misplacedWord(token: Token): string | undefined {
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
