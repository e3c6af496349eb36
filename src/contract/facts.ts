import type { Facts, Page, Source } from './model.ts';
import { shortened } from './quote.ts';
import type { SourceMap } from './written/openapi.ts';

/** The lines of one page out of an `x-source`, or undefined when that page does not have the thing. */
export function factsOn(page: Page, source: SourceMap | undefined): Facts | undefined {
  const written = source?.[page.number];
  if (!written) return undefined;
  const lines = new Map(
    Object.entries(written).map(([fact, line]): [string, readonly number[]] => [
      fact,
      typeof line === 'number' ? [line] : line,
    ]),
  );
  return { page, lines };
}

/**
 * The lines of the first of these facts that the page has, as sources; none without facts. The quotation of a bare
 * "Optional" begins with what is optional: the name of the thing, or the code of its row.
 */
export function sourcesOf(facts: Facts | undefined, ...preferred: readonly string[]): readonly Source[] {
  if (!facts) return [];
  const [subject] = facts.lines.get('name') ?? facts.lines.get('code') ?? [];
  for (const fact of preferred) {
    const lines = facts.lines.get(fact);
    if (lines) return lines.map((line) => sourceAt(facts.page, line, subject));
  }
  return [];
}

/**
 * A line of a page as a source. Its quotation is empty when the page's entry has no words of the line.
 *
 * @param subject the line that names what the line is about
 */
export function sourceAt({ number, name, address, lines }: Page, line: number, subject = line): Source {
  const words = lines.get(line) ?? '';
  const about = lines.get(subject);
  const quote =
    words === '' || about === undefined || subject === line ? words : shortened(`${about} … ${words}`);
  return { page: number, name, address, line, quote };
}
