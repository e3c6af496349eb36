import type { Ambiguity } from '../../contract/model.ts';
import { normal } from './item.ts';

/** What a page states at a place, for which an answer is sought. */
export interface Question {
  readonly api: string;
  readonly feed: string;
  readonly lines: readonly number[];
  /** The words or numbers that the ambiguity's text must quote; none when the place alone tells. */
  readonly quotes: readonly string[];
}

/**
 * The ambiguities that answer a difference: they concern the API, cite the very feed and line, and their text quotes
 * what the page states there. Without the quotation an ambiguity would excuse whatever comes to stand on its line.
 * What a page no longer states is never answered.
 */
export function answersTo(question: Question, ambiguities: readonly Ambiguity[]): readonly string[] {
  return ambiguities
    .filter(
      ({ apis, sources, text }) =>
        (apis === undefined || apis.includes(question.api)) &&
        sources.some(({ feed, line }) => feed === question.feed && question.lines.includes(line)) &&
        question.quotes.every((quote) => contains(normal(text), normal(quote))),
    )
    .map(({ id }) => id);
}

/** Whether a text has a quotation as whole words. */
function contains(text: string, quote: string): boolean {
  const wordy = /[\p{L}\p{N}_]/u;
  for (let at = text.indexOf(quote); at >= 0 && quote !== ''; at = text.indexOf(quote, at + 1)) {
    const before = text.charAt(at - 1);
    const after = text.charAt(at + quote.length);
    const opens = at === 0 || !(wordy.test(before) && wordy.test(quote.charAt(0)));
    const closes = after === '' || !(wordy.test(after) && wordy.test(quote.charAt(quote.length - 1)));
    if (opens && closes) return true;
  }
  return false;
}
