import type { Contract } from '../../contract/model.ts';
import { wasNotSent } from '../../engine/not-sent.ts';
import { reasonOf } from '../../judge/evidence.ts';
import { brief, printable, terminalText } from '../../printable.ts';
import type { CaseRecord, LedgerHeader } from '../../record/record.ts';
import { brokenBy, brokenText, type Cause, causesOf } from '../causes.ts';
import { changesOf } from '../changes.ts';
import {
  type ApiClauses,
  type ClauseCoverage,
  type ClauseStanding,
  clauseCoverage,
  clauseLabels,
  clauseStandings,
  countClauses,
  gaps,
} from '../coverage.ts';
import { isEmptyShard, type Ledger } from '../ledger/ledger.ts';
import { type ApiTally, interpretationsSeen, type Standing, standingOf, standings, tally } from '../tally.ts';
import { exitCodeOf, fails, type WaiverStanding, waiverStandings } from '../waivers.ts';
import { meaning } from './failure.ts';
import { clip, columnsOf, padEnd, padStart, wrap } from './layout.ts';
import { type Paint, paintFor, same } from './paint.ts';
import { repeatCommand, targetName, ticketCommand } from './repeat.ts';
import { clauseText, sourceText } from './source.ts';

export interface SummaryOptions {
  /** Whether to colour with ANSI codes. */
  readonly color: boolean;
  /** How wide the terminal is; 110 columns at most are used, 40 at least. */
  readonly columns?: number | undefined;
  /** The reports that the run has left, as a reader can open them. */
  readonly reports: readonly { readonly what: string; readonly file: string }[];
  /** The folder of the run, as a reader can name it. */
  readonly folder?: string;
  /** Clause id → why there is no case (`specs/untested.yaml`). */
  readonly untested?: ReadonlyMap<string, string>;
}

/** The most causes that are told; all are in `conformance.json`. */
const mostCauses = 20;

/** A run as a person reads it in a terminal: the verdict first. Lines keep to the terminal, but for commands and files. */
export function summary(ledger: Ledger, contract: Contract, options: SummaryOptions): string {
  const paint = paintFor(options);
  const { header, cases, footer } = ledger;
  const coverage = clauseCoverage(ledger, contract, options.untested ?? new Map());
  const waivers = waiverStandings(ledger, contract);
  const causes = causesOf(cases, contract);
  const sections = [
    [
      ...title(ledger, causes, exitCodeOf(ledger, contract), waivers.filter(fails), paint),
      ...selection(header, paint),
    ],
    ...tables(tally(cases, contract), countClauses(coverage, contract), paint),
    failures(ledger, causes, options.folder, paint),
    failing(waivers.filter(fails), paint),
    waived(ledger, waivers, contract, paint),
    undecided(waivers, paint),
    warnings(causes, paint),
    unanswered(ledger, paint),
    untestable(cases, paint),
    section(
      'Trouble of the run itself',
      footer.problems.flatMap((problem) => item(problem, paint)),
      paint,
    ),
    notExercised(coverage, paint),
    unseenValues(coverage, paint),
    ambiguities(cases, contract, paint),
    notes(cases, paint),
    changed(cases, paint),
    section(
      'May be left on the target',
      cases.flatMap(({ id, left = [] }) => left.flatMap((line) => item(`${id}: ${line}`, paint))),
      paint,
    ),
    section('Reports', alignedPairs(options.reports.map(({ what, file }) => [what, file])), paint),
  ];
  const text = sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
  return terminalText(`${text}\n`, { colored: options.color });
}

