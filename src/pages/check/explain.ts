import type { Ambiguity } from '../../contract/model.ts';
import { normal } from './item.ts';

/** What a page states at a place, for which an explanation is sought. */
export interface PageStatement {
  readonly api: string;
  readonly pageNumber: string;
  readonly lines: readonly number[];
  /** The words or numbers that the ambiguity's text must quote; none when the place alone tells. */
  readonly quotes: readonly string[];
}

/**
 * The ambiguities that explain a difference: they concern the API, cite the very page and line, and their text quotes
 * what the page states there. Without the quotation an ambiguity would excuse whatever comes to stand on its line.
 * What a page no longer states is never explained.
 */
export function explanationsOf(
  statement: PageStatement,
  ambiguities: readonly Ambiguity[],
): readonly string[] {
  return ambiguities
    .filter(
      ({ apis, sources, text }) =>
        (apis === undefined || apis.includes(statement.api)) &&
        sources.some(({ page, line }) => page === statement.pageNumber && statement.lines.includes(line)) &&
        statement.quotes.every((quote) => contains(normal(text), normal(quote))),
    )
    .map(({ id }) => id);
}

/**
 * Whether a text has a quotation, whole: bare or in quotation marks, and not the beginning of a longer one. A full stop
 * before a closing mark belongs to what is quoted.
 */
function contains(text: string, quote: string): boolean {
  for (let at = text.indexOf(quote); at >= 0 && quote !== ''; at = text.indexOf(quote, at + 1)) {
    const opens = /(^|[\s"'(])$/.test(text.slice(Math.max(0, at - 1), at));
    const closes = /^($|[\s"'),;:]|\.(\s|$))/.test(text.slice(at + quote.length, at + quote.length + 2));
    if (opens && closes) return true;
  }
  return false;
}
