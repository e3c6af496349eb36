import type { Contract } from '../contract/model.ts';
import { reasonOf } from '../judge/evidence.ts';
import {
  type ApiClauses,
  type ClauseCoverage,
  type ClauseStanding,
  causes,
  clauseCoverage,
  clauseLabels,
  clauseStandings,
  countClauses,
} from './coverage.ts';
import { meaning } from './failure.ts';
import type { Ledger } from './ledger.ts';
import { clip, columnsOf, padEnd, padStart, printable, wrap } from './printable.ts';
import type { CaseRecord, LedgerHeader } from './record.ts';
import { repeatCommand, targetName } from './repeat.ts';
import { clauseText, sourceText } from './source.ts';
import { type ApiTally, readingsSeen, type Standing, standingOf, standings, tally } from './tally.ts';
import { exitCodeOf, fails, type WaiverStanding, waiverStandings } from './waivers.ts';

export interface SummaryOptions {
  /** Whether to colour with ANSI codes. */
  readonly color: boolean;
  /** The reports that the run has left, as a reader can open them. */
  readonly reports: readonly { readonly what: string; readonly file: string }[];
  /** Clause id → why there is no case (`specs/untested.yaml`). */
  readonly untested?: ReadonlyMap<string, string>;
}

const width = 110;

/** Whether a stream wants colours: FORCE_COLOR and NO_COLOR decide, otherwise whether it is a terminal. */
export function wantsColor(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '') return env.FORCE_COLOR !== '0';
  return stream.isTTY === true && env.TERM !== 'dumb';
}

