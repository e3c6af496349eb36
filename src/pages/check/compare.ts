import { compareCatalogue } from './catalogue.ts';
import type { Difference, Interpretation } from './difference.ts';
import { documentItems, headersMissing } from './document-items.ts';
import { type Context, Findings } from './findings.ts';
import type { DocumentFact, DocumentItem, FactName, PageFact, PageItem } from './item.ts';
import { compareNesting } from './nesting.ts';
import { hiddenParts, pageItems, proseAt } from './page-items.ts';
import { pair } from './pair.ts';

/** One page against the documents of its API. */
export interface Comparison {
  /** How many facts of the page were compared, each once for every line it stands on. */
  readonly facts: number;
  readonly differences: readonly Difference[];
  readonly interpretations: readonly Interpretation[];
  /** `fact@line` of all that the documents cite the page for and that was compared. */
  readonly compared: ReadonlySet<string>;
}

/** Holds a page against the documents of its API, both ways. */
export function comparePage(context: Context): Comparison {
  const { api, documents, capture } = context;
  const findings = new Findings(context);
  const items = pageItems(capture.page);
  const documented = documentItems(api, documents.contract.clauses);
  const { pairs, left, right } = pair(items, documented, (item, other) =>
    other.facts.some(({ lines }) => lines.includes(item.line)),
  );
  for (const [item, other] of pairs) compareItem(findings, item, other);
  for (const item of left) addedItem(findings, item);
  for (const other of right) {
    if (findings.lacks(other.group)) markItem(findings, other);
    else removedItem(findings, other);
  }
  for (const { status, name } of headersMissing(api)) {
    const header = items.find((item) => item.group === 'responseHeaders' && item.keys.includes(name));
    if (header === undefined) continue;
    findings.add(
      {
        kind: 'added',
        subject: header.title,
        fact: 'item',
        page: { place: findings.pagePlace([header.line]), text: name },
        document: {
          place: findings.documentPlace('path', []),
          text: `not in the answer with HTTP ${status}`,
        },
        clauses: [],
      },
      [header.line],
      undefined,
    );
  }
  compareNesting(findings, pairs);
  compareCatalogue(findings);
  compareUnread(findings);
  return findings;
}

function compareItem(findings: Findings, item: PageItem, other: DocumentItem): void {
  if (!other.cited) {
    findings.facts += countOf(item.facts);
    const what = item.facts.map(({ text }) => text).join(', ');
    findings.add(
      {
        kind: 'added',
        subject: item.title,
        fact: 'item',
        page: { place: findings.pagePlace([item.line]), text: what },
        document: {
          place: findings.documentPlace('path', []),
          text: `has it without citing page ${findings.context.api.page.number}`,
        },
        clauses: [],
        hint: 'add the lines of this page to its x-source',
      },
      [item.line],
      undefined,
    );
    return;
  }
  const stated = acceptCited(findings.context, item, other);
  findings.facts += countOf(stated);
  const names = new Set<FactName>([...stated, ...other.facts].map(({ fact }) => fact));
  for (const name of names) {
    compareFact(
      findings,
      item.title,
      stated.filter(({ fact }) => fact === name),
      other.facts.filter(({ fact }) => fact === name),
    );
  }
}

/** Each line of a fact counts: a form and the explanation of it are two. */
function countOf(facts: readonly PageFact[]): number {
  return facts.reduce((sum, { lines }) => sum + lines.length, 0);
}

/**
 * What the parser left as prose or as uncertain is a condition or a value when the documents cite it as one: a person
 * has read it so.
 */
