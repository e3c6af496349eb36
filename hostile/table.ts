import { tmpdir } from 'node:os';
import { printable } from '../src/printable.ts';
import { type Family, families, type Row, type Seen } from './row.ts';
import { root } from './tools.ts';

/** What came of trying a row. */
export interface Result {
  readonly row: Row;
  /** Why it was not tried, if so. */
  readonly untried?: string;
  /** Milliseconds. */
  readonly duration: number;
  readonly seen: Seen;
}

/** A pass of all rows. */
export interface Page {
  readonly results: readonly Result[];
  readonly seconds: number;
}

const titles: Readonly<Record<Family, string>> = {
  target: 'Targets',
  network: 'The way to a target',
  process: 'Processes and signals',
  disk: 'Files and disks',
  profile: 'Profiles and settings',
  text: 'Texts',
  secret: 'Secrets and personal data',
  suite: 'Mistakes in the suite',
};

const promises: Readonly<Record<Family, string>> = {
  target:
    'Whatever a target sends, or does not send, ends in time and in a judgement that it deserves: an answer of the API is kept or broken, and what is none makes the run incomplete.',
  network:
    'A target that is far, slow, limited, silent or gone costs no more than a minute in vain, nothing is done to it twice, and what was not done is said in one sentence.',
  process:
    'A run that is stopped sends nothing more, tidies up, leaves no process and is never taken for a finished one.',
  disk: 'Where files can not be read or written, a sentence says so, the exit code is never that of a verdict, and nothing that is not ours is touched.',
  profile:
    'A mistake in a profile or a setting is told in a sentence, with its place, before anything is sent.',
  text: 'Text of others, of a target, a profile or a documentation page, is shown as text: no terminal, CI system, page or program for tables obeys it.',
  secret:
    'Keys, tokens, card numbers and personal data come out nowhere, in no encoding and in no piece; what is no secret stays readable.',
  suite:
    'A mistake of the suite itself, such as a change of a request that changes nothing, is never taken for a fault of the target, nor for a pass.',
};

/** One result for the terminal: a line, and one more for each problem. */
export function resultLine({ row, untried, duration, seen }: Result): string {
  if (untried !== undefined) return `-      ${row.id}  not tried: ${untried}`;
  const state = seen.problems.length === 0 ? 'ok' : 'NOT OK';
  return [
    `${state.padEnd(6)} ${row.id}  ${(duration / 1000).toFixed(1)} s  ${seen.happened}`.trimEnd(),
    ...seen.problems.map((problem) => `       ${problem.replaceAll('\n', '\n       ')}`),
  ].join('\n');
}

/** `docs/reliability.md`. */
export function pageText({ results, seconds }: Page): string {
  const own = (family: Family) => results.filter(({ row }) => row.id.startsWith(`${family}/`));
  const there = families.filter((family) => own(family).length > 0);
  return [
    '# Reliability',
    '',
    'What the suite promises in trouble:',
    '',
    '- A green that is not green does not exist: conformant (exit code 0) means that every chosen case was judged.',
    '- Neither does a red that is not red: nonconformant (1) means that an answer broke a documented promise, and never',
    '  that something else went wrong. That is told as usage or configuration (2) or as incomplete (3), in one line.',
    '- Every trouble ends in time, leaves no process and no half-written result that could be taken for a whole one.',
    '- What comes out holds no secret, and nothing that anybody obeys.',
    '',
    '`npm run hostile` brings about every trouble below and checks what comes of it. It wrote this page with `--write`;',
    '`npm run hostile -- <part of an id>` tries some again.',
    '',
    `${counts(results)}, in ${seconds} seconds.`,
    '',
    '| | rows | hold | do not | not tried |',
    '| --- | --- | --- | --- | --- |',
    ...there.map((family) => {
      const { rows, hold, fail, untried } = counted(own(family));
      return `| [${titles[family]}](#${anchor(titles[family])}) | ${rows} | ${hold} | ${fail} | ${untried} |`;
    }),
    '',
    ...there.flatMap((family) => [
      `## ${titles[family]}`,
      '',
      promises[family],
      '',
      '| what happens | what must be seen | what came | exit code | written | seconds |',
      '| --- | --- | --- | --- | --- | --- |',
      ...own(family).map(tableRow),
      '',
    ]),
  ].join('\n');
}

function tableRow({ row, untried, duration, seen }: Result): string {
  const came =
    untried !== undefined
      ? `not tried here: ${cell(untried)}`
      : seen.problems.length === 0
        ? cell(seen.happened)
        : `**does not hold: ${cell(seen.problems.join('; '))}**`;
  const cells = [
    `${cell(row.hostile)}<br>\`${row.id}\``,
    cell(row.expected),
    came,
    seen.exitCode === null ? '' : String(seen.exitCode),
    cell(seen.wrote),
    untried === undefined ? (duration / 1000).toFixed(1) : '',
  ];
  return `| ${cells.join(' | ')} |`;
}

function counted(results: readonly Result[]) {
  const untried = results.filter((one) => one.untried !== undefined).length;
  const fail = results.filter(({ seen }) => seen.problems.length > 0).length;
  return { rows: results.length, hold: results.length - untried - fail, fail, untried };
}

function counts(results: readonly Result[]): string {
  const { rows, hold, fail, untried } = counted(results);
  return [
    `${rows} rows: ${hold} hold`,
    ...(fail === 0 ? [] : [`${fail} do not`]),
    ...(untried === 0 ? [] : [`${untried} not tried`]),
  ].join(', ');
}

/** As GitHub makes it of a heading. */
function anchor(title: string): string {
  return title.toLowerCase().replaceAll(' ', '-');
}

/** A text within a cell: one line, without folders of this machine, escaped where Markdown would read more into it. */
function cell(text: string): string {
  const folders = new RegExp(`${literal(tmpdir())}/[\\w-]*konaplate-[\\w-]+`, 'g');
  return printable(text.replaceAll(root, '.').replaceAll(folders, '…').replaceAll(/\s+/g, ' '))
    .replaceAll(/[\\|<>*_`[\]~&]/g, '\\$&')
    .trim();
}

function literal(text: string): string {
  return text.replaceAll(/[^\w/]/g, '\\$&');
}
