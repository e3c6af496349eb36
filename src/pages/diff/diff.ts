import type { Api, Contract } from '../../contract/model.ts';
import { documentItems } from '../check/document-items.ts';
import type { DocumentItem, FactName, Group, PageFact, PageItem } from '../check/item.ts';
import { normal } from '../check/item.ts';
import { hiddenParts, pageItems } from '../check/page-items.ts';
import { pair } from '../check/pair.ts';
import type { Limits, PageContent, Parameter } from '../page.ts';
import type { ParsedPage } from '../parse.ts';
import { candidateParents } from '../placement.ts';
import { type Change, ruleFor, type Where } from './rules.ts';

/** One change between two captures of a page. */
export interface PageChange {
  readonly change: Change;
  readonly subject: string;
  readonly fact: string;
  /** What the old page says, and its line; absent for what is new. */
  readonly old?: { readonly line: number; readonly text: string };
  readonly new?: { readonly line: number; readonly text: string };
  readonly breaks: { readonly client: boolean; readonly suite: boolean };
  readonly why: string;
  /** Clauses that rest on what the old page says. */
  readonly clauses: readonly string[];
  /** Scenarios whose exchange it shows in. */
  readonly scenarios: readonly string[];
}

export interface PageDiff {
  /** The API of the old page, or of the new one; undefined when it is not documented here. */
  readonly api: string | undefined;
  readonly changes: readonly PageChange[];
  /** Facts that are the same and stand on another line: the citations of the documents must follow. */
  readonly moved: number;
}

type Same = Pick<Contract, 'apis' | 'clauses'>;

/** Compares two captures of one page. Prose, which promises nothing, is not compared. */
export function diffPages(before: ParsedPage, after: ParsedPage, contract: Same): PageDiff {
  const [old, now] = [before.page, after.page];
  const api =
    contract.apis.find(({ path }) => path === old.path?.value) ??
    contract.apis.find(({ path }) => path === now.path?.value);
  const differ = new Differ(api, contract);
  const pairing = pair(pageItems(old).map(withoutLineKey), pageItems(now).map(withoutLineKey));
  const renamed = pair(pairing.left, pairing.right, (one, other) => sameButName(one, other));
  const pairs = [...pairing.pairs, ...renamed.pairs];
  for (const [one, other] of pairs) differ.items(one, other, nestingOf(old, one), nestingOf(now, other));
  for (const one of renamed.left) differ.item('removed', one, old);
  for (const other of renamed.right) differ.item('added', other, now);
  differ.lists('catalogue', 'catalogue', 'catalogue', catalogue(old), catalogue(now));
  differ.lists('page', 'hidden', 'the rest of a section', hidden(old), hidden(now));
  differ.lists('page', 'unread', 'a line that could not be read', before.unread, after.unread);
  const order = (change: PageChange) => change.new?.line ?? change.old?.line ?? 0;
  return {
    api: api?.id,
    changes: differ.changes.toSorted((a, b) => order(a) - order(b)),
    moved: differ.moved,
  };
}

/** Lines differ between captures, so that only names pair. */
function withoutLineKey(item: PageItem): PageItem {
  return { ...item, keys: item.keys.filter((key) => !/@\d+$/.test(key)) };
}

/** Whether an item that is gone and one that is new differ in their name or code alone. */
function sameButName(one: PageItem, other: PageItem): boolean {
  if (one.index !== undefined && one.index !== other.index) return false;
  const rest = ({ facts }: PageItem) =>
    facts.filter(({ fact, repeated }) => fact !== 'name' && fact !== 'code' && repeated === undefined);
  const [left, right] = [rest(one), rest(other)];
  if (one.group === 'testData' || left.length !== right.length || left.length < 2) return false;
  return left.every(({ fact, text }, index) => right[index]?.fact === fact && right[index]?.text === text);
}

interface Line {
  readonly line: number;
  readonly text: string;
}

function catalogue(page: PageContent): Line[] {
  return page.catalogue.map(({ line, value }) => ({ line, text: normal(value) }));
}

function hidden(page: PageContent): Line[] {
  return hiddenParts(page).map(({ line, section }) => ({ line, text: section }));
}

function nestingOf(page: PageContent, item: PageItem): string | undefined {
  if (item.index === undefined) return undefined;
  if (item.group !== 'requestParameters' && item.group !== 'responseParameters') return undefined;
  const parameters: readonly Parameter[] = page[item.group]?.parameters ?? [];
  return (candidateParents(parameters)[item.index] ?? [])
    .map((parent) => (parent === null ? 'the body itself' : (parameters[parent]?.name.value ?? '?')))
    .join(' or ');
}

