import type { Api } from '../../contract/model.ts';
import type { Capture, MissingPart } from '../capture.ts';
import type { Difference, Interpretation } from './difference.ts';
import { type Documents, placeOf } from './documents.ts';
import { explanationsOf } from './explain.ts';
import type { Group } from './item.ts';

/** What every part of a comparison needs. */
export interface Context {
  readonly capture: Capture;
  readonly api: Api;
  readonly documents: Documents;
}

/** Collects what comes to light; knows how places are written. */
export class Findings {
  readonly context: Context;
  readonly differences: Difference[] = [];
  readonly interpretations: Interpretation[] = [];
  readonly compared = new Set<string>();
  facts = 0;

  constructor(context: Context) {
    this.context = context;
  }

  /** The place of a citation of this page, or of the API when there is none. */
  documentPlace(fact: string, lines: readonly number[]): string {
    const { api, documents } = this.context;
    const found = lines
      .map((line) => placeOf(documents, api.page.number, fact, line))
      .find((place) => place !== undefined);
    return found ?? documents.operationPlaces.get(api.id) ?? 'the documents';
  }

  pagePlace(lines: readonly number[]): string {
    const { file } = this.context.capture;
    return lines.length === 0 ? file : `${file}:${lines.join(',')}`;
  }

  /** @param quotes what an ambiguity's text must quote to explain it; undefined: nothing can */
  add(
    difference: Omit<Difference, 'api' | 'pageNumber' | 'explainedBy'>,
    pageLines: readonly number[],
    quotes: readonly string[] | undefined,
  ): void {
    const { api, documents } = this.context;
    const explainedBy =
      quotes === undefined
        ? []
        : explanationsOf(
            { api: api.id, pageNumber: api.page.number, lines: pageLines, quotes },
            documents.contract.ambiguities,
          );
    this.differences.push({ ...difference, api: api.id, pageNumber: api.page.number, explainedBy });
  }

  /** Whether the page is cut so that what it lacks of a part says nothing. */
  lacks(part: MissingPart['part'] | Group): boolean {
    return this.context.capture.missing.some((missing) => missing.part === part);
  }

  markCompared(fact: string, lines: readonly number[]): void {
    for (const line of lines) this.compared.add(`${fact}@${line}`);
  }
}
