import path from 'node:path';
import type { Api } from '../../contract/model.ts';
import { type Capture, type Captures, cutText } from '../capture.ts';
import type { OpenPlace } from '../open-places.ts';
import { citationsOfNoPage, citationsWithoutFact } from './citations.ts';
import { comparePage } from './compare.ts';
import type { Difference, Interpretation } from './difference.ts';
import type { Documents } from './documents.ts';
import { normal } from './item.ts';
import { unpairedQuotes, wrongQuotes } from './quotes.ts';

export interface CheckedPage {
  readonly file: string;
  /** Undefined when no API has the page's path. */
  readonly api: string | undefined;
  /** The page's path. */
  readonly path: string;
  /** Number of the page. */
  readonly number: string | undefined;
  readonly facts: number;
  readonly unexplained: number;
  /** What a cut page lacks, in one line. */
  readonly cut: string | undefined;
}

/** The pages against the documents. Clean when every difference is explained and the documents are finished. */
export interface Check {
  readonly clean: boolean;
  /** Facts of the pages that were compared, each once for every line it stands on. */
  readonly facts: number;
  readonly pages: readonly CheckedPage[];
  /** Files that are no page. */
  readonly unreadable: readonly { readonly file: string; readonly why: string }[];
  /** Captures that do not count, since another one of the same API does. */
  readonly superseded: Captures['superseded'];
  readonly differences: readonly Difference[];
  readonly interpretations: readonly Interpretation[];
  /** APIs of which no page was checked. */
  readonly notCompared: readonly string[];
  /** What a draft has left open in the documents. */
  readonly openPlaces: readonly OpenPlace[];
  /** What is worth knowing and no difference. */
  readonly notes: readonly string[];
}

/**
 * Holds pages against the documents, both ways: each fact of a page must be in the documents with the same value, and
 * each line that the documents cite must state it.
 *
 * @param captures one for each API
 * @param whole the pages are all there are, so that a documented API without a page is a difference
 * @param others files that are told, and not compared
 */
export function checkPages(
  captures: readonly Capture[],
  documents: Documents,
  whole: boolean,
  others: Pick<Captures, 'superseded' | 'unreadable'> = { superseded: [], unreadable: [] },
): Check {
  const { apis } = documents.contract;
  const differences: Difference[] = citationsOfNoPage(documents);
  const interpretations: Interpretation[] = [];
  const notes: string[] = [];
  const checked: CheckedPage[] = [];
  const seen = new Set<string>();
  const byPath = new Map(apis.map((api) => [api.path, api]));
  for (const capture of captures) {
    const { file, page, missing, repaired } = capture;
    const path = page.path?.value ?? '';
    const api = byPath.get(path);
    const cut = missing.length === 0 ? undefined : cutText(capture);
    if (repaired !== undefined) notes.push(`${file}: ${repaired}`);
    if (cut !== undefined) notes.push(`${file}: ${cut}; what is there was compared`);
    if (api === undefined) {
      checked.push({ file, api: undefined, path, number: undefined, facts: 0, unexplained: 1, cut });
      differences.push(undocumented(capture, apis));
      continue;
    }
    seen.add(api.id);
    const { number, sha256 } = api.page;
    const named = numberOfFile(file);
    if (named !== undefined && named !== number) {
      notes.push(
        `${file}: by its path this is the page of ${api.id}, which the documents cite as ${number}; the name of the file says ${named}`,
      );
    }
    if (capture.sha256 !== sha256) {
      notes.push(
        `${file}: another capture than the one that specs/pages.yaml was written from; once nothing is unexplained, put its digest there: ${capture.sha256}`,
      );
    }
    const comparison = comparePage({ capture, api, documents });
    const found = [...comparison.differences, ...citationsWithoutFact(capture, api, documents, comparison)];
    // The lines of a cut page lie elsewhere: their words are compared as facts, as far as they are there.
    if (cut === undefined) found.push(...wrongQuotes(capture, api, documents, found));
    const unexplained = found.filter(({ explainedBy }) => explainedBy.length === 0).length;
    checked.push({ file, api: api.id, path, number, facts: comparison.facts, unexplained, cut });
    differences.push(...found);
    interpretations.push(...comparison.interpretations);
  }
  differences.push(...unpairedQuotes(documents, differences));
  const missing = apis.filter(({ id }) => !seen.has(id));
  if (whole) {
    for (const api of missing) {
      differences.push({
        kind: 'removed',
        api: api.id,
        pageNumber: api.page.number,
        subject: 'page',
        fact: 'page',
        document: {
          place: documents.operationPlaces.get(api.id) ?? 'the documents',
          text: `${api.method} ${api.path}`,
        },
        clauses: [],
        explainedBy: [],
        hint: 'none of the pages has this path',
      });
    }
  }
  return {
    clean:
      differences.every(({ explainedBy }) => explainedBy.length > 0) && documents.openPlaces.length === 0,
    facts: checked.reduce((sum, page) => sum + page.facts, 0),
    pages: checked,
    unreadable: others.unreadable.map(({ file, detail }) => ({ file, why: detail })),
    superseded: others.superseded,
    differences,
    interpretations,
    notCompared: missing.map(({ id }) => id),
    openPlaces: documents.openPlaces,
    notes,
  };
}

/** `004` of `004_da4a….txt`. */
export function numberOfFile(file: string): string | undefined {
  return /^(\d{3})_/.exec(path.basename(file))?.[1];
}

function undocumented({ file, page }: Capture, apis: readonly Api[]): Difference {
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
    explainedBy: [],
    hint:
      namesake === undefined
        ? `no documented API has this path; draft it with: npm run pages:import -- ${file}`
        : `no documented API has this path; ${namesake.id} has the same name and the path ${namesake.path}`,
  };
}
