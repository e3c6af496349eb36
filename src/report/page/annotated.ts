import type { Api, Contract } from '../../contract/model.ts';
import type { ClauseCoverage, ClauseStanding } from '../coverage.ts';
import { type PagePart, pageParts, subjectsOf } from './subjects.ts';

/**
 * What a run shows of one line of a page: of all promises that stand on it. `partly`: some were kept, the others not
 * shown. `no-promise`: it promises nothing by itself.
 */
export const lineStates = [
  'broken',
  'waived',
  'warned',
  'kept',
  'partly',
  'not-shown',
  'no-promise',
] as const;

export type LineState = (typeof lineStates)[number];

export interface AnnotatedLine {
  /** From 1. */
  readonly number: number;
  /** The words of the line; those of a citation may be shortened. */
  readonly words: string;
  readonly state: LineState;
  readonly clauses: readonly ClauseCoverage[];
}

/** The lines about one thing, and what the documents call it. */
export interface Block {
  readonly name: string | undefined;
  readonly lines: readonly AnnotatedLine[];
}

/** A documentation page, line by line, with what a run shows of it. */
export interface AnnotatedPage {
  readonly api: Api;
  /** Whether all lines are there, or those alone that the documents cite. */
  readonly whole: boolean;
  readonly parts: readonly { readonly part: PagePart; readonly blocks: readonly Block[] }[];
  /** What a run relies on and no line of this page has. */
  readonly elsewhere: readonly ClauseCoverage[];
  readonly promises: Share;
  /** Lines with a promise. */
  readonly lines: Share;
}

/** How much of something a run proves: `broken` counts the waived as well. */
export interface Share {
  readonly all: number;
  readonly kept: number;
  readonly broken: number;
}

/** The text of a page as it was captured. */
export interface PageText {
  readonly lines: readonly string[];
  /** The lines on which a heading stands. */
  readonly headings: ReadonlySet<number>;
  /** The first and the last line of the documentation proper. */
  readonly first: number;
  readonly last: number;
}

/** The page of every API, in the order of the contract. */
export function annotatedPages(
  coverage: readonly ClauseCoverage[],
  contract: Contract,
  texts: ReadonlyMap<string, PageText>,
): readonly AnnotatedPage[] {
  const byApi = new Map(contract.apis.map(({ id }): [string, ClauseCoverage[]] => [id, []]));
  for (const one of coverage) byApi.get(one.clause.api)?.push(one);
  return contract.apis.map((api) => annotatedPage(api, byApi.get(api.id) ?? [], texts.get(api.page.number)));
}

function annotatedPage(
  api: Api,
  clauses: readonly ClauseCoverage[],
  text: PageText | undefined,
): AnnotatedPage {
  const onLine = new Map<number, ClauseCoverage[]>();
  const elsewhere: ClauseCoverage[] = [];
  for (const one of clauses) {
    const own = one.clause.source.filter(({ page }) => page === api.page.number);
    if (own.length === 0) elsewhere.push(one);
    for (const line of new Set(own.map((source) => source.line))) {
      onLine.set(line, [...(onLine.get(line) ?? []), one]);
    }
  }
  const lines = wordsOf(api, clauses, text).map(([number, words]): AnnotatedLine => {
    const own = onLine.get(number) ?? [];
    return { number, words, clauses: own, state: stateOf(own.map(({ standing }) => standing)) };
  });
  return {
    api,
    whole: text !== undefined,
    parts: arranged(api, lines, text),
    elsewhere,
    promises: shareOf(clauses.map(({ standing }) => stateOf([standing]))),
    lines: shareOf(lines.map(({ state }) => state).filter((state) => state !== 'no-promise')),
  };
}

