import type { Contract, Source } from '../../contract/model.ts';
import type { CaseRecord, LedgerHeader } from '../../record/record.ts';
import type { ClauseCoverage } from '../coverage.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { LineState, Share } from './annotated.ts';
import type { ClauseWords } from './clause-words.ts';
import type { EvidenceIndex } from './evidence.ts';
import { type Html, html, type Part } from './html.ts';
import { code, type Told, type Voice, verbatim } from './told.ts';
import { counted, lineWords, outcomeWords, words } from './words.ts';

/** What every section is made of. */
export interface Page {
  readonly ledger: Ledger;
  readonly contract: Contract;
  readonly coverage: readonly ClauseCoverage[];
  readonly evidence: EvidenceIndex;
  readonly voice: Voice;
  readonly clauseWords: ClauseWords;
  /** The cases whose exchanges the report shows, by the place that they have there. */
  readonly shown: Map<string, { readonly place: number; readonly record: CaseRecord }>;
}

/** A section with its heading; a reader finds it in the contents by its id. */
export function section(
  { voice }: Page,
  id: string,
  title: Told,
  intro: Told | undefined,
  ...parts: readonly Part[]
): Html {
  return html`<section id="${id}" aria-labelledby="${id}-h"><h2 id="${id}-h">${voice.say(title)}</h2>${
    intro ? html`<p class="intro">${voice.say(intro)}</p>` : undefined
  }${parts}</section>`;
}

const marks: Readonly<Record<LineState, string>> = {
  broken: '✕',
  waived: '~',
  warned: '!',
  kept: '✓',
  partly: '◐',
  'not-shown': '?',
  'no-promise': '–',
};

/** A state as a mark and a word: colour alone says nothing. */
export function chip({ voice }: Page, state: LineState, told: Told = lineWords[state]): Html {
  return html`<span class="chip s-${state}"><i aria-hidden="true">${marks[state]}</i> ${voice.say(told)}</span>`;
}

/** The sentence of a clause; one that is known in English alone is marked as such. */
export function sentenceOf({ voice, clauseWords, contract }: Page, id: string): Html {
  const clause = contract.clauses.get(id);
  if (!clause) return code(id);
  const told = clauseWords(clause);
  return told ? voice.say(told) : verbatim(clause.sentence);
}

/** How much is proved, as a bar: what is not kept keeps its share of it. */
export function bar({ voice }: Page, { all, kept, broken }: Share, label: Told): Html {
  const width = (part: number) => (all === 0 ? 0 : Math.round((part / all) * 1000) / 10);
  // A sliver that is there is seen.
  const seen = (part: number) => (part > 0 ? Math.max(1, width(part)) : 0);
  const red = seen(broken);
  return html`<svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" role="img"${voice.label(label)}><rect class="b-rest" width="100" height="1"/><rect class="b-kept" width="${Math.max(0, Math.min(width(kept), 100 - red))}" height="1"/><rect class="b-broken" x="${100 - red}" width="${red}" height="1"/></svg>`;
}

/** A share in percent, never rounded up to all of it. */
export function percentOf(part: number, all: number): string {
  if (all === 0) return '0';
  return String(Math.floor((part / all) * 1000) / 10);
}

/** Two texts, with what is different in them marked. */
export function difference({ voice }: Page, expected: string, actual: string): Html {
  const [left, right] = parted(expected, actual);
  const side = (kind: string, told: Told, [head, middle, tail]: Parted) =>
    html`<div class="${kind}"><dt>${voice.say(told)}</dt><dd><code translate="no" lang="en">${head}${
      middle === '' ? undefined : html`<mark>${middle}</mark>`
    }${tail}</code></dd></div>`;
  return html`<dl class="diff">${side('want', words.expected, left)}${side('got', words.actual, right)}</dl>`;
}

type Parted = readonly [head: string, middle: string, tail: string];

/** What two texts begin and end with alike, when that is most of them; otherwise all of each is different. */
export function parted(one: string, other: string): readonly [Parted, Parted] {
  const a = [...one];
  const b = [...other];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  if ((start + end) * 2 < Math.min(a.length, b.length))
    return [
      ['', one, ''],
      ['', other, ''],
    ];
  const cut = (text: readonly string[]): Parted => [
    text.slice(0, start).join(''),
    text.slice(start, text.length - end).join(''),
    text.slice(text.length - end).join(''),
  ];
  return [cut(a), cut(b)];
}

/** The id of a line in the annotated page of an API. */
export function lineId(api: string, line: number): string {
  return `${api}-line-${line}`;
}

/** The words of a page, with the page and a link to the line where it is annotated. */
export function citation(page: Page, api: string, sources: readonly Source[]): Html {
  const [first] = sources;
  if (!first) return html`<p class="cite">${page.voice.say(words.noPage)}</p>`;
  const isLinked = page.contract.apis.some((one) => one.id === api && one.page.number === first.page);
  const where = html`<span translate="no">${verbatim(first.name)}</span>, ${page.voice.say(counted.pageLine(first.line))}`;
  return html`<figure class="cite"><blockquote>“${verbatim(first.quote)}”</blockquote><figcaption>${
    isLinked ? html`<a href="#${lineId(api, first.line)}">${where}</a>` : where
  } <span class="dim">${code(first.address)}</span></figcaption></figure>`;
}

/**
 * A link to a case with its exchanges, which stand at the end of the report, once. With the page's script they open
 * below the link.
 */
export function caseEvidence(page: Page, record: CaseRecord): Html {
  const known = page.shown.get(record.id);
  const place = known?.place ?? page.shown.size + 1;
  if (!known) page.shown.set(record.id, { place, record });
  return html`<p class="ev"><a href="#case-${place}" lang="en" translate="no">${record.id}</a> ${page.voice.say(
    outcomeWords[record.outcome],
  )}</p>`;
}

/** A part that opens on a click. */
export function folded(summary: Part, body: Part, isOpen = false): Html {
  return isOpen
    ? html`<details open><summary>${summary}</summary>${body}</details>`
    : html`<details><summary>${summary}</summary>${body}</details>`;
}

/** How the target is called by the run. */
export function shownTarget({ target }: Pick<LedgerHeader, 'target'>): string {
  return typeof target.name === 'string' && target.name !== '' ? target.name : '—';
}
