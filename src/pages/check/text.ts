import type { Check } from './check.ts';
import { EMPTY_LINE } from './citations.ts';
import type { Difference } from './difference.ts';

/** The outcome of a check for a person: the unexplained differences, what explains the others, and the sum. */
export function checkText(check: Check): string {
  const unexplained = check.differences.filter(({ explainedBy }) => explainedBy.length === 0);
  const explained = check.differences.filter(({ explainedBy }) => explainedBy.length > 0);
  const { pages, facts, notes, notCompared } = check;
  const undocumented = pages.filter(({ api }) => api === undefined).length;
  return [
    ...differenceTexts(unexplained).map((text) => `${text}\n`),
    ...(explained.length + check.interpretations.length > 0 ? [`${explanations(check, explained)}\n`] : []),
    ...notes.map((note) => `Note: ${note}`),
    ...(notCompared.length > 0 ? [`Not compared, no page given: ${notCompared.join(', ')}`] : []),
    ...(undocumented > 0 ? [`Not documented here: ${plural(undocumented, 'page')}`] : []),
    `${plural(facts, 'fact')} of ${plural(pages.length - undocumented, 'page')} compared, ${unexplained.length === 0 ? 'none' : unexplained.length} unexplained.`,
  ].join('\n');
}

export function plural(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function differenceText(difference: Difference): string {
  const { kind, api, subject, fact, page, document, clauses, hint } = difference;
  const what = [
    kind.padEnd(7),
    ...(api === undefined ? [] : [`${api}:`]),
    subject,
    ...(fact === 'item' || fact === 'page' || fact === 'citation' ? [] : [`(${fact})`]),
  ];
  return [
    what.join(' '),
    ...(page === undefined ? [] : [`        page       ${page.place}  ${page.text}`]),
    ...(document === undefined ? [] : [`        documents  ${document.place}  ${document.text}`]),
    ...(clauses.length === 0 ? [] : [`        clauses    ${clauses.join(' ')}`]),
    ...(hint === undefined ? [] : [`        ${hint}`]),
  ].join('\n');
}

/** Citations of empty lines, as a page leaves them that has moved, in one. */
function emptyLines(differences: readonly Difference[]): string {
  return [
    `removed ${plural(differences.length, 'citation')}: the line is empty`,
    ...differences.map(
      ({ page, document }) => `        documents  ${document?.place ?? ''}  ${page?.place ?? ''}`,
    ),
  ].join('\n');
}

/** Differences in their order; facts that moved by the same number of lines in one. */
function differenceTexts(differences: readonly Difference[]): string[] {
  const texts: string[] = [];
  const empty: Difference[] = [];
  for (const difference of differences) {
    if (difference.hint === EMPTY_LINE) empty.push(difference);
    else if (difference.moved === undefined) texts.push(differenceText(difference));
  }
  if (empty.length > 0) texts.push(emptyLines(empty));
  const moves = new Map<string, Difference[]>();
  for (const difference of differences) {
    const { moved, page } = difference;
    if (moved === undefined || page === undefined) continue;
    const key = `${page.place.replace(/:[\d,]+$/, '')} ${moved.to - moved.from}`;
    moves.set(key, [...(moves.get(key) ?? []), difference]);
  }
  for (const group of moves.values()) {
    const [first] = group;
    if (first === undefined) continue;
    if (group.length === 1) {
      texts.push(differenceText(first));
      continue;
    }
    const lines = group.flatMap(({ moved }) => (moved === undefined ? [] : [moved]));
    const by = lines[0] === undefined ? 0 : lines[0].to - lines[0].from;
    const from = lines.reduce((least, { from: line }) => Math.min(least, line), Number.MAX_SAFE_INTEGER);
    const last = lines.reduce((most, { from: line }) => Math.max(most, line), 0);
    texts.push(
      [
        `changed ${first.api ?? ''}: the lines of ${plural(group.length, 'fact')}, by ${by > 0 ? '+' : ''}${by}`,
        `        page       ${first.page?.place.replace(/:[\d,]+$/, '') ?? ''}`,
        `        documents  cite lines ${from} to ${last} of page ${first.pageNumber ?? ''}; the values are the same`,
      ].join('\n'),
    );
  }
  return texts;
}

/** What the register of ambiguities explains, by id. */
function explanations({ interpretations }: Check, explained: readonly Difference[]): string {
  const lines = new Map<string, string[]>();
  const add = (id: string, text: string) => lines.set(id, [...(lines.get(id) ?? []), text]);
  for (const { explainedBy, page, subject, fact } of explained) {
    for (const id of explainedBy) add(id, `${page?.place ?? ''}  ${subject} (${fact}): ${page?.text ?? ''}`);
  }
  for (const { ambiguity, interpretation, place, subject } of interpretations)
    add(ambiguity, `${place}  ${subject}: ${interpretation}`);
  return [
    'Explained by specs/ambiguities.yaml:',
    ...[...lines]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, texts]) => `  ${id}\n${texts.map((text) => `    ${text}`).join('\n')}`),
  ].join('\n');
}
