import path from 'node:path';
import type { Api } from '../../contract/model.ts';
import type { ParsedFeed } from '../parse.ts';
import { type Comparison, comparePage } from './compare.ts';
import type { Difference, Reading } from './difference.ts';
import type { Documents } from './documents.ts';
import { normal } from './item.ts';

/** Why a citation of an empty line is a difference. */
export const EMPTY_LINE = 'the line is empty';

/** A page as it was given. */
export interface GivenPage {
  /** As messages name it. */
  readonly file: string;
  readonly parsed: ParsedFeed;
  /** Lines of the text, the last one without a line end included. */
  readonly lines: readonly string[];
}

export interface CheckedPage {
  readonly file: string;
  /** Undefined when no API has the page's path. */
  readonly api: string | undefined;
  readonly feed: string | undefined;
  readonly facts: number;
}

/** The pages against the documents. Clean when every difference is answered. */
export interface Check {
  readonly clean: boolean;
  /** Facts of the pages that were compared, each once for every line it stands on. */
  readonly facts: number;
  readonly pages: readonly CheckedPage[];
  readonly differences: readonly Difference[];
  readonly readings: readonly Reading[];
  /** APIs whose pages were not among those given. */
  readonly notCompared: readonly string[];
  /** What is worth knowing and no difference. */
  readonly notes: readonly string[];
}

/** Two pages of one API: which of them counts can't be told. */
export class SamePageTwice extends Error {
  constructor(files: readonly string[], api: string) {
    super(`${files.join(' and ')} are pages of the same API, ${api}; give the one that counts`);
  }
}

/**
 * Holds pages against the documents, both ways: each fact of a page must be in the documents with the same value, and
 * each line that the documents cite must state it.
 *
 * @param whole the pages are all there are, so that a documented API without a page is a difference
 * @throws {SamePageTwice}
 */
export function checkPages(pages: readonly GivenPage[], documents: Documents, whole: boolean): Check {
  const { apis } = documents.contract;
  const differences: Difference[] = strayFeeds(documents);
  const readings: Reading[] = [];
  const notes: string[] = [];
  const checked: CheckedPage[] = [];
  const seen = new Map<string, string>();
  for (const given of pages) {
    const { file, parsed } = given;
    const api = apis.find((one) => one.path === parsed.page.path?.value);
    if (api === undefined) {
      checked.push({ file, api: undefined, feed: undefined, facts: 0 });
      differences.push(undocumented(given, apis));
      continue;
    }
    const before = seen.get(api.id);
    if (before !== undefined) throw new SamePageTwice([before, file], api.id);
    seen.set(api.id, file);
    const named = feedOfFile(file);
    if (named !== undefined && named !== api.feed) {
      notes.push(
        `${file}: by its path this is the page of ${api.id}, which the documents cite as ${api.feed}; the name of the file says ${named}`,
      );
    }
    const comparison = comparePage({ file, api, parsed, documents });
    checked.push({ file, api: api.id, feed: api.feed, facts: comparison.facts });
    differences.push(...comparison.differences, ...strayCitations(given, api, documents, comparison));
    readings.push(...comparison.readings);
  }
  const missing = apis.filter(({ id }) => !seen.has(id));
  if (whole) {
    for (const api of missing) {
      differences.push({
        kind: 'removed',
        api: api.id,
        feed: api.feed,
        subject: 'page',
        fact: 'page',
        document: {
          place: documents.operationPlaces.get(api.id) ?? 'the documents',
          text: `${api.method} ${api.path}`,
        },
        clauses: [],
        answeredBy: [],
        hint: 'no page with this path was given',
      });
    }
  }
  return {
    clean: differences.every(({ answeredBy }) => answeredBy.length > 0),
    facts: checked.reduce((sum, page) => sum + page.facts, 0),
    pages: checked,
    differences,
    readings,
    notCompared: missing.map(({ id }) => id),
    notes,
  };
}

