import stringWidth from 'fast-string-width';
import { wrapAnsi } from 'fast-wrap-ansi';

/** How many columns a text takes in a terminal: Korean takes two a letter, combining marks none. */
export function columnsOf(text: string): number {
  return stringWidth(text);
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
  let room = columns - 1;
  for (const letter of text) {
    room -= columnsOf(letter);
    if (room < 0) break;
    cut += letter;
  }
  return `${cut.trimEnd()}…`;
}

/** Lines of at most so many columns, broken at spaces, and within a word that is longer than a line. */
export function wrap(text: string, columns: number): readonly string[] {
  return wrapAnsi(text, columns, { hard: true }).split('\n');
}