const WHERE: Readonly<Record<Group, Where>> = {
  operation: 'operation',
  requestHeaders: 'request',
  requestParameters: 'request',
  responseHeaders: 'response',
  responseParameters: 'response',
  responseCode: 'code',
  testData: 'scenario',
};

const MULTIPLE: readonly FactName[] = ['values', 'condition', 'version', 'uncertain'];
const RANKS = ['Optional', 'Conditional', 'Required'];

class Differ {
  readonly changes: PageChange[] = [];
  moved = 0;
  private readonly api: Api | undefined;
  private readonly documented: readonly DocumentItem[];

  constructor(api: Api | undefined, contract: Same) {
    this.api = api;
    this.documented = api === undefined ? [] : documentItems(api, contract.clauses);
  }

  items(
    one: PageItem,
    other: PageItem,
    nestedBefore: string | undefined,
    nestedAfter: string | undefined,
  ): void {
    const facts = new Set([...one.facts, ...other.facts].map(({ fact }) => fact));
    for (const fact of facts) {
      const own = (item: PageItem) =>
        item.facts.filter((each) => each.fact === fact && each.repeated === undefined);
      const [left, right] = [own(one), own(other)];
      const all = (item: PageItem) => item.facts.filter((each) => each.fact === fact);
      if (MULTIPLE.includes(fact)) this.many(one, fact, all(one), all(other));
      else this.single(one, fact, left[0], right[0]);
    }
    if (nestedBefore !== nestedAfter && nestedBefore !== undefined && nestedAfter !== undefined) {
      const line = {
        old: { line: one.line, text: nestedBefore },
        new: { line: other.line, text: nestedAfter },
      };
      this.say('changed', one, 'nesting', line);
    }
  }

  item(change: 'added' | 'removed', item: PageItem, page: PageContent): void {
    const presence = item.facts.find(({ fact }) => fact === 'presence')?.text;
    const mark = item.keys.includes(':body');
    const text = [...new Set(item.facts.map((fact) => fact.text))].join(', ');
    const nesting = nestingOf(page, item);
    const shown = { line: item.line, text: nesting === undefined || mark ? text : `${text}, in ${nesting}` };
    this.say(
      change,
      item,
      mark ? 'encrypted' : 'item',
      change === 'added' ? { new: shown } : { old: shown },
      presence,
    );
  }

  /** Lines that belong to no item. */
  lists(where: Where, fact: string, subject: string, before: readonly Line[], after: readonly Line[]): void {
    const gone = before.filter(({ text }) => !after.some((other) => other.text === text));
    const come = after.filter(({ text }) => !before.some((other) => other.text === text));
    for (const [index, one] of gone.entries()) {
      const other = come[index];
      this.push(other === undefined ? 'removed' : 'changed', where, subject, fact, {
        old: excerpt(one, other?.text),
        ...(other === undefined ? {} : { new: excerpt(other, one.text) }),
      });
    }
    for (const other of come.slice(gone.length)) {
      this.push('added', where, subject, fact, { new: excerpt(other) });
    }
  }

  private single(
    item: PageItem,
    fact: FactName,
    one: PageFact | undefined,
    other: PageFact | undefined,
  ): void {
    if (one !== undefined && other !== undefined && one.text === other.text) {
      const explained = (each: PageFact) => (each.explanations ?? []).join('\n');
      if (explained(one) === explained(other)) {
        if (one.lines.join() !== other.lines.join()) this.moved += 1;
        return;
      }
    }
    this.say(changeOf(fact, one, other), item, fact, {
      ...(one === undefined ? {} : { old: shown(one) }),
      ...(other === undefined ? {} : { new: shown(other) }),
    });
  }

  private many(
    item: PageItem,
    fact: FactName,
    before: readonly PageFact[],
    after: readonly PageFact[],
  ): void {
    const texts = (facts: readonly PageFact[]) => new Set(facts.map(({ text }) => text));
    const [old, now] = [texts(before), texts(after)];
    const once = (facts: readonly PageFact[]) =>
      facts.filter(({ text }, index) => facts.findIndex((other) => other.text === text) === index);
    for (const one of once(before)) {
      if (!now.has(one.text)) this.say('removed', item, fact, { old: shown(one) });
      else if (after.find(({ text }) => text === one.text)?.lines.join() !== one.lines.join())
        this.moved += 1;
    }
    for (const other of once(after))
      if (!old.has(other.text)) this.say('added', item, fact, { new: shown(other) });
  }