/** A run as a person reads it in a terminal: the verdict first. Lines have at most 110 columns, but for commands. */
export function summary(ledger: Ledger, contract: Contract, options: SummaryOptions): string {
  const paint = options.color ? colored : plain;
  const { header, cases, footer } = ledger;
  const coverage = clauseCoverage(ledger, contract, options.untested ?? new Map());
  const waivers = waiverStandings(ledger, contract);
  const sections = [
    [...title(ledger, exitCodeOf(ledger, contract), waivers.filter(fails), paint), ...selection(header)],
    ...tables(tally(cases, contract), countClauses(coverage, contract), paint),
    failures(ledger, contract, paint),
    failing(waivers.filter(fails), paint),
    waived(ledger, waivers, contract, paint),
    undecided(waivers, paint),
    warnings(cases, paint),
    unanswered(ledger, paint),
    untestable(cases, paint),
    section(
      'Trouble of the run itself',
      footer.problems.flatMap((problem) => item(problem)),
      paint,
    ),
    notExercised(coverage, paint),
    unseenValues(coverage, paint),
    ambiguities(cases, contract, paint),
    section(
      'Notes',
      cases.flatMap(({ id, notes }) => notes.flatMap((note) => item(`${id}: ${note}`))),
      paint,
    ),
    section(
      'May be left on the target',
      cases.flatMap(({ id, left = [] }) => left.flatMap((line) => item(`${id}: ${line}`))),
      paint,
    ),
    section('Reports', alignedPairs(options.reports.map(({ what, file }) => [what, file])), paint),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

type Paint = Readonly<Record<'bold' | 'dim' | 'red' | 'green' | 'yellow', (text: string) => string>>;

const ansi = (code: number) => (text: string) => `\u001b[${code}m${text}\u001b[0m`;
const colored: Paint = { bold: ansi(1), dim: ansi(2), red: ansi(31), green: ansi(32), yellow: ansi(33) };
const same = (text: string) => text;
const plain: Paint = { bold: same, dim: same, red: same, green: same, yellow: same };

function title(
  { header, cases, footer }: Ledger,
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
    conformant: conformantBecause(cases),
    nonconformant: `${plural(brokenPromises(cases), 'documented promise')} broken, in ${plural(count(cases, 'failed'), nounOf(cases))}`,
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
    ...wrap(`${because} (exit code ${exitCode})`, width - head.length - 2).map((line, index) =>
      index === 0 ? `${paint.bold(color(head))}  ${line}` : `${' '.repeat(head.length + 2)}${line}`,
    ),
    ...wrap(printable(`Target ${targetName(target) ?? '(unnamed)'}${url}`), width),
    paint.dim(
      clip(
        printable(`${documents.title} ${documents.version} · ${tool.name} ${tool.version} · seed ${seed}`),
        width,
      ),
    ),
  ];
}

function conformantBecause(cases: readonly CaseRecord[]): string {
  const untestable = count(cases, 'not-testable');
  const waivedCases = count(cases, 'waived');
  return [
    `${plural(count(cases, 'passed'), nounOf(cases))} kept what is documented`,
    ...(waivedCases === 0 ? [] : [`${waivedCases} waived`]),
    ...(untestable === 0 ? [] : [`${untestable} not testable`]),
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
  const parts = [
    ...(cases.length === 0 ? ['no case was chosen'] : []),
    ...(count(cases, 'no-answer') > 0
      ? [`${plural(count(cases, 'no-answer'), nounOf(cases))} without a usable answer`]
      : []),
    ...(count(cases, 'not-testable') > 0 ? [`${count(cases, 'not-testable')} not testable`] : []),
    ...(problems.length > 0 ? ['trouble of the run itself'] : []),
  ];
  return `nothing broken was seen, but not everything could be judged: ${parts.join(', ')}`;
}

function nounOf(cases: readonly CaseRecord[]): string {
  return cases.every(({ kind }) => kind === 'scenario') ? 'scenario' : 'case';
}

function brokenPromises(cases: readonly CaseRecord[]): number {
  return new Set(
    cases.flatMap(({ findings }) =>
      findings.filter(({ outcome }) => outcome === 'violates').map(({ clause }) => clause),
    ),
  ).size;
}

function count(cases: readonly CaseRecord[], standing: Standing): number {
  return cases.filter(({ outcome }) => standingOf(outcome) === standing).length;
}

function selection({ cases, selection: { grep, shard } }: LedgerHeader): readonly string[] {
  if (cases.planned === cases.all) return [];
  const by = [
    ...(grep === undefined ? [] : [grep.startsWith('--') ? grep : `--grep ${grep}`]),
    ...(shard === undefined ? [] : [`--shard ${shard}`]),
  ];
  const how = by.length === 0 ? '' : ` (${by.join(' ')})`;
  return [
    '',
    ...wrap(
      printable(
        `** ${cases.planned} of ${cases.all} cases chosen${how}: the verdict says nothing of the others. **`,
      ),
      width,
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
  for (const group of groups) {
    const last = rows.at(-1) ?? [];
    const taken = [...last, group].reduce((sum, one) => sum + widthOf(one) + 3, name - 1);
    if (taken > width && last.length > 0) rows.push([group]);
    else last.push(group);
  }
  return rows.map((fitting) => table(names, name, fitting, paint));
}

/** The columns that have anything to tell; the first few always do. */
function used(columns: readonly Column[], always: number): readonly Column[] {
  return columns.filter(({ values }, index) => index < always || values.some((value) => value > 0));
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

function failures({ header, cases }: Ledger, contract: Contract, paint: Paint): readonly string[] {
  const failed = cases.filter(({ outcome }) => standingOf(outcome) === 'failed');
  const blocks = failed.map((record) => [
    `${paint.red('✗')} ${paint.bold(record.id)}  ${clip(printable(record.title), width - 4 - columnsOf(record.id))}`,
    ...record.findings
      .filter(({ outcome }) => outcome === 'violates')
      .flatMap((finding) => {
        const { sentence, source } = clauseText(contract, finding.clause);
        return [
          ...indented(printable(sentence), 4),
          ...labelled('clause', finding.clause),
          ...labelled('place', finding.place),
          ...labelled('expected', finding.expected, paint.green),
          ...labelled('actual', finding.actual, paint.red),
          ...labelled('source', sourceText(source)),
        ];
      }),
    `    ${padEnd('repeat', 10)}${repeatCommand(header, record)}`,
  ]);
  return section(
    'Broken promises',
    blocks.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines])),
    paint,
  );
}

/** Waivers that have to be mended before a run can exit with 0. */
function failing(list: readonly WaiverStanding[], paint: Paint): readonly string[] {
  const lines = list.flatMap(({ waiver: { at, clause, reason, owner }, why }) => [
    `${paint.red('✗')} ${paint.bold(at)}  ${clip(clause, width - 4 - columnsOf(at))}`,
    ...indented(printable(why), 4),
    ...labelled('reason', reason),
    ...labelled('owner', owner),
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
      `${paint.yellow('~')} ${paint.bold(clip(waiver.clause, width - 2))}`,
      ...indented(printable(clauseText(contract, waiver.clause).sentence), 4),
      ...labelled('seen', reasonOf(findings)),
      ...labelled('cases', compactIds(cases.filter(({ id }) => ids.includes(id)))),
      ...labelled('reason', waiver.reason),
      ...labelled('waived', `until ${waiver.expires} by ${waiver.owner}, ${waiver.at}`, paint.yellow),
    ]);
  return section('Waived: known deviations, which do not count against the target', lines, paint);
}

function undecided(list: readonly WaiverStanding[], paint: Paint): readonly string[] {
  const lines = list
    .filter(({ state }) => state === 'undecided')
    .flatMap(({ waiver: { at, clause, expires, owner }, why }) =>
      item(`${clause} (${at}, until ${expires}, ${owner}): ${why}`),
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
    `${paint.yellow('!')} ${paint.bold(others.length === 0 ? first.id : `${others.length + 1} cases`)}  ${first.outcome}`,
    ...indented(printable(first.reason), 4),
    ...(others.length === 0 ? [] : labelled('cases', compactIds([first, ...others]))),
    `    ${padEnd('repeat', 10)}${repeatCommand(header, first)}${others.length === 0 ? '' : '   (the first of them)'}`,
  ]);
  return section('Without a usable answer (neither kept nor broken)', lines, paint);
}

function untestable(cases: readonly CaseRecord[], paint: Paint): readonly string[] {
  const lines = grouped(
    cases.filter(({ outcome }) => standingOf(outcome) === 'not-testable'),
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
    if (others.length === 0) return item(`${id}${whose}: ${why}`);
    return item(`${others.length + 1} cases${whose}: ${why}: ${compactIds([first, ...others])}`);
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

/** `ars-inquiry (8): succeeded, …`: so many of each API that a reader knows which, never a screenful. */
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
function warnings(cases: readonly CaseRecord[], paint: Paint): readonly string[] {
  const alike = new Map<string, string[]>();
  for (const { id, findings } of cases) {
    for (const { clause, outcome, place, expected, actual } of findings) {
      if (outcome !== 'warns') continue;
      const text = `${clause} (SHOULD): ${place}, expected ${expected}, got ${actual}`;
      alike.set(text, [...(alike.get(text) ?? []), id]);
    }
  }
  const lines = [...alike].flatMap(([text, ids]) => {
    const more = ids.length > 3 ? ` and ${ids.length - 3} more` : '';
    return item(`${text}: ${ids.slice(0, 3).join(', ')}${more}`);
  });
  return section('Warnings (no page promises it; apart from the verdict)', lines, paint);
}

function notExercised(coverage: readonly ClauseCoverage[], paint: Paint): readonly string[] {
  const lines = grouped(
    coverage.filter(({ cause }) => cause !== undefined),
    ({ cause }) => cause ?? '',
  ).flatMap((group) => {
    const [{ cause }] = group;
    if (cause === undefined) return [];
    const ids = group.slice(0, 3).map(({ clause }) => clause.id);
    return item(`${group.length}: ${causes[cause]}: ${ids.join(', ')}${group.length > 3 ? ' …' : ''}`);
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
        width,
      ),
    ];
  });
  return section('Values that no answer had', lines, paint);
}

function ambiguities(cases: readonly CaseRecord[], contract: Contract, paint: Paint): readonly string[] {
  const seen = readingsSeen(cases, contract);
  const name = Math.max(0, ...seen.map(({ ambiguity, reading }) => columnsOf(`${ambiguity}.${reading}`)));
  return section(
    'Where the documents allow several readings, the target follows',
    seen.map(({ ambiguity, reading, text }) =>
      clip(`  ${padEnd(`${ambiguity}.${reading}`, name)}  ${printable(text)}`, width),
    ),
    paint,
  );
}

function section(name: string, lines: readonly string[], paint: Paint): readonly string[] {
  return lines.length === 0 ? [] : [paint.bold(name), ...lines];
}

function item(text: string): readonly string[] {
  return wrap(printable(text), width - 4).map((line, index) => `${index === 0 ? '  - ' : '    '}${line}`);
}

function indented(text: string, by: number): readonly string[] {
  return wrap(text, width - by).map((line) => `${' '.repeat(by)}${line}`);
}

function labelled(label: string, text: string, paint: (text: string) => string = same): readonly string[] {
  return wrap(printable(text), width - 14).map(
    (line, index) => `    ${padEnd(index === 0 ? label : '', 10)}${paint(line)}`,
  );
}

function alignedPairs(pairs: readonly (readonly [string, string])[]): readonly string[] {
  const longest = Math.max(0, ...pairs.map(([left]) => columnsOf(left)));
  return pairs.map(([left, right]) => `  ${padEnd(left, longest)}  ${right}`);
}

function plural(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
