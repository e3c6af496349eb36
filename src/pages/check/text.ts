import path from 'node:path';
import { openText } from '../open-places.ts';
import type { Check, CheckedPage } from './check.ts';
import { EMPTY_LINE } from './citations.ts';
import type { Difference } from './difference.ts';

/**
 * The outcome of a check for a person: the unexplained differences, what explains the others, a table of the files when
 * there are several, and the sum.
 *
 * @param folder of the documents, as the user named it
 */
export function checkText(check: Check, folder = '.'): string {
  const { pages, facts, notes, notCompared, unreadable, superseded } = check;
  const several = pages.length + unreadable.length + superseded.length > 1;
  // In a table an undocumented page has its row.
  const told = check.differences.filter(
    ({ fact, page }) => !several || fact !== 'page' || page === undefined,
  );
  const unexplained = told.filter(({ explainedBy }) => explainedBy.length === 0);
  const explained = check.differences.filter(({ explainedBy }) => explainedBy.length > 0);
  const documented = pages.filter(({ api }) => api !== undefined).length;
  const unknown = pages.length - documented;
  const open = openText(check.openPlaces, folder);
  const all = check.differences.length - explained.length;
  return [
    ...differenceTexts(unexplained).map((text) => `${text}\n`),
    ...(explained.length + check.interpretations.length > 0 ? [`${explanations(check, explained)}\n`] : []),
    ...notes.map((note) => `Note: ${note}`),
    ...(several ? ['', ...tableOf(check), '', filesText(check)] : []),
    ...(several && unknown > 0
      ? ['Draft what is not documented here, page by page, with: npm run pages:import -- <file>']
      : []),
    ...(notCompared.length > 0 ? [`Not compared, no page given: ${notCompared.join(', ')}`] : []),
    ...(!several && unknown > 0 ? [`Not documented here: ${plural(unknown, 'page')}`] : []),
    ...(open === undefined ? [] : [open]),
    `${plural(facts, 'fact')} of ${plural(documented, 'page')} compared, ${all === 0 ? 'none' : all} unexplained.`,
  ].join('\n');
}

/** The longest name of a file that widens the table. */
const WIDEST = 48;

/** A row for each file: the API, how many facts, and what came of it. What needs a look stands first. */
function tableOf({ pages, unreadable, superseded }: Check): string[] {
  const rows = [
    ...unreadable.map(({ file, why }) => ({ file, api: '-', facts: '-', outcome: `unreadable: ${why}` })),
    ...pages
      .toSorted((a, b) => rank(a) - rank(b))
      .map(({ file, api, path: address, facts, unexplained, cut }) => ({
        file,
        api: api ?? '-',
        facts: api === undefined ? '-' : String(facts),
        outcome: [
          ...(api === undefined ? [`not documented here: ${address}`] : []),
          ...(api !== undefined && unexplained > 0 ? [`${unexplained} unexplained`] : []),
          ...(cut === undefined ? [] : ['cut, see the note']),
          ...(api !== undefined && unexplained === 0 && cut === undefined ? ['as documented'] : []),
        ].join('; '),
      })),
    ...superseded.map(({ file, by }) => ({
      file,
      api: '-',
      facts: '-',
      outcome: `does not count: ${path.basename(by)} does`,
    })),
  ].map((row) => ({ ...row, file: path.basename(row.file) }));
  const head = { file: 'page', api: 'API', facts: 'facts', outcome: 'outcome' };
  const width = (cell: (row: typeof head) => string, most: number) =>
    Math.min(most, Math.max(...[head, ...rows].map((row) => cell(row).length)));
  const [files, apis, counts] = [
    width(({ file }) => file, WIDEST),
    width(({ api }) => api, WIDEST),
    width(({ facts }) => facts, WIDEST),
  ];
  return [head, ...rows].map(
    ({ file, api, facts, outcome }) =>
      `${file.padEnd(files)}  ${api.padEnd(apis)}  ${facts.padStart(counts)}  ${outcome}`,
  );
}

function rank({ api, unexplained, cut }: CheckedPage): number {
  if (api === undefined) return 3;
  if (unexplained > 0) return 0;
  return cut === undefined ? 2 : 1;
}

/** How many files of which kind. */
function filesText({ pages, unreadable, superseded }: Check): string {
  const cut = pages.filter((page) => page.cut !== undefined).length;
  const documented = pages.filter(({ api }) => api !== undefined);
  const differing = documented.filter(({ unexplained }) => unexplained > 0).length;
  return [
    `${plural(pages.length + unreadable.length + superseded.length, 'file')}: ${pages.length} read${cut > 0 ? `, ${cut} of them cut` : ''}, ${unreadable.length} unreadable, ${superseded.length} of an API that has another capture`,
    `${plural(documented.length, 'API')} documented here, ${differing} with unexplained differences; ${pages.length - documented.length} not documented here`,
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
