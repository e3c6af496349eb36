import { families, type Row, type Seen } from './row.ts';

export interface Result {
  readonly row: Row;
  readonly untried: boolean;
  /** Milliseconds. */
  readonly duration: number;
  readonly seen: Seen;
}

const titles: Readonly<Record<(typeof families)[number], string>> = {
  target: 'Targets',
  process: 'Processes and signals',
  disk: 'Files and disks',
  profile: 'Profiles and settings',
  text: 'Texts',
  secret: 'Secrets and personal data',
  suite: 'Mistakes in the suite',
};

/** One result for the terminal: a line, and one more for each problem. */
export function resultLine({ row, untried, duration, seen }: Result): string {
  const state = untried ? '-' : seen.problems.length === 0 ? 'ok' : 'NOT OK';
  return [
    `${state.padEnd(6)} ${row.id}  ${(duration / 1000).toFixed(1)} s  ${seen.happened}`,
    ...seen.problems.map((problem) => `       ${problem.replaceAll('\n', '\n       ')}`),
  ].join('\n');
}

/** `docs/reliability.md`, as Markdown. */
export function tableText(results: readonly Result[]): string {
  const sections = families.flatMap((family) => {
    const own = results.filter(({ row }) => row.id.startsWith(`${family}/`));
    if (own.length === 0) return [];
    return [
      `## ${titles[family]}`,
      '',
      '| | what happens | what came | exit code | written | seconds |',
      '| --- | --- | --- | --- | --- | --- |',
      ...own.map(({ row, untried, duration, seen }) =>
        [
          '',
          `\`${row.id}\``,
          cell(row.hostile),
          cell(untried || seen.problems.length === 0 ? seen.happened : `**${seen.problems.join('; ')}**`),
          seen.exitCode === null ? '' : String(seen.exitCode),
          cell(seen.wrote),
          untried ? '' : (duration / 1000).toFixed(1),
          '',
        ]
          .join(' | ')
          .trim(),
      ),
      '',
    ];
  });
  const held = results.filter(({ seen, untried }) => !untried && seen.problems.length === 0).length;
  return [
    '# Reliability',
    '',
    '`npm run hostile` puts the suite into every trouble below and checks what comes of it. This page is written by',
    '`npm run hostile -- --write`.',
    '',
    `${results.length} rows, ${held} hold.`,
    '',
    ...sections,
  ].join('\n');
}

function cell(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\|<>*_`]/g, '\\$&')
    .trim();
}
