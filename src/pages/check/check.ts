import path from 'node:path';
import type { Api } from '../../contract/model.ts';
import { UserError } from '../../user-error.ts';
import type { Capture } from '../capture.ts';
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
  /** Number of the page. */
  readonly number: string | undefined;
  readonly facts: number;
}

/** The pages against the documents. Clean when every difference is explained. */
export interface Check {
  readonly clean: boolean;
  /** Facts of the pages that were compared, each once for every line it stands on. */
  readonly facts: number;
  readonly pages: readonly CheckedPage[];
  readonly differences: readonly Difference[];
  readonly interpretations: readonly Interpretation[];
  /** APIs of which no page was checked. */
  readonly notCompared: readonly string[];
  /** What is worth knowing and no difference. */
  readonly notes: readonly string[];
}

/** Two pages of one API: which of them counts can't be told. */
export class SamePageTwice extends UserError {
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
export function checkPages(captures: readonly Capture[], documents: Documents, whole: boolean): Check {
  const { apis } = documents.contract;
  const differences: Difference[] = citationsOfNoPage(documents);
  const interpretations: Interpretation[] = [];
  const notes: string[] = [];
  const checked: CheckedPage[] = [];
  const seen = new Map<string, string>();
  for (const capture of captures) {
    const { file, page } = capture;
    const api = apis.find((one) => one.path === page.path?.value);
    if (api === undefined) {
      checked.push({ file, api: undefined, number: undefined, facts: 0 });
      differences.push(undocumented(capture, apis));
      continue;
    }
    const before = seen.get(api.id);
    if (before !== undefined) throw new SamePageTwice([before, file], api.id);
    seen.set(api.id, file);
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
    checked.push({ file, api: api.id, number, facts: comparison.facts });
    differences.push(...found, ...wrongQuotes(capture, api, documents, found));
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
    clean: differences.every(({ explainedBy }) => explainedBy.length > 0),
    facts: checked.reduce((sum, page) => sum + page.facts, 0),
    pages: checked,
    differences,
    interpretations,
    notCompared: missing.map(({ id }) => id),
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
