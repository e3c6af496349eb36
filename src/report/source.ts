import type { Contract, SourceLine } from '../contract/model.ts';

/** `feed 004, lines 128 and 130`: where the documents promise something. */
export function sourceText(source: readonly SourceLine[]): string {
  const lines = new Map<string, number[]>();
  for (const { feed, line } of source) lines.set(feed, [...(lines.get(feed) ?? []), line]);
  if (lines.size === 0) return "no documentation page; the platform's guide or its clients";
  return [...lines]
    .map(([feed, all]) => `feed ${feed}, line${all.length > 1 ? 's' : ''} ${rangesOf(all)}`)
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
): { readonly sentence: string; readonly source: readonly SourceLine[] } {
  return contract.clauses.get(clause) ?? { sentence: `(the documents have no clause ${clause})`, source: [] };
}
