import type { FactName } from './item.ts';

export interface Side {
  /** `file:line` of the page, `file:line:column` of the documents. */
  readonly place: string;
  /** What stands there. */
  readonly text: string;
}

/** One disagreement between a page and the documents; `added` is on the page only, `removed` in the documents only. */
export interface Difference {
  readonly kind: 'added' | 'removed' | 'changed';
  readonly api?: string;
  /** Number of the page. */
  readonly pageNumber?: string;
  /** `request header X-Parcel-Time`. */
  readonly subject: string;
  /** A fact; `line`: the same value on another line; `citation`: the place in the documents is wrong in itself. */
  readonly fact: FactName | 'line' | 'citation' | 'item' | 'page';
  readonly page?: Side;
  readonly document?: Side;
  /** The clauses that rest on it. */
  readonly clauses: readonly string[];
  /** Ids of the ambiguities that explain it; empty when none does. */
  readonly explainedBy: readonly string[];
  /** For `line`: the cited line and the one it moved to. */
  readonly moved?: { readonly from: number; readonly to: number };
  readonly hint?: string;
}

/** A fact of a page that equals one of several interpretations. */
export interface Interpretation {
  readonly ambiguity: string;
  readonly interpretation: string;
  readonly api: string;
  readonly subject: string;
  readonly place: string;
}