function title(
  { header, cases, footer }: Ledger,
  causes: readonly Cause[],
  exitCode: number,
  failingWaivers: readonly WaiverStanding[],
  paint: Paint,
): readonly string[] {
  const { verdict } = footer;
  const byWaivers = failingWaivers.length > 0 && verdict !== 'nonconformant';
  // A verdict that is none of the exit code's would be read as that of the run.
  const head = byWaivers ? 'WAIVERS FAIL THE RUN' : verdict.toUpperCase();
  const color = byWaivers
    ? paint.red
    : { conformant: paint.green, nonconformant: paint.red, incomplete: paint.yellow }[verdict];
  const reason = {
    conformant: isEmptyShard(header.selection, cases)
      ? `no case fell to shard ${header.selection.shard ?? ''}: nothing was sent, and nothing is said of the target`
      : conformantBecause(cases),
    nonconformant: brokenText(brokenBy(causes)),
    incomplete: incompleteBecause(cases, footer.problems),
  }[verdict];
  const because =
    failingWaivers.length === 0
      ? reason
      : byWaivers
        ? `${waiversBecause(failingWaivers)}; otherwise ${verdict}: ${reason}`
        : `${reason}; ${waiversBecause(failingWaivers)}`;
  const { documents, tool, seed, target } = header;
  const url = typeof target.baseUrl === 'string' ? ` at ${target.baseUrl}` : '';
  return [
    ...wrap(`${because} (exit code ${exitCode})`, paint.columns - head.length - 2).map((line, index) =>
      index === 0 ? `${paint.bold(color(head))}  ${line}` : `${' '.repeat(head.length + 2)}${line}`,
    ),
    ...wrap(brief(`Target ${targetName(target) ?? '(unnamed)'}${url}`), paint.columns),
    paint.dim(
      clip(
        brief(
          `${documents.title} ${documents.version}${documents.folder === undefined ? '' : ` (${documents.folder})`} · ${tool.name} ${tool.version} · seed ${seed}`,
        ),
        paint.columns,
      ),
    ),
  ];
}

function conformantBecause(cases: readonly CaseRecord[]): string {
  // What is a SHOULD is no part of the verdict.
  const counting = cases.filter(({ level }) => level === 'MUST');
  const untestable = count(counting, 'not-testable');
  const waivedCases = count(counting, 'waived');
  const apart = cases.length - counting.length;
  return [
    `${plural(count(counting, 'passed'), nounOf(counting))} kept what is documented`,
    ...(waivedCases === 0 ? [] : [`${waivedCases} waived`]),
    ...(untestable === 0 ? [] : [`${untestable} not testable`]),
    ...(apart === 0 ? [] : [`${apart} more are no part of the verdict`]),
  ].join(', ');
}

function waiversBecause(list: readonly WaiverStanding[]): string {
  const expired = list.filter(({ state }) => state === 'expired').length;
  const stale = list.length - expired;
  return [
    ...(expired === 0 ? [] : [plural(expired, 'expired waiver')]),
    ...(stale === 0 ? [] : [plural(stale, 'stale waiver')]),
  ].join(', ');
}

function incompleteBecause(cases: readonly CaseRecord[], problems: readonly string[]): string {
  const why = stoppedBecause(cases);
  if (why !== undefined && problems.length === 0) return `nothing was tested: ${why}`;
  const notDone = cases.filter(wasNotSent).length;
  const untestable = count(cases, 'not-testable') - notDone;
  const parts = [
    ...(cases.length === 0 ? ['no case was chosen'] : []),
    ...(count(cases, 'no-answer') > 0
      ? [`${plural(count(cases, 'no-answer'), nounOf(cases))} without a usable answer`]
      : []),
    ...(notDone > 0 ? [`${notDone} not done`] : []),
    ...(untestable > 0 ? [`${untestable} not testable`] : []),
    ...(problems.length > 0 ? ['trouble of the run itself'] : []),
  ];
  return `nothing broken was seen, but not everything could be judged: ${parts.join(', ')}`;
}

/** The one reason for which none of all cases was exercised, if there is such. */
function stoppedBecause(cases: readonly CaseRecord[]): string | undefined {
  const [first, ...others] = cases.filter(({ outcome }) => outcome !== 'not-testable');
  const isOne = [first, ...others].every(
    (one) => one?.outcome === 'not-exercised' && one.reason === first?.reason,
  );
  return isOne ? first?.reason : undefined;
}

function nounOf(cases: readonly CaseRecord[]): string {
  return cases.every(({ kind }) => kind === 'scenario') ? 'scenario' : 'case';
}

function count(cases: readonly CaseRecord[], standing: Standing): number {
  return cases.filter(({ outcome }) => standingOf(outcome) === standing).length;
}

