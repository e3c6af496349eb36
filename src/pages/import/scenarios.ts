import { normal } from '../check/item.ts';
import { TODO } from '../open-places.ts';
import type { CodeRow, PageContent, ScenarioTitle } from '../page.ts';
import type { OpenQuestions } from './open-questions.ts';
import { slug } from './open-questions.ts';
import type { SourcePage } from './source-page.ts';
import { quoted, scalar } from './yaml-text.ts';

/** A row that a draft can hold: with its code and message. */
export interface WholeRow extends CodeRow {
  readonly code: NonNullable<CodeRow['code']>;
  readonly message: NonNullable<CodeRow['message']>;
}

interface Assigned {
  readonly scenario: ScenarioTitle;
  readonly row: WholeRow;
  /** Whether the page tells: the title is the description or message of the row, or there is no other row. */
  readonly certain: boolean;
  /** The page shows no scenario, the row stands in for it. */
  readonly cut?: true;
}

export interface Matched {
  /** Rows that a scenario belongs to; the documents hold no other ones. */
  readonly rows: readonly WholeRow[];
  readonly assigned: readonly Assigned[];
}

/** Finds the code that each scenario is answered with. What has no partner becomes an open question. */
export function matchScenarios(page: PageContent, questions: OpenQuestions): Matched {
  const rows = (page.responseCode?.rows ?? []).flatMap((row): WholeRow[] => {
    const { code, message, status } = row;
    if (code !== undefined && message !== undefined) return [{ ...row, code, message }];
    questions.add({
      about: `row-of-line-${status.line}`,
      text: `The row "${status.value}" on line ${status.line} has no code or no message.`,
      lines: [status.line],
      assumed: 'Left out.',
    });
    return [];
  });
  // A cut page without test data: each row stands for a scenario, whose title the page would tell.
  if ((page.testData?.titles ?? []).length === 0) return { rows, assigned: rows.map(standIn) };
  const assigned: Assigned[] = [];
  for (const scenario of page.testData?.titles ?? []) {
    const fitting = rows.filter((row) => row.status.value === scenario.status);
    const told =
      fitting.find((row) => tells(row, scenario)) ?? (fitting.length === 1 ? fitting[0] : undefined);
    const guess = told ?? fitting.find((row) => !assigned.some((one) => one.row === row)) ?? fitting[0];
    if (guess !== undefined) assigned.push({ scenario, row: guess, certain: told !== undefined });
    else {
      questions.add({
        about: `scenario-of-line-${scenario.line}`,
        text: `The scenario "${scenario.status} - ${normal(scenario.title)}" has a status that no code row has.`,
        lines: [scenario.line],
        assumed: 'Left out.',
      });
    }
  }
  const kept = rows.filter((row) => assigned.some((one) => one.row === row));
  for (const row of rows.filter((one) => !kept.includes(one))) {
    questions.add({
      about: `scenario-for-${row.code.value}`,
      text: `No scenario belongs to the row "${row.status.value}" with ${row.code.value}, "${normal(row.message.value)}".`,
      lines: [row.status.line],
      assumed: 'Left out: nothing could exercise it.',
    });
  }
  return { rows: kept, assigned };
}

function standIn(row: WholeRow): Assigned {
  const title = row.description[0]?.value ?? row.message.value;
  return {
    scenario: { status: row.status.value, title, line: row.status.line },
    row,
    certain: true,
    cut: true,
  };
}

/** Whether the title of a scenario is what a row says of itself. */
function tells(row: WholeRow, { title }: ScenarioTitle): boolean {
  const plain = (text: string) =>
    normal(text)
      .toLowerCase()
      .replace(/[.\s]+$/, '');
  const said = [row.message, ...row.description].map(({ value }) => plain(value));
  return said.includes(plain(title)) || title.includes(row.code.value);
}

/**
 * The file `specs/apis/<api>.yaml`.
 *
 * @param badValue the code of a request that breaks a limit
 */
export function specText(api: string, source: SourcePage, { assigned }: Matched, badValue: string): string {
  const taken = new Set<string>();
  const entries = assigned.flatMap(({ scenario, row, certain, cut }) => {
    const said = [scenario.title, row.message.value, `code-${row.code.value}`]
      .map(slug)
      .find((one) => one !== '');
    const base = (said ?? 'scenario').slice(0, 40).replace(/-+$/, '');
    let id = base;
    for (let count = 2; taken.has(id); count++) id = `${base}-${count}`;
    taken.add(id);
    const title = scalar(`${scenario.status} - ${scenario.title}`);
    return [
      `  - id: ${id}`,
      `    title: ${title}${cut === true ? ` # ${TODO}: the page is cut before its test data; the title is that of the row` : ''}`,
      `    status: ${scenario.status}`,
      `    code: ${quoted(row.code.value)}${certain ? '' : ` # ${TODO}: guessed, the page does not say which code it is`}`,
      `    given: ${quoted(`${TODO}: what must be true beforehand.`)}`,
      ...(row.code.value === badValue ? ['    breaksRequest: true'] : []),
      `    source: ${source.citeLine(scenario.line)}`,
    ];
  });
  return [
    '# What the page promises beyond the OpenAPI document: the prepared scenarios.',
    `api: ${api}`,
    'scenarios:',
    ...entries,
    '',
  ].join('\n');
}
