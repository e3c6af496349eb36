import type { Api, Contract } from '../../contract/model.ts';
import { isQuoteOf } from '../../contract/quote.ts';
import { type Capture, readCaptures } from '../../pages/capture.ts';
import { PARAMETER_SECTIONS } from '../../pages/page.ts';
import type { PageText } from './annotated.ts';

/** The pages that a user has, as far as they are those that the documents cite. */
export interface GivenPages {
  /** By the number of the page. */
  readonly texts: ReadonlyMap<string, PageText>;
  /** What of them could not be used, a line each. */
  readonly notes: readonly string[];
}

/**
 * Reads the captured pages of a folder. A page counts when every line that the documents cite is on it with the cited
 * words: in another version of it a promise would stand beside a line that says something else.
 *
 * @throws {CaptureError|SamePageTwice} when there is no page to be had
 */
export async function readGivenPages(folder: string, contract: Contract): Promise<GivenPages> {
  const { captures, unreadable } = await readCaptures([folder]);
  const notes = unreadable.map(({ message }) => message);
  const texts = new Map<string, PageText>();
  for (const api of contract.apis) {
    const capture = captures.find(({ page }) => page.path?.value === api.path);
    if (!capture) continue;
    const other = otherLine(api, capture);
    if (other === undefined) texts.set(api.page.number, pageText(capture));
    else {
      notes.push(
        `${capture.file}: line ${other} is not what the documents cite, so that it is another version of the page; the report shows the cited lines (npm run pages:check tells what differs)`,
      );
    }
  }
  if (texts.size === 0 && notes.length === 0) notes.push(`${folder}: no page of these documents is in it`);
  return { texts, notes };
}

function otherLine({ page }: Api, { lines }: Capture): number | undefined {
  return [...page.lines].find(([line, words]) => !isQuoteOf(words, lines[line - 1] ?? ''))?.[0];
}

function pageText({ lines, page }: Capture): PageText {
  const sections = [...PARAMETER_SECTIONS, 'responseCode', 'testData'] as const;
  return {
    lines,
    headings: new Set(sections.flatMap((name) => page[name]?.heading.line ?? [])),
    first: page.name?.line ?? 1,
    last: (page.panel?.line ?? lines.length + 1) - 1,
  };
}