function selection({ cases, selection: { grep, shard } }: LedgerHeader, paint: Paint): readonly string[] {
  if (cases.planned === cases.all) return [];
  const by = [
    ...(grep === undefined ? [] : [grep.startsWith('--') ? grep : `--grep ${grep}`]),
    ...(shard === undefined ? [] : [`--shard ${shard}`]),
  ];
  const how = by.length === 0 ? '' : ` (${by.join(' ')})`;
  return [
    '',
    ...wrap(
      brief(
        `** ${cases.planned} of ${cases.all} cases chosen${how}: the verdict says nothing of the others. **`,
      ),
      paint.columns,
    ),
  ];
}

/** A column of numbers below a title that it shares with others. */
interface Column {
  readonly label: string;
  /** One number for each API, in the order of the rows. */
  readonly values: readonly number[];
  readonly paint: (text: string) => string;
}

interface ColumnGroup {
  readonly title: string;
  readonly columns: readonly Column[];
}

/** What came of scenarios, code rows and clauses, an API a row: in one table when its columns fit, or in several. */
function tables(
  tallies: readonly ApiTally[],
  clauses: readonly ApiClauses[],
  paint: Paint,
): readonly (readonly string[])[] {
  const names = [...tallies.map(({ api }) => api.id), 'all'];
  const name = Math.max(3, ...names.map(columnsOf));
  const standingPaint = (standing: Standing) => {
    if (standing === 'passed') return paint.green;
    return standing === 'failed' ? paint.red : paint.yellow;
  };
  const clausePaint = (standing: ClauseStanding) => {
    if (standing === 'conforms') return paint.green;
    return standing === 'violates' ? paint.red : paint.yellow;
  };
  const ofStandings = (title: string, side: 'scenarios' | 'codes'): ColumnGroup => ({
    title,
    columns: used(
      standings.map((standing) => ({
        label: standing.replace('-', ' '),
        values: tallies.map((one) => one[side][standing]),
        paint: standingPaint(standing),
      })),
      2,
    ),
  });
  const groups: readonly ColumnGroup[] = [
    ofStandings('Scenarios', 'scenarios'),
    ofStandings('Code rows', 'codes'),
    {
      title: 'Clauses',
      columns: used(
        clauseStandings.map((standing) => ({
          label: clauseLabels[standing],
          values: clauses.map(({ counts }) => counts[standing]),
          paint: clausePaint(standing),
        })),
        2,
      ),
    },
  ];
  const rows: ColumnGroup[][] = [[]];
  for (const group of groups.flatMap((one) => parted(one, paint.columns - name - 2))) {
    const last = rows.at(-1) ?? [];
    const taken = [...last, group].reduce((sum, one) => sum + widthOf(one) + 3, name - 1);
    if (taken > paint.columns && last.length > 0) rows.push([group]);
    else last.push(group);
  }
  return rows.map((fitting) => table(names, name, fitting, paint));
}

/** The columns that have anything to tell; the first few always do. */
function used(columns: readonly Column[], always: number): readonly Column[] {
  return columns.filter(({ values }, index) => index < always || values.some((value) => value > 0));
}

/** A group in parts that fit, of one column at least. */
function parted({ title, columns }: ColumnGroup, room: number): readonly ColumnGroup[] {
  const parts: Column[][] = [[]];
  for (const column of columns) {
    const last = parts.at(-1) ?? [];
    if (last.length > 0 && widthOf({ title, columns: [...last, column] }) > room) parts.push([column]);
    else last.push(column);
  }
  return parts.map((part) => ({ title, columns: part }));
}

function widthOf({ columns }: ColumnGroup): number {
  return columns.reduce((sum, { label }) => sum + label.length + 2, -2);
}

function table(
  names: readonly string[],
  name: number,
  groups: readonly ColumnGroup[],
  paint: Paint,
): readonly string[] {
  const cell = (column: Column, value: number) => {
    const text = padStart(value === 0 ? '·' : String(value), column.label.length);
    return value === 0 ? paint.dim(text) : column.paint(text);
  };
  const row = (label: string, of: (column: Column) => number) =>
    `${padEnd(label, name)}  ${groups.map(({ columns }) => columns.map((column) => cell(column, of(column))).join('  ')).join('   ')}`;
  const heads = groups.map(({ columns }) => columns.map(({ label }) => label).join('  '));
  return [
    paint.bold(
      `${' '.repeat(name)}  ${groups.map((group) => padEnd(group.title, widthOf(group))).join('   ')}`.trimEnd(),
    ),
    paint.dim(`${padEnd('API', name)}  ${heads.join('   ')}`),
    ...names.slice(0, -1).map((label, index) => row(label, ({ values }) => values[index] ?? 0)),
    paint.bold(row('all', ({ values }) => values.reduce((sum, value) => sum + value, 0))),
  ];
}

