/** The test data: see `Scenarios` in the grammar of parse.ts. */

import { atEnd, type Cursor, parseShowAll, textOf } from './cursor.ts';
import { DASHES } from './labels.ts';
import type { Fact, ScenarioSection, ScenarioTitle } from './page.ts';
import { isStatus } from './parse-codes.ts';
import type { Token } from './scan.ts';

/** Reads the test data, the heading being consumed already, to the next heading or the panel. */
export function parseScenarios(cursor: Cursor, heading: Token): ScenarioSection {
  const titles: ScenarioTitle[] = [];
  let incomplete: Fact<true> | undefined;
  for (let token = cursor.peek(); token !== undefined && !atEnd(cursor); token = cursor.peek()) {
    const hidden = parseShowAll(cursor);
    incomplete ??= hidden;
    if (hidden !== undefined) continue;
    const title = scenarioOf(token);
    if (title === undefined) cursor.report(token, 'expected a scenario such as "200 - Test succeeded"');
    else titles.push(title);
    cursor.skip();
  }
  const [first, ...rest] = titles;
  const repeated =
    first !== undefined && rest.some((other) => other.status === first.status && other.title === first.title);
  return {
    heading: textOf(heading),
    notes: [],
    ...(incomplete === undefined ? {} : { incomplete }),
    ...(repeated ? { selected: first, titles: rest } : { titles }),
  };
}

function scenarioOf(token: Token): ScenarioTitle | undefined {
  const status = token.text.slice(0, 3);
  const rest = token.text.slice(3).trimStart();
  const dash = DASHES.find((mark) => rest.startsWith(mark));
  const title = dash === undefined ? '' : rest.slice(dash.length).trim();
  if (!isStatus(status) || title === '') return undefined;
  return { status: Number(status), title, line: token.line };
}