/** The lines of a page with their words: all of a given text, otherwise those that the documents cite. */
function wordsOf(
  api: Api,
  clauses: readonly ClauseCoverage[],
  text: PageText | undefined,
): readonly (readonly [number, string])[] {
  if (text !== undefined) {
    return text.lines.flatMap((line, index) => {
      const number = index + 1;
      const words = line.trim();
      const isOutside = number < text.first || number > text.last || text.headings.has(number);
      return words === '' || isOutside ? [] : [[number, words] as const];
    });
  }
  // Some promises are cited with words of their own.
  const sources = clauses
    .flatMap(({ clause }) => clause.source)
    .filter(({ page }) => page === api.page.number);
  const lines = new Map([...sources.map(({ line, quote }) => [line, quote] as const), ...api.page.lines]);
  const about = [...sources.map(({ line }) => line), ...subjectsOf(api).flatMap((subject) => subject.lines)];
  // Behind all that the page tells of the API there is nothing but the site's navigation.
  const last = about.reduce((greatest, line) => Math.max(greatest, line), 0);
  return [...lines].filter(([line]) => line <= last).sort(([a], [b]) => a - b);
}

/** The state of a line by what became of the promises on it. */
export function stateOf(standings: readonly ClauseStanding[]): LineState {
  if (standings.length === 0) return 'no-promise';
  if (standings.includes('violates')) return 'broken';
  if (standings.includes('waived')) return 'waived';
  if (standings.includes('warns')) return 'warned';
  if (!standings.includes('conforms')) return 'not-shown';
  return standings.every((standing) => standing === 'conforms') ? 'kept' : 'partly';
}

function shareOf(states: readonly LineState[]): Share {
  const count = (...wanted: readonly LineState[]) => states.filter((one) => wanted.includes(one)).length;
  return { all: states.length, kept: count('kept'), broken: count('broken', 'waived', 'warned') };
}

/** Lines by the thing that they are about; one that nothing names belongs to what stands before it. */
function arranged(
  api: Api,
  lines: readonly AnnotatedLine[],
  text: PageText | undefined,
): AnnotatedPage['parts'] {
  const subjects = subjectsOf(api);
  const at = new Map<number, (typeof subjects)[number]>();
  for (const subject of subjects) for (const line of subject.lines) if (!at.has(line)) at.set(line, subject);
  const parts = new Map<
    PagePart,
    { subject: object | undefined; name: string | undefined; lines: AnnotatedLine[] }[]
  >();
  let part: PagePart = 'operation';
  let subject: (typeof subjects)[number] | undefined;
  let before = 0;
  for (const [index, line] of lines.entries()) {
    const own = at.get(line.number);
    // What stands between a heading and the first thing below it is about none of those above.
    const isBelowHeading = [...(text?.headings ?? [])].some((one) => one > before && one < line.number);
    const next = lines[index + 1];
    const following = next && at.get(next.number);
    // Of the cited lines one that promises nothing, right before the first line of another part, heads that part.
    const heads =
      isBelowHeading ||
      (text === undefined &&
        line.state === 'no-promise' &&
        following !== undefined &&
        following.part !== (own?.part ?? part));
    if (own) part = own.part;
    else if (heads) part = following?.part ?? partBelow(line.number, subjects) ?? part;
    subject = own ?? (heads ? undefined : subject);
    before = line.number;
    const blocks = parts.get(part) ?? [];
    parts.set(part, blocks);
    const last = blocks.at(-1);
    if (last && last.subject === subject) last.lines.push(line);
    else blocks.push({ subject, name: subject?.name, lines: [line] });
  }
  return pageParts.flatMap((one) => {
    const blocks = parts.get(one);
    return blocks ? [{ part: one, blocks }] : [];
  });
}

/** The part of the first thing behind a line. */
function partBelow(
  line: number,
  subjects: readonly { readonly part: PagePart; readonly lines: readonly number[] }[],
): PagePart | undefined {
  let nearest: { part: PagePart; line: number } | undefined;
  for (const { part, lines } of subjects) {
    for (const one of lines) {
      if (one > line && (nearest === undefined || one < nearest.line)) nearest = { part, line: one };
    }
  }
  return nearest?.part;
}
