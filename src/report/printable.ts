/**
 * Text of a target made safe to print: control characters, which can move a cursor or end a line, and marks that
 * reverse the direction of text are written out (`\x1b`, `\u202e`). Line breaks are kept when asked for.
 */
export function printable(text: string, { lineBreaks = false } = {}): string {
  return text.replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u2028\u2029]/gu, (mark) => {
    if (lineBreaks && mark === '\n') return mark;
    const code = mark.charCodeAt(0).toString(16);
    return code.length > 2 ? `\\u${code.padStart(4, '0')}` : `\\x${code.padStart(2, '0')}`;
  });
}

const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** How many columns a text takes in a terminal: Korean takes two a letter, combining marks none. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const letter of text) columns += /[\p{M}\u200b-\u200d]/u.test(letter) ? 0 : wide.test(letter) ? 2 : 1;
  return columns;
}

export function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)));
}

export function padStart(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - columnsOf(text))) + text;
}

/** Cut to so many columns, with a mark where it was cut. */
export function clip(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let cut = '';
  for (const letter of text) {
    if (columnsOf(cut) + columnsOf(letter) > columns - 1) break;
    cut += letter;
  }
  return `${cut.trimEnd()}…`;
}

/** Lines of at most so many columns, broken at spaces, and within a word that is longer than a line. */
export function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((one) => pieces(one, columns))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (columnsOf(longer) <= columns) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

function pieces(word: string, columns: number): readonly string[] {
  if (columnsOf(word) <= columns) return [word];
  const all: string[] = [];
  let piece = '';
  for (const letter of word) {
    if (columnsOf(piece) + columnsOf(letter) > columns) {
      all.push(piece);
      piece = '';
    }
    piece += letter;
  }
  return [...all, piece];
}