/** What is broken: a block for each cause, with one example; every finding is in `conformance.json`. */
function failures(
  { header, cases }: Ledger,
  all: readonly Cause[],
  folder: string | undefined,
  paint: Paint,
): readonly string[] {
  const causes = all.filter(({ outcome }) => outcome === 'violates');
  const byId = new Map(cases.map((record) => [record.id, record]));
  const blocks = causes.slice(0, mostCauses).map((cause, index) => {
    const { id, sentence, source, clauses, example, mend } = cause;
    const record = byId.get(example.case);
    return [
      ...(index === 0 ? [] : ['']),
      ...headline(paint.red('✗'), id, '', paint),
      ...indented(sentence, 4, paint),
      ...labelled('where', whereText(cause, byId), paint),
      ...labelled('page', sourceText(source), paint),
      ...labelled('clause', moreText(clauses), paint),
      ...labelled('example', example.case, paint),
      ...labelled('place', example.finding.place, paint),
      ...labelled('expected', example.finding.expected, paint, paint.green),
      ...labelled('actual', example.finding.actual, paint, paint.red),
      ...labelled('mend', mend, paint),
      ...(record ? [repeatLine(header, record)] : []),
      inOnePiece('ticket', ticketCommand(id, folder)),
    ];
  });
  const more = causes.length - mostCauses;
  return section(
    'Causes, by how many cases each keeps from passing',
    [
      ...blocks.flat(),
      ...(more > 0
        ? ['', ...indented(`… and ${plural(more, 'cause')} more, all of them in conformance.json`, 2, paint)]
        : []),
    ],
    paint,
  );
}

/** How many answers of which APIs and cases, and how many cases wait for them. */
function whereText({ answers, cases, blocks }: Cause, byId: ReadonlyMap<string, CaseRecord>): string {
  const waiting = blocks - cases.length;
  const showing = compactIds(cases.flatMap((id) => byId.get(id) ?? []));
  const others = waiting > 0 ? `; ${plural(waiting, 'case')} could not be tried for it` : '';
  return `${plural(answers, 'answer')} in ${plural(cases.length, 'case')}${others}: ${showing}`;
}

