import type { Limits, ParameterSectionName } from '../page.ts';

/**
 * The common form in which a page and the documents are compared: items (a header, a field, a code row …), each with
 * its facts. What a page does not state and what the documents do not promise is absent.
 */

/** The facts that are compared. Those up to `message` are the words of `x-source`. */
export type FactName =
  | 'name'
  | 'mode'
  | 'version'
  | 'method'
  | 'path'
  | 'type'
  | 'presence'
  | 'limit'
  | 'form'
  | 'condition'
  | 'values'
  | 'encrypted'
  | 'status'
  | 'code'
  | 'message'
  | 'nesting'
  | 'title'
  | 'catalogue'
  /** A line that looks like a value and its explanation. */
  | 'uncertain'
  /** A line that the parser has no place for. */
  | 'unread'
  /** "Show All": the rest of a section is not in the text. */
  | 'hidden';

/** Where an item belongs; items are paired only within their group. */
export type Group = 'operation' | ParameterSectionName | 'responseCode' | 'testData';

/** One fact as a page states it. It counts once for each line it stands on. */
export interface PageFact {
  readonly fact: FactName;
  /** As the page has it, for comparison and for a person. */
  readonly text: string;
  readonly lines: readonly number[];
  readonly limits?: Limits;
  /** For `form`: the lines that explain a word of it. */
  readonly explanations?: readonly string[];
  /** The page shows again what it states elsewhere: it must agree, but needs no citation. */
  readonly repeated?: true;
}

/** Whether the documents hold what a page states, and by which of several interpretations. */
export interface Match {
  readonly same: boolean;
  /** `<ambiguity>.<interpretation>`; with `same: false` it is an interpretation that the documents have as not that of the page. */
  readonly interpretation?: string;
}

/** One fact as the documents have it. */
export interface DocumentFact {
  readonly fact: FactName;
  readonly text: string;
  /** The cited lines of the page; empty when the page is not cited for it. */
  readonly lines: readonly number[];
  /** Whether the page must state it. */
  readonly promised: boolean;
  readonly clauses: readonly string[];
  readonly matches: (stated: PageFact) => Match;
}

interface Item<Fact> {
  readonly group: Group;
  /** For a person: `request header X-Parcel-Time`. */
  readonly title: string;
  /** What the items of two sides are paired by, strongest first. */
  readonly keys: readonly string[];
  readonly facts: readonly Fact[];
}

export interface PageItem extends Item<PageFact> {
  /** The line that names it. */
  readonly line: number;
  /** Index in the section, for parameters. */
  readonly index?: number;
}

export interface DocumentItem extends Item<DocumentFact> {
  /** Whether the documents cite the page for it at all. */
  readonly cited: boolean;
  /** For fields: where it may stand, as paths from the root of the body. */
  readonly places?: readonly string[];
}

const TITLES: Readonly<Record<ParameterSectionName, string>> = {
  requestHeaders: 'request header',
  requestParameters: 'request field',
  responseHeaders: 'response header',
  responseParameters: 'response field',
};

export function titleOf(group: ParameterSectionName, name: string): string {
  return `${TITLES[group]} ${name}`;
}

/** The item that stands for a body as a whole. */
export function bodyTitle(group: ParameterSectionName): string {
  return group === 'requestParameters' ? 'request body' : 'response body';
}

/**
 * Text as it is compared: a no-break space (U+00A0) is a space, and white space around it does not count. The pages
 * mix the two spaces in one and the same sentence, so that no one can mean anything by it.
 */
export function normal(text: string): string {
  return text.replaceAll('\u00a0', ' ').trim();
}