/** `004` of `004_da4a….txt`. */
export function feedOfFile(file: string): string | undefined {
  return /^(\d{3})_/.exec(path.basename(file))?.[1];
}

function undocumented({ file, parsed }: GivenPage, apis: readonly Api[]): Difference {
  const { page } = parsed;
  const name = normal(page.name?.value ?? '');
  const namesake = apis.find((api) => normal(api.name) === name);
  return {
    kind: 'added',
    subject: 'page',
    fact: 'page',
    page: {
      place: `${file}:${page.path?.line ?? 1}`,
      text: `${page.method?.value ?? ''} ${page.path?.value ?? ''}, "${name}"`,
    },
    clauses: [],
    answeredBy: [],
    hint:
      namesake === undefined
        ? `no documented API has this path; draft it with: npm run feeds:import -- ${file}`
        : `no documented API has this path; ${namesake.id} has the same name and the path ${namesake.path}`,
  };
}

/** Citations of a page that no API has. */
function strayFeeds({ contract, citations }: Documents): Difference[] {
  const feeds = new Set(contract.apis.map(({ feed }) => feed));
  return citations
    .filter(({ feed }) => !feeds.has(feed))
    .map(({ feed, fact, line, place }) =>
      citation(place, feed, `cites line ${line} of page ${feed} for ${fact}`, {
        hint: `no API has the page ${feed}; there are ${[...feeds].sort().join(', ')}`,
      }),
    );
}

/**
 * Citations of a page that the comparison did not come across: those in parts of the documents that its API does not
 * use, those of lines that the page does not have, and those of facts that nothing states there.
 */
function strayCitations(
  given: GivenPage,
  api: Api,
  { citations }: Documents,
  { settled }: Comparison,
): readonly Difference[] {
  return citations
    .filter(({ feed }) => feed === api.feed)
    .flatMap((one): Difference[] => {
      const { feed, fact, line, place, usedBy } = one;
      const says = `cites line ${line} for ${fact}`;
      const page = { place: `${given.file}:${line}`, text: given.lines[line - 1]?.trim() ?? '' };
      const more = { api: api.id, page };
      if (line > given.lines.length) {
        return [
          citation(place, feed, says, { api: api.id, hint: `the page has ${given.lines.length} lines` }),
        ];
      }
      if (page.text.replaceAll('\u00a0', '') === '') {
        // What the comparison met there is told already.
        return settled.has(`${fact}@${line}`)
          ? []
          : [citation(place, feed, says, { ...more, hint: EMPTY_LINE })];
      }
      if (fact === 'ambiguity') return [];
      if (one.words !== undefined) {
        const found = page.text.replaceAll('\u00a0', ' ').includes(one.words);
        return found
          ? []
          : [citation(place, feed, says, { ...more, hint: `the line does not say "${one.words}"` })];
      }
      if (fact === 'echo') {
        return settled.has(`name@${line}`)
          ? []
          : [citation(place, feed, says, { ...more, hint: 'expected the line of a field' })];
      }
      if (usedBy !== undefined && !usedBy.includes(api.id)) {
        const hint = `${api.id}, the API of this page, does not use this part; take the citation out or refer to it`;
        return [citation(place, feed, says, { ...more, hint })];
      }
      if (settled.has(`${fact}@${line}`)) return [];
      return [citation(place, feed, says, { ...more, hint: 'no such fact was met there' })];
    });
}

function citation(
  place: string,
  feed: string,
  text: string,
  more: Pick<Difference, 'hint'> & { readonly api?: string; readonly page?: Difference['page'] },
): Difference {
  const { api, page, hint } = more;
  return {
    kind: 'removed',
    ...(api === undefined ? {} : { api }),
    feed,
    subject: 'citation',
    fact: 'citation',
    ...(page === undefined ? {} : { page }),
    document: { place, text },
    clauses: [],
    answeredBy: [],
    ...(hint === undefined ? {} : { hint }),
  };
}