function moreText([first = '', ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

/** Waivers that have to be mended before a run can exit with 0. */
function failing(list: readonly WaiverStanding[], paint: Paint): readonly string[] {
  const lines = list.flatMap(({ waiver: { at, clause, reason, owner }, why }) => [
    ...headline(paint.red('✗'), at, clause, paint),
    ...indented(why, 4, paint),
    ...labelled('reason', reason, paint),
    ...labelled('owner', owner, paint),
  ]);
  return section('Waivers that fail the run', lines, paint);
}

/** The known deviations that were seen, a waiver each. */
function waived(
  { cases }: Ledger,
  list: readonly WaiverStanding[],
  contract: Contract,
  paint: Paint,
): readonly string[] {
  const lines = list
    .filter(({ state }) => state === 'used')
    .flatMap(({ waiver, findings, cases: ids }) => [
      ...headline(paint.yellow('~'), waiver.clause, '', paint),
      ...indented(clauseText(contract, waiver.clause).sentence, 4, paint),
      ...labelled('seen', reasonOf(findings), paint),
      ...labelled('cases', compactIds(cases.filter(({ id }) => ids.includes(id))), paint),
      ...labelled('reason', waiver.reason, paint),
      ...labelled('waived', `until ${waiver.expires} by ${waiver.owner}, ${waiver.at}`, paint, paint.yellow),
    ]);
  return section('Waived: known deviations, which do not count against the target', lines, paint);
}

function undecided(list: readonly WaiverStanding[], paint: Paint): readonly string[] {
  const lines = list
    .filter(({ state }) => state === 'undecided')
    .flatMap(({ waiver: { at, clause, expires, owner }, why }) =>
      item(`${clause} (${at}, until ${expires}, ${owner}): ${why}`, paint),
    );
  return section('Waivers that this run can not decide', lines, paint);
}

/** Cases for the very same reason, such as a target that nobody reaches, are told once. */
function unanswered({ header, cases }: Ledger, paint: Paint): readonly string[] {
  const lines = [
    ...grouped(
      cases.filter(({ outcome }) => standingOf(outcome) === 'no-answer'),
      ({ outcome, reason }) => `${outcome} ${reason}`,
    ),
  ].flatMap(([first, ...others]) => [
    ...headline(
      paint.yellow('!'),
      others.length === 0 ? first.id : `${others.length + 1} cases`,
      first.outcome,
      paint,
    ),
    ...indented(first.reason, 4, paint),
    ...(others.length === 0 ? [] : labelled('cases', compactIds([first, ...others]), paint)),
    `${repeatLine(header, first)}${others.length === 0 ? '' : '   (the first of them)'}`,
  ]);
  return section('Without a usable answer (neither kept nor broken)', lines, paint);
}

function untestable(cases: readonly CaseRecord[], paint: Paint): readonly string[] {
  const lines = grouped(
    cases.filter((one) => standingOf(one.outcome) === 'not-testable' && !wasNotSent(one)),
    ({ outcome, reason, acknowledged }) => `${outcome} ${acknowledged} ${reason}`,
  ).flatMap(([first, ...others]) => {
    const { id, outcome, acknowledged } = first;
    const why =
      first.reason !== ''
        ? first.reason
        : outcome === 'not-exercised'
          ? meaning['not-exercised']
          : meaning['not-testable'];
    const whose = acknowledged ? ' (as the profile says)' : '';
    if (others.length === 0) return item(`${id}${whose}: ${why}`, paint);
    return item(`${others.length + 1} cases${whose}: ${why}: ${compactIds([first, ...others])}`, paint);
  });
  return section('Not testable', lines, paint);
}

type AtLeastOne<T> = readonly [T, ...(readonly T[])];

function grouped<T>(list: readonly T[], keyOf: (one: T) => string): readonly AtLeastOne<T>[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const one of list) {
    const group = groups.get(keyOf(one));
    if (group) group.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return [...groups.values()];
}

/** `parcel-search (8): found, …`: so many of each API that a reader knows which, never a screenful. */
function compactIds(cases: readonly CaseRecord[]): string {
  return grouped(cases, ({ api }) => api)
    .map((own) => {
      const names = own.map(({ id, api }) => (id.startsWith(`${api}/`) ? id.slice(api.length + 1) : id));
      const more = names.length > 3 ? ' …' : '';
      return `${own[0].api} (${own.length}): ${names.slice(0, 3).join(', ')}${more}`;
    })
    .join('; ');
}

/** What a good server does though no page promises it, and this target does not: apart from the verdict. */
function warnings(causes: readonly Cause[], paint: Paint): readonly string[] {
  const lines = causes
    .filter(({ outcome }) => outcome === 'warns')
    .flatMap(({ sentence, cases, clauses }) => {
      const more = cases.length > 3 ? ` and ${cases.length - 3} more` : '';
      return item(`${sentence} ${moreText(clauses)} (SHOULD): ${cases.slice(0, 3).join(', ')}${more}`, paint);
    });
  return section('Warnings (no page promises it; apart from the verdict)', lines, paint);
}

function notExercised(coverage: readonly ClauseCoverage[], paint: Paint): readonly string[] {
  const lines = grouped(
    coverage.filter(({ gap }) => gap !== undefined),
    ({ gap }) => gap ?? '',
  ).flatMap((group) => {
    const [{ gap }] = group;
    if (gap === undefined) return [];
    const ids = group.slice(0, 3).map(({ clause }) => clause.id);
    return item(`${group.length}: ${gaps[gap]}: ${ids.join(', ')}${group.length > 3 ? ' …' : ''}`, paint);
  });
  return section('Clauses not exercised (all of them in conformance.json)', lines, paint);
}

function unseenValues(coverage: readonly ClauseCoverage[], paint: Paint): readonly string[] {
  // Of an enum of which no value came there is nothing to tell but that its clause was not exercised.
  const lines = coverage.flatMap(({ clause, values }) => {
    if (!values || values.seen.length === 0 || values.seen.length === values.documented.length) return [];
    const unseen = values.documented.filter((value) => !values.seen.includes(value));
    return [
      clip(
        `  - ${clause.id}: ${values.seen.length} of ${values.documented.length}, not ${unseen.join(', ')}`,
        paint.columns,
      ),
    ];
  });
  return section('Values that no answer had', lines, paint);
}

/** What several cases say alike is told once. */
function notes(cases: readonly CaseRecord[], paint: Paint): readonly string[] {
  const lines = grouped(
    cases.flatMap((one) => one.notes.map((note) => ({ ...one, note }))),
    ({ note }) => note,
  ).flatMap(([first, ...others]) =>
    item(
      others.length === 0
        ? `${first.id}: ${first.note}`
        : `${others.length + 1} cases: ${first.note}: ${compactIds([first, ...others])}`,
      paint,
    ),
  );
  return section('Notes', lines, paint);
}

function ambiguities(cases: readonly CaseRecord[], contract: Contract, paint: Paint): readonly string[] {
  const seen = interpretationsSeen(cases, contract);
  const name = Math.max(
    0,
    ...seen.map(({ ambiguity, interpretation }) => columnsOf(`${ambiguity}.${interpretation}`)),
  );
  return section(
    'Where the documents allow several interpretations, the target follows',
    seen.map(({ ambiguity, interpretation, text }) =>
      clip(`  ${padEnd(`${ambiguity}.${interpretation}`, name)}  ${brief(text)}`, paint.columns),
    ),
    paint,
  );
}

/** What the run has done to what the target keeps. */
function changed(cases: readonly CaseRecord[], paint: Paint): readonly string[] {
  const { operations, made, gone } = changesOf(cases);
  const lines = [
    ...operations.map(({ api, effect, taken, unknown }) => {
      const doubt = unknown === 0 ? '' : `, and ${unknown} more of which nobody knows`;
      return `${api} ${effect}: ${plural(taken, 'request')} taken${doubt}`;
    }),
    ...made.map(({ case: id, what }) => {
      const isGone = gone.some((one) => one.case === id && one.what === what);
      return `${id}: ${what}: made${isGone ? ', and gone again' : ''}`;
    }),
  ];
  return section(
    'Done to the target',
    lines.flatMap((line) => item(line, paint)),
    paint,
  );
}

function section(name: string, lines: readonly string[], paint: Paint): readonly string[] {
  return lines.length === 0 ? [] : [...wrap(name, paint.columns).map(paint.bold), ...lines];
}

function item(text: string, paint: Paint): readonly string[] {
  return wrap(brief(text), paint.columns - 4).map((line, index) => `${index === 0 ? '  - ' : '    '}${line}`);
}

/** What a block is about, and a few words on the same line when there is room for them. */
function headline(mark: string, name: string, text: string, paint: Paint): readonly string[] {
  const lines = wrap(brief(name), paint.columns - 2);
  const shown = lines.map((line, index) => `${index === 0 ? mark : ' '} ${paint.bold(line)}`);
  const room = paint.columns - 4 - columnsOf(lines[0] ?? '');
  if (text === '') return shown;
  if (lines.length === 1 && room >= 15) return [`${shown.join('')}  ${clip(brief(text), room)}`];
  return [...shown, ...indented(text, 4, paint)];
}

function indented(text: string, by: number, paint: Paint): readonly string[] {
  return wrap(brief(text), paint.columns - by).map((line) => `${' '.repeat(by)}${line}`);
}

function labelled(
  label: string,
  text: string,
  paint: Paint,
  color: (text: string) => string = same,
): readonly string[] {
  return wrap(brief(text), paint.columns - 14).map(
    (line, index) => `    ${padEnd(index === 0 ? label : '', 10)}${color(line)}`,
  );
}

/** In one piece, so that it can be copied. */
function repeatLine(header: LedgerHeader, record: CaseRecord): string {
  return inOnePiece('repeat', repeatCommand(header, record));
}

function inOnePiece(label: string, command: string): string {
  return `    ${padEnd(label, 10)}${printable(command)}`;
}

function alignedPairs(pairs: readonly (readonly [string, string])[]): readonly string[] {
  const longest = Math.max(0, ...pairs.map(([left]) => columnsOf(left)));
  return pairs.map(([left, right]) => `  ${padEnd(left, longest)}  ${printable(right)}`);
}

function plural(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
