import { normal } from '../check/item.ts';
import type { CodeRow, PageContent, ScenarioTitle } from '../page.ts';
import type { OpenQuestions } from './open-questions.ts';
import { slug } from './open-questions.ts';
import type { SourcePage } from './source-page.ts';
import { quoted, scalar, TODO } from './yaml-text.ts';

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
    questions.add(
      `row-of-line-${status.line}`,
      `The row "${status.value}" on line ${status.line} has no code or no message.`,
      [status.line],
      'Left out.',
    );
    return [];
  });
  const assigned: Assigned[] = [];
  for (const scenario of page.testData?.titles ?? []) {
    const fitting = rows.filter((row) => row.status.value === scenario.status);
    const told =
      fitting.find((row) => tells(row, scenario)) ?? (fitting.length === 1 ? fitting[0] : undefined);
    const guess = told ?? fitting.find((row) => !assigned.some((one) => one.row === row)) ?? fitting[0];
    if (guess !== undefined) assigned.push({ scenario, row: guess, certain: told !== undefined });
    else {
      questions.add(
        `scenario-of-line-${scenario.line}`,
        `The scenario "${scenario.status} - ${normal(scenario.title)}" has a status that no code row has.`,
        [scenario.line],
        'Left out.',
      );
    }
  }
  const kept = rows.filter((row) => assigned.some((one) => one.row === row));
  for (const row of rows.filter((one) => !kept.includes(one))) {
    questions.add(
      `scenario-for-${row.code.value}`,
      `No scenario belongs to the row "${row.status.value}" with ${row.code.value}, "${normal(row.message.value)}".`,
      [row.status.line],
      'Left out: nothing could exercise it.',
    );
  }
  return { rows: kept, assigned };
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
  const entries = assigned.flatMap(({ scenario, row, certain }, index) => {
    const base = slug(scenario.title).slice(0, 40).replace(/-+$/, '') || `scenario-${index + 1}`;
    let id = base;
    for (let count = 2; taken.has(id); count++) id = `${base}-${count}`;
    taken.add(id);
    return [
      `  - id: ${id} # ${TODO}: fixed for good once it is published`,
      `    title: ${scalar(`${scenario.status} - ${scenario.title}`)}`,
      `    status: ${scenario.status}`,
      `    code: ${quoted(row.code.value)}${certain ? '' : ` # ${TODO}: guessed, the page does not say which code it is`}`,
      `    given: ${quoted(`${TODO}: what must be true beforehand.`)}`,
      ...(row.code.value === badValue
        ? [`    breaksRequest: true # ${TODO}: if the prepared request breaks a limit`]
        : []),
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
