import type { Facts, SourceLine } from './model.ts';
import type { SourceMap } from './schema.ts';

/** The lines of one page out of an `x-source`, or undefined when that page does not have the thing. */
export function factsOn(feed: string, source: SourceMap | undefined): Facts | undefined {
  const written = source?.[feed];
  if (!written) return undefined;
  const lines = new Map(
    Object.entries(written).map(([fact, line]): [string, readonly number[]] => [
      fact,
      typeof line === 'number' ? [line] : line,
    ]),
  );
  return { feed, lines };
}

/** The lines of the first of these facts that the page has; nothing without facts. */
export function linesOf(facts: Facts | undefined, ...preferred: readonly string[]): readonly SourceLine[] {
  if (!facts) return [];
  for (const fact of preferred) {
    const lines = facts.lines.get(fact);
    if (lines) return lines.map((line) => ({ feed: facts.feed, line }));
  }
  return [];
}
