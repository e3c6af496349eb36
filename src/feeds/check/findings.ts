import type { Api } from '../../contract/model.ts';
import type { ParsedFeed } from '../parse.ts';
import { answersTo } from './answer.ts';
import type { Difference, Reading } from './difference.ts';
import { type Documents, placeOf } from './documents.ts';

/** What every part of a comparison needs. */
export interface Context {
  /** As messages name the page. */
  readonly file: string;
  readonly parsed: ParsedFeed;
  readonly api: Api;
  readonly documents: Documents;
}

/** Collects what comes to light; knows how places are written. */
export class Findings {
  readonly context: Context;
  readonly differences: Difference[] = [];
  readonly readings: Reading[] = [];
  readonly settled = new Set<string>();
  facts = 0;

  constructor(context: Context) {
    this.context = context;
  }

  /** The place of a citation of this page, or of the API when there is none. */
  documentPlace(fact: string, lines: readonly number[]): string {
    const { api, documents } = this.context;
    const found = lines
      .map((line) => placeOf(documents, api.feed, fact, line))
      .find((place) => place !== undefined);
    return found ?? documents.operationPlaces.get(api.id) ?? 'the documents';
  }

  pagePlace(lines: readonly number[]): string {
    return lines.length === 0 ? this.context.file : `${this.context.file}:${lines.join(',')}`;
  }

  /** @param quotes what an ambiguity's text must quote to answer it; undefined: nothing can */
  add(
    difference: Omit<Difference, 'api' | 'feed' | 'answeredBy'>,
    pageLines: readonly number[],
    quotes: readonly string[] | undefined,
  ): void {
    const { api, documents } = this.context;
    const answeredBy =
      quotes === undefined
        ? []
        : answersTo(
            { api: api.id, feed: api.feed, lines: pageLines, quotes },
            documents.contract.ambiguities,
          );
    this.differences.push({ ...difference, api: api.id, feed: api.feed, answeredBy });
  }

  settle(fact: string, lines: readonly number[]): void {
    for (const line of lines) this.settled.add(`${fact}@${line}`);
  }
}
