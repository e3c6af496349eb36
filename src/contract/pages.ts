import type { Api, Page } from './model.ts';
import type { Report } from './resolve.ts';
import type { Written } from './written/documents.ts';

/** The documentation pages by number. */
export function readPages({ pages }: Written['pages']): ReadonlyMap<string, Page> {
  return new Map(
    Object.entries(pages).map(([number, { lines, ...page }]) => [
      number,
      {
        number,
        ...page,
        lines: new Map(Object.entries(lines).map(([line, words]) => [Number(line), words])),
      },
    ]),
  );
}

/** Checks that each page is that of an API, and that a path which stands for its address is the path of that API. */
export function checkPageEntries(
  pages: ReadonlyMap<string, Page>,
  apis: readonly Api[],
  report: Report,
): void {
  for (const { number, address } of pages.values()) {
    const api = apis.find(({ page }) => page.number === number);
    if (api === undefined) {
      report(
        ['pages', number],
        `no x-page in the OpenAPI document has the number ${number}; take the page out`,
      );
    } else if (address.startsWith('/') && address !== api.path) {
      report(
        ['pages', number, 'address'],
        `${address} is not the path of ${api.id}; expected ${api.path}, or the URL of the page`,
      );
    }
  }
}
