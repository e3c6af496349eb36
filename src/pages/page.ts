/**
 * The typed model of one documentation page. Every fact carries the line it was read from, so that a
 * clause can name its source. A fact the page does not state is absent; nothing is defaulted.
 */

/** A fact and the 1-based line of the page that states it. */
export interface Fact<T> {
  readonly value: T;
  readonly line: number;
}

/** Text as written, trimmed of the white space around it. */
export type Text = Fact<string>;

/** `Sync` or `Async`, which runs into the title of the page. */
export type Mode = 'sync' | 'async';

/** Whether a parameter must be there, by its English label; the Korean labels are read as these. */
export type Presence = 'Required' | 'Optional' | 'Conditional';

/**
 * Limits as written: `Length : n`, `Min : a , Max : b`, `Value : n`. Exact integers of any size. What they count
 * (letters, digits or the value itself) the pages do not say, nor does this model.
 */
export interface Limits {
  readonly length?: Fact<bigint>;
  readonly min?: Fact<bigint>;
  readonly max?: Fact<bigint>;
  readonly value?: Fact<bigint>;
}

export type LimitName = keyof Limits;

/** A documented value with its explanation, from a line such as `- APP : Apply in App`. */
export interface EnumEntry {
  readonly value: string;
  readonly text: string;
  readonly line: number;
}

/** A parameter that may contain others, by its index in the section; `null` is the top level. */
export type Parent = number | null;

/**
 * Where a parameter sits, as far as the text tells: `parent` is certain. With `innermost` the parent is that
 * container or any one around it, and the text does not say which; `candidateParents` in placement.ts lists them.
 * Indices and not paths, since the path of a parent can itself be uncertain.
 */
export type Placement = { readonly parent: Parent } | { readonly innermost: number };

/**
 * A header or a field. Every line of its documentation is in one of the lists, and in one alone but for a sentence that ends
 * in values.
 */
export interface Parameter {
  readonly name: Text;
  /** Verbatim, such as `string` or `array of objects`. */
  readonly type?: Text;
  readonly presence?: Fact<Presence>;
  readonly limits: Limits;
  /** Lines of prose, verbatim, bullets included. */
  readonly description: readonly Text[];
  /** Values that are certain: in a list with bullets (describe.ts), or by the whole of the list (value-lists.ts). */
  readonly values: readonly EnumEntry[];
  /** `Form : …` and `Format : …`, without the label. */
  readonly forms: readonly Text[];
  /** Lines, verbatim, that look like a value and its explanation but are not certain to be one. */
  readonly uncertain: readonly Text[];
  readonly placement: Placement;
}

/** What all sections have. */
export interface SectionHead {
  readonly heading: Text;
  /** Lines between the heading and the first item, verbatim. */
  readonly notes: readonly Text[];
  /** The "Show All" that hides the rest of the section; absent when nothing is hidden. */
  readonly incomplete?: Fact<true>;
}

/** Headers or fields of the request or of the response, in the order of the page. */
export interface ParameterSection extends SectionHead {
  /** The mark `Encrypted|`, or `암호화 처리|`: the body is encrypted. */
  readonly encrypted?: Fact<true>;
  readonly parameters: readonly Parameter[];
}

/** One row of the list of response codes. */
export interface CodeRow {
  /** HTTP status. */
  readonly status: Fact<number>;
  readonly code?: Text;
  readonly message?: Text;
  readonly description: readonly Text[];
}

export interface CodeSection extends SectionHead {
  readonly rows: readonly CodeRow[];
}

/** `400 - Title`: a test-data scenario of the page. */
export interface ScenarioTitle {
  readonly status: number;
  readonly title: string;
  readonly line: number;
}

export interface ScenarioSection extends SectionHead {
  /** The chosen item, shown above the list of all; absent when the first title does not come again. */
  readonly selected?: ScenarioTitle;
  readonly titles: readonly ScenarioTitle[];
}

/** Versions of the API: those offered, and the chosen one when it is shown above the list of all. */
export interface Versions {
  readonly chosen?: Text;
  readonly listed: readonly Text[];
}

/** One documentation page. */
export interface PageContent {
  readonly name?: Text;
  readonly mode?: Fact<Mode>;
  readonly versions: Versions;
  /** HTTP method. */
  readonly method?: Text;
  readonly path?: Text;
  readonly description: readonly Text[];
  readonly requestHeaders?: ParameterSection;
  readonly requestParameters?: ParameterSection;
  readonly responseHeaders?: ParameterSection;
  readonly responseParameters?: ParameterSection;
  readonly responseCode?: CodeSection;
  readonly testData?: ScenarioSection;
  /** First line of the "Try It" panel, which closes the documentation proper. */
  readonly panel?: Text;
  /** A sentence below its button, in words that are not known. */
  readonly panelHint?: Text;
  /** The navigation at the end: names run together, not split, since the text does not say where. */
  readonly catalogue: readonly Text[];
}

/** The four sections that hold parameters, in the order of the pages. */
export const PARAMETER_SECTIONS = [
  'requestHeaders',
  'requestParameters',
  'responseHeaders',
  'responseParameters',
] as const;

export type ParameterSectionName = (typeof PARAMETER_SECTIONS)[number];
export type SectionName = ParameterSectionName | 'responseCode' | 'testData';

/** A line that the grammar has no place for. `text` is an excerpt of at most 80 characters. */
export interface UnreadLine {
  readonly line: number;
  readonly text: string;
  readonly why: string;
}