function acceptCited({ capture }: Context, item: PageItem, other: DocumentItem): readonly PageFact[] {
  if (item.index === undefined || item.group === 'operation') return item.facts;
  const { group } = item;
  if (group === 'responseCode' || group === 'testData') return item.facts;
  const parameter = capture.page[group]?.parameters[item.index];
  const known = new Set(item.facts.filter(({ fact }) => fact !== 'uncertain').flatMap(({ lines }) => lines));
  const promoted: PageFact[] = [];
  for (const { fact, lines, text } of other.facts) {
    if (fact !== 'condition' && fact !== 'values') continue;
    if (fact === 'condition' && conditions(item.facts) + conditions(promoted) >= conditions(other.facts))
      continue;
    for (const line of lines) {
      const prose = known.has(line) ? undefined : proseAt(parameter, line);
      if (prose === undefined) continue;
      const words = prose.value.replace(/^[-•*·‣▪–]\s*/, '');
      if (fact === 'condition') promoted.push({ fact, text: prose.value, lines: [line] });
      else if (words.startsWith(text) && !/^[\p{L}\p{N}_]/u.test(words.slice(text.length))) {
        promoted.push({ fact, text, lines: [line] });
      }
    }
  }
  const raised = new Set(promoted.flatMap(({ lines }) => lines));
  const kept = item.facts.filter(
    ({ fact, lines }) => fact !== 'uncertain' || !lines.some((line) => raised.has(line)),
  );
  return [...kept, ...promoted];
}

function conditions(facts: readonly { readonly fact: FactName }[]): number {
  return facts.filter(({ fact }) => fact === 'condition').length;
}

/** The facts of one name: those of equal value are paired first, those on the cited line then. */
function compareFact(
  findings: Findings,
  subject: string,
  stated: readonly PageFact[],
  documented: readonly DocumentFact[],
): void {
  const open = new Set(documented);
  const rest = new Set(stated.filter(({ repeated }) => repeated === undefined));
  const compareTo = (one: PageFact, other: DocumentFact) => {
    rest.delete(one);
    open.delete(other);
    findings.markCompared(other.fact === 'title' ? 'scenario' : other.fact, other.lines);
    compareValues(findings, subject, one, other);
  };
  const passes = [
    (one: PageFact, other: DocumentFact) => other.matches(one).same && equalLines(one.lines, other.lines),
    (one: PageFact, other: DocumentFact) => other.matches(one).same,
    (one: PageFact, other: DocumentFact) => one.lines.some((line) => other.lines.includes(line)),
    () => stated.length === 1 && documented.length === 1,
  ];
  for (const fits of passes) {
    for (const one of [...rest]) {
      const other = [...open].find((candidate) => fits(one, candidate));
      if (other !== undefined) compareTo(one, other);
    }
  }
  for (const one of rest) addedFact(findings, subject, one);
  for (const other of open) removedFact(findings, subject, other);
  for (const one of stated) {
    if (one.repeated === true && !documented.some((other) => other.matches(one).same))
      addedFact(findings, subject, one);
  }
}

function compareValues(findings: Findings, subject: string, one: PageFact, other: DocumentFact): void {
  const { api } = findings.context;
  const { same, interpretation } = other.matches(one);
  const page = { place: findings.pagePlace(one.lines), text: one.text };
  const cited = other.fact === 'title' ? 'scenario' : other.fact;
  const document = { place: findings.documentPlace(cited, other.lines), text: other.text };
  const { clauses } = other;
  if (!same) {
    const hint =
      interpretation === undefined
        ? {}
        : { hint: `conforms as the interpretation ${interpretation}; the page's own stands first` };
    findings.add(
      { kind: 'changed', subject, fact: one.fact, page, document, clauses, ...hint },
      one.lines,
      interpretation === undefined ? quotesOf(one) : undefined,
    );
    return;
  }
  if (interpretation !== undefined) {
    const [ambiguity = '', name = ''] = interpretation.split('.');
    findings.interpretations.push({
      ambiguity,
      interpretation: name,
      api: api.id,
      subject,
      place: page.place,
    });
  }
  if (other.lines.length === 0) {
    findings.add(
      {
        kind: 'added',
        subject,
        fact: one.fact,
        page,
        document: { ...document, text: `${other.text}, without citing the page` },
        clauses,
        hint: `add "${other.fact}: ${one.lines.join(', ')}" to its x-source`,
      },
      one.lines,
      undefined,
    );
  } else if (!equalLines(one.lines, other.lines)) {
    findings.add(
      {
        kind: 'changed',
        subject,
        fact: 'line',
        page: { ...page, text: `${other.fact} on line ${one.lines.join(', ')}` },
        document: { ...document, text: `cited on line ${other.lines.join(', ')}` },
        clauses,
        moved: { from: other.lines[0] ?? 0, to: one.lines[0] ?? 0 },
      },
      one.lines,
      undefined,
    );
  }
}

