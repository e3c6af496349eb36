import type { Contract, Source } from '../../contract/model.ts';

/**
 * Where the documentation promises something, as a citation: name of the page, line, quoted words:
 * `Search for Parcels, line 68: "X-Parcel-Key … Optional"`. Of several lines the first is quoted.
 */
export function sourceText(source: readonly Source[]): string {
  const pages = new Map<string, Source[]>();
  for (const one of source) pages.set(one.name, [...(pages.get(one.name) ?? []), one]);
  if (pages.size === 0) return "no documentation page; the platform's guide or its clients";
  return [...pages]
    .map(([name, all]) => {
      const quote = all[0]?.quote ?? '';
      const more = all.length > 1 && !quote.endsWith('…') ? ' …' : '';
      const lines = rangesOf(all.map(({ line }) => line));
      return `${name}, line${all.length > 1 ? 's' : ''} ${lines}: "${quote}${more}"`;
    })
    .join('; ');
}

function rangesOf(lines: readonly number[]): string {
  const ranges: { first: number; last: number }[] = [];
  for (const line of [...lines].sort((a, b) => a - b)) {
    const range = ranges.at(-1);
    if (range && line <= range.last + 1) range.last = line;
    else ranges.push({ first: line, last: line });
  }
  return ranges.map(({ first, last }) => (first === last ? `${first}` : `${first}–${last}`)).join(', ');
}

/** The sentence and source of a clause; of one that the contract does not know, its id. */
export function clauseText(
  contract: Contract,
  clause: string,
): { readonly sentence: string; readonly source: readonly Source[] } {
  return contract.clauses.get(clause) ?? { sentence: `(the documents have no clause ${clause})`, source: [] };
}
