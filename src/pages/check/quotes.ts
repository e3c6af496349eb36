import type { Api } from '../../contract/model.ts';
import { isQuoteOf, quoteOf } from '../../contract/quote.ts';
import type { Capture } from '../capture.ts';
import type { Difference } from './difference.ts';
import type { Documents } from './documents.ts';

/**
 * The quotations of a page that are not the words of their line.
 *
 * @param told what came to light of the page: a line of which it says something is not told again
 */
export function wrongQuotes(
  { file, lines }: Capture,
  { id, page }: Api,
  documents: Documents,
  told: readonly Difference[],
): readonly Difference[] {
  const toldPlaces = placesOf(told);
  const toldLines = new Set(
    documents.citations
      .filter((one) => one.page === page.number && toldPlaces.has(one.place))
      .map(({ line }) => line),
  );
  return [...page.lines].flatMap(([line, quote]): Difference[] => {
    const text = lines[line - 1] ?? '';
    if (toldLines.has(line) || isQuoteOf(quote, text)) return [];
    return [
      {
        ...quotation('changed', page.number, documents.quotePlace(page.number, line), `quotes "${quote}"`),
        api: id,
        page: { place: `${file}:${line}`, text: text.trim() === '' ? 'an empty line' : quoteOf(text) },
        hint: 'the quotation is not the line: cite the line that has the words, or quote the line anew',
      },
    ];
  });
}

/**
 * Cited lines that `specs/pages.yaml` does not quote, and quotations that nothing cites.
 *
 * @param told what came to light so far: a citation of which it says something is not told again
 */
export function unpairedQuotes(
  { contract, citations, quotePlace }: Documents,
  told: readonly Difference[],
): readonly Difference[] {
  const toldPlaces = placesOf(told);
  const unquoted = citations.filter(({ page, line, place, words }) => {
    const lines = contract.pages.get(page)?.lines;
    return words === undefined && lines?.has(line) === false && !toldPlaces.has(place);
  });
  const cited = new Set(citations.map(({ page, line }) => `${page}:${line}`));
  const uncited = [...contract.pages.values()].flatMap(({ number, lines }) =>
    [...lines].filter(([line]) => !cited.has(`${number}:${line}`)).map(([line]) => ({ number, line })),
  );
  return [
    ...unquoted.map(({ page, line, fact, place }) => ({
      ...quotation('removed', page, place, `cites line ${line} for ${fact}`),
      hint: `no words of this line in specs/pages.yaml; add "${line}: <the words of the line>" to page ${page}`,
    })),
    ...uncited.map(({ number, line }) => ({
      ...quotation('removed', number, quotePlace(number, line), `quotes line ${line}`),
      hint: 'nothing cites this line; take the quotation out',
    })),
  ];
}

function placesOf(differences: readonly Difference[]): ReadonlySet<string> {
  return new Set(differences.flatMap(({ document }) => document?.place ?? []));
}

function quotation(kind: Difference['kind'], pageNumber: string, place: string, text: string): Difference {
  return {
    kind,
    pageNumber,
    subject: 'quotation',
    fact: 'citation',
    document: { place, text },
    clauses: [],
    explainedBy: [],
  };
}