function equalLines(stated: readonly number[], cited: readonly number[]): boolean {
  return stated.length === cited.length && stated.every((line) => cited.includes(line));
}

/** Of a limit each of its parts, of any other fact all of it. */
function quotesOf({ text, limits }: PageFact): readonly string[] {
  if (limits === undefined) return [text];
  return Object.values(limits).map((limit) => String(limit?.value));
}

function addedFact(findings: Findings, subject: string, one: PageFact): void {
  findings.add(
    {
      kind: 'added',
      subject,
      fact: one.fact,
      page: { place: findings.pagePlace(one.lines), text: one.text },
      clauses: [],
      ...(one.fact === 'uncertain'
        ? { hint: 'looks like a value: cite it as one, or record it in specs/ambiguities.yaml' }
        : {}),
    },
    one.lines,
    quotesOf(one),
  );
}

function removedFact(findings: Findings, subject: string, other: DocumentFact): void {
  const cited = other.fact === 'title' ? 'scenario' : other.fact;
  findings.markCompared(cited, other.lines);
  if (!other.promised || (other.fact === 'method' && findings.lacks('method'))) return;
  findings.add(
    {
      kind: 'removed',
      subject,
      fact: other.fact,
      page: { place: findings.pagePlace(other.lines), text: 'not stated' },
      document: { place: findings.documentPlace(cited, other.lines), text: other.text },
      clauses: other.clauses,
    },
    [],
    undefined,
  );
}

function addedItem(findings: Findings, item: PageItem): void {
  findings.facts += countOf(item.facts);
  findings.add(
    {
      kind: 'added',
      subject: item.title,
      fact: 'item',
      page: {
        place: findings.pagePlace([item.line]),
        text: [...new Set(item.facts.map(({ text }) => text))].join(', '),
      },
      clauses: [],
    },
    [item.line],
    item.facts.slice(0, 1).map(({ text }) => text),
  );
}

function markItem(findings: Findings, other: DocumentItem): void {
  for (const { fact, lines } of other.facts)
    findings.markCompared(fact === 'title' ? 'scenario' : fact, lines);
}

function removedItem(findings: Findings, other: DocumentItem): void {
  markItem(findings, other);
  if (!other.cited || !other.facts.some(({ promised }) => promised)) return;
  const [first] = other.facts;
  if (first === undefined) return;
  const cited = first.fact === 'title' ? 'scenario' : first.fact;
  findings.add(
    {
      kind: 'removed',
      subject: other.title,
      fact: 'item',
      page: { place: findings.pagePlace(first.lines), text: 'not on the page' },
      document: { place: findings.documentPlace(cited, first.lines), text: first.text },
      clauses: [...new Set(other.facts.flatMap(({ clauses }) => clauses))],
    },
    [],
    undefined,
  );
}

/** Lines that the parser could not read, and lists that the page cuts short. */
function compareUnread(findings: Findings): void {
  const { capture } = findings.context;
  for (const { line, text, why } of capture.unread) {
    findings.add(
      {
        kind: 'added',
        subject: 'a line that could not be read',
        fact: 'unread',
        page: { place: findings.pagePlace([line]), text },
        clauses: [],
        hint: why,
      },
      [line],
      [text],
    );
  }
  for (const { section, line } of hiddenParts(capture.page)) {
    findings.add(
      {
        kind: 'added',
        subject: `the rest of "${section}"`,
        fact: 'hidden',
        page: { place: findings.pagePlace([line]), text: 'hidden behind "Show All"' },
        clauses: [],
        hint: 'open the whole list on the page before its text is copied',
      },
      [line],
      [],
    );
  }
}