  private say(
    change: Change,
    item: PageItem,
    fact: string,
    sides: Pick<PageChange, 'old' | 'new'>,
    presence?: string,
  ): void {
    const where = WHERE[item.group];
    const { documented } = pairWith(item, this.documented);
    const clauses =
      documented === undefined || (change === 'added' && fact === 'item') ? [] : clausesOf(documented, fact);
    this.push(change, where, item.title, fact, sides, presence, clauses, this.scenarios(where, item));
  }

  private push(
    change: Change,
    where: Where,
    subject: string,
    fact: string,
    sides: Pick<PageChange, 'old' | 'new'>,
    presence?: string,
    clauses: readonly string[] = [],
    scenarios: readonly string[] = [],
  ): void {
    const { client, suite, why } = ruleFor(where, fact, change, presence);
    this.changes.push({
      change,
      subject,
      fact,
      ...sides,
      breaks: { client, suite },
      why,
      clauses,
      scenarios,
    });
  }

  /** A request shows in every scenario, a response's body in the successful ones, a code row in its own. */
  private scenarios(where: Where, item: PageItem): string[] {
    const all = this.api?.scenarios ?? [];
    const own = all.filter(({ status, code, title }) => {
      switch (where) {
        case 'response':
          return item.group === 'responseHeaders' || status < 300;
        case 'code':
          return item.keys.includes(`${status} ${code}`) || item.keys.includes(code);
        case 'scenario':
          return item.keys.includes(normal(title).replace(/^(\d{3})\s*[-–—]\s*/, '$1 - '));
        default:
          return item.facts.length > 0;
      }
    });
    return own.map(({ id }) => id);
  }
}

function pairWith(
  item: PageItem,
  documented: readonly DocumentItem[],
): { documented: DocumentItem | undefined } {
  return { documented: pair([item], documented).pairs[0]?.[1] };
}

function clausesOf(item: DocumentItem, fact: string): string[] {
  const whole = fact === 'item' || fact === 'nesting' || fact === 'name' || fact === 'encrypted';
  const own = item.facts.filter((one) => whole || one.fact === fact);
  return [...new Set(own.flatMap(({ clauses }) => clauses))];
}

function shown({ lines, text }: PageFact): Line {
  return { line: lines[0] ?? 0, text };
}

const EXCERPT = 60;

/** The text from where it begins to differ. */
function excerpt({ line, text }: Line, other = ''): Line {
  let at = 0;
  while (at < text.length && text.charAt(at) === other.charAt(at)) at += 1;
  const start = Math.max(0, at - 20);
  return {
    line,
    text: `${start > 0 ? '…' : ''}${text.slice(start, start + EXCERPT)}${text.length > start + EXCERPT ? '…' : ''}`,
  };
}

function changeOf(fact: FactName, one: PageFact | undefined, other: PageFact | undefined): Change {
  if (one === undefined) return 'added';
  if (other === undefined) return 'removed';
  if (fact === 'presence') return RANKS.indexOf(other.text) > RANKS.indexOf(one.text) ? 'stricter' : 'looser';
  if (fact === 'limit') return changeOfLimits(one.limits, other.limits);
  return 'changed';
}

/** Narrower or wider when one range lies in the other; otherwise changed. */
function changeOfLimits(one: Limits | undefined, other: Limits | undefined): Change {
  const [old, now] = [rangeOf(one), rangeOf(other)];
  if (old === undefined || now === undefined) return 'changed';
  const inside = (inner: Range, outer: Range) =>
    (outer.min === undefined || (inner.min !== undefined && inner.min >= outer.min)) &&
    (outer.max === undefined || (inner.max !== undefined && inner.max <= outer.max));
  if (inside(now, old)) return 'narrower';
  return inside(old, now) ? 'wider' : 'changed';
}

interface Range {
  readonly min: bigint | undefined;
  readonly max: bigint | undefined;
}

/** `Length : n` is the range n to n; a shorter exact length neither contains nor lies in it: `changed`. */
function rangeOf(limits: Limits | undefined): Range | undefined {
  if (limits === undefined || limits.value !== undefined) return undefined;
  if (limits.length !== undefined) return { min: limits.length.value, max: limits.length.value };
  return { min: limits.min?.value, max: limits.max?.value };
}
