import type { Contract } from '../contract/model.ts';
import { exitCodes } from '../judge/verdict.ts';
import { meaning } from './failure.ts';
import type { Ledger } from './ledger.ts';
import { clip, columnsOf, padEnd, padStart, printable, wrap } from './printable.ts';
import type { CaseRecord, LedgerHeader } from './record.ts';
import { repeatCommand, targetName } from './repeat.ts';
import { clauseText, sourceText } from './source.ts';
import { type ApiTally, readingsSeen, type Standing, standingOf, tally } from './tally.ts';

export interface SummaryOptions {
  /** Whether to colour with ANSI codes. */
  readonly color: boolean;
  /** The reports that the run has left, as a reader can open them. */
  readonly reports: readonly { readonly what: string; readonly file: string }[];
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
  const sections = [
    [...title(ledger, paint), ...selection(header)],
    table(tally(cases, contract), paint),
    failures(ledger, contract, paint),
    unanswered(ledger, paint),
    untestable(cases, paint),
    section(
      'Trouble of the run itself',
      footer.problems.flatMap((problem) => item(problem)),
      paint,
    ),
    ambiguities(cases, contract, paint),
    section(
      'Notes',
      cases.flatMap(({ id, notes }) => notes.flatMap((note) => item(`${id}: ${note}`))),
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

function title({ header, cases, footer }: Ledger, paint: Paint): readonly string[] {
  const { verdict } = footer;
  const color = { conformant: paint.green, nonconformant: paint.red, incomplete: paint.yellow }[verdict];
  const because = {
    conformant: conformantBecause(cases),
    nonconformant: `${plural(brokenPromises(cases), 'documented promise')} broken, in ${plural(count(cases, 'failed'), 'scenario')}`,
    incomplete: incompleteBecause(cases, footer.problems),
  }[verdict];
  const { documents, tool, seed, target } = header;
  const url = typeof target.baseUrl === 'string' ? ` at ${target.baseUrl}` : '';
  return [
    `${paint.bold(color(verdict.toUpperCase()))}  ${because} ${paint.dim(`(exit code ${exitCodes[verdict]})`)}`,
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
  const kept = `${plural(count(cases, 'passed'), 'scenario')} kept what is documented`;
  return untestable === 0 ? kept : `${kept}, ${untestable} not testable`;
}

function incompleteBecause(cases: readonly CaseRecord[], problems: readonly string[]): string {
  const parts = [
    ...(cases.length === 0 ? ['no case was chosen'] : []),
    ...(count(cases, 'no-answer') > 0
      ? [`${plural(count(cases, 'no-answer'), 'scenario')} without a usable answer`]
      : []),
    ...(count(cases, 'not-testable') > 0 ? [`${count(cases, 'not-testable')} not testable`] : []),
    ...(problems.length > 0 ? ['trouble of the run itself'] : []),
  ];
  return `nothing broken was seen, but not everything could be judged: ${parts.join(', ')}`;
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
    ...(grep === undefined ? [] : [`--grep ${grep}`]),
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

const columns: readonly (readonly [Standing, string])[] = [
  ['passed', 'passed'],
  ['failed', 'failed'],
  ['not-testable', 'not testable'],
  ['no-answer', 'no answer'],
  ['not-chosen', 'not chosen'],
];

function table(tallies: readonly ApiTally[], paint: Paint): readonly string[] {
  const used = (side: 'scenarios' | 'codes') =>
    columns.filter(
      ([standing]) =>
        standing === 'passed' || standing === 'failed' || tallies.some((one) => one[side][standing] > 0),
    );
  const name = Math.max(3, ...tallies.map(({ api }) => columnsOf(api.id)));
  const cells = (side: 'scenarios' | 'codes', of: (standing: Standing) => number) =>
    used(side).map(([standing, label]) => {
      const value = of(standing);
      const text = padStart(value === 0 ? '·' : String(value), label.length);
      if (value === 0) return paint.dim(text);
      if (standing === 'passed') return paint.green(text);
      return standing === 'failed' ? paint.red(text) : paint.yellow(text);
    });
  const heads = (side: 'scenarios' | 'codes') =>
    used(side)
      .map(([, label]) => label)
      .join('  ');
  const group = (side: 'scenarios' | 'codes', text: string) => padEnd(text, columnsOf(heads(side)));
  const row = (label: string, of: (side: 'scenarios' | 'codes') => (standing: Standing) => number) =>
    `${padEnd(label, name)}  ${cells('scenarios', of('scenarios')).join('  ')}   ${cells('codes', of('codes')).join('  ')}`;
  const total = (side: 'scenarios' | 'codes') => (standing: Standing) =>
    tallies.reduce((sum, one) => sum + one[side][standing], 0);
  return [
    paint.bold(
      `${' '.repeat(name)}  ${group('scenarios', 'Scenarios')}   ${group('codes', 'Code rows')}`.trimEnd(),
    ),
    paint.dim(`${padEnd('API', name)}  ${heads('scenarios')}   ${heads('codes')}`),
    ...tallies.map((one) => row(one.api.id, (side) => (standing) => one[side][standing])),
    paint.bold(row('all', total)),
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
    `    ${padEnd('repeat', 10)}${repeatCommand(header, record.id)}`,
  ]);
  return section(
    'Broken promises',
    blocks.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines])),
    paint,
  );
}

function unanswered({ header, cases }: Ledger, paint: Paint): readonly string[] {
  const lines = cases
    .filter(({ outcome }) => standingOf(outcome) === 'no-answer')
    .flatMap((record) => [
      `${paint.yellow('!')} ${paint.bold(record.id)}  ${record.outcome}`,
      ...indented(printable(record.reason), 4),
      `    ${padEnd('repeat', 10)}${repeatCommand(header, record.id)}`,
    ]);
  return section('Without a usable answer (neither kept nor broken)', lines, paint);
}

function untestable(cases: readonly CaseRecord[], paint: Paint): readonly string[] {
  const lines = cases
    .filter(({ outcome }) => standingOf(outcome) === 'not-testable')
    .flatMap(({ id, outcome, reason, acknowledged }) => {
      const why =
        reason !== ''
          ? reason
          : outcome === 'not-exercised'
            ? meaning['not-exercised']
            : meaning['not-testable'];
      return item(`${id}${acknowledged ? ' (as the profile says)' : ''}: ${why}`);
    });
  return section('Not testable', lines, paint);
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
