import { stringify } from 'csv-stringify/sync';
import { printable } from '../../printable.ts';

export type CsvRow = readonly (string | number | boolean | null)[];

/** A table as RFC 4180 has it, in which no cell of others' text is a formula or breaks a line. */
export function csv(head: readonly string[], rows: readonly CsvRow[]): string {
  return stringify(
    [head, ...rows.map((row) => row.map((value) => (typeof value === 'string' ? cellText(value) : value)))],
    { record_delimiter: 'windows', cast: { boolean: (value) => (value ? 'yes' : 'no') } },
  );
}

/**
 * What a cell shows of a text. A program for tables takes a text for a formula that begins with one of its signs, some
 * of them behind spaces and quotes, or behind a semicolon where that parts the cells; an apostrophe makes it a text.
 */
export function cellText(text: string): string {
  return printable(text).replaceAll(formula, "$&'");
}

const formula = /(?:^|;)(?=[\s"']*[=+\-@＝＋－＠])/g;
