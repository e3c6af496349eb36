import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { allRows } from './all-rows.ts';
import type { Row, Seen } from './row.ts';
import { type Result, resultLine, tableText } from './table.ts';
import { root, Tools } from './tools.ts';

// Tries the suite against everything hostile, or the rows whose id contains an argument, and says of each whether it
// holds. A whole pass with --write makes docs/reliability.md.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: 'boolean', default: false } },
});
const chosen = allRows.filter(
  ({ id }) => positionals.length === 0 || positionals.some((part) => id.includes(part)),
);
if (chosen.length === 0) {
  process.stderr.write(`no row's id contains ${positionals.join(' or ')}\n`);
  process.exit(2);
}

const began = performance.now();
const queue = [...chosen];
const results = new Map<Row, Result>();
await Promise.all(Array.from({ length: 2 }, work));
const inOrder = chosen.flatMap((row) => results.get(row) ?? []);
const failed = inOrder.filter(({ seen }) => seen.problems.length > 0).length;
if (values.write && positionals.length === 0) {
  writeFileSync(path.join(root, 'docs/reliability.md'), tableText(inOrder));
}
const untried = inOrder.filter(({ untried }) => untried).length;
process.stdout.write(
  `${inOrder.length} rows: ${inOrder.length - failed - untried} hold, ${failed} do not, ${untried} not tried here; ${Math.round((performance.now() - began) / 1000)} s\n`,
);
process.exitCode = failed === 0 ? 0 : 1;

async function work(): Promise<void> {
  for (let row = queue.shift(); row; row = queue.shift()) {
    const result = await resultOf(row);
    results.set(row, result);
    process.stdout.write(`${resultLine(result)}\n`);
  }
}

async function resultOf(row: Row): Promise<Result> {
  const why = row.untriable?.();
  if (why !== undefined) {
    return {
      row,
      untried: true,
      duration: 0,
      seen: { happened: `not tried here: ${why}`, exitCode: null, wrote: '', problems: [] },
    };
  }
  const tools = new Tools();
  const start = performance.now();
  let seen: Seen;
  try {
    seen = await row.run(tools);
  } catch (error) {
    const problem = `the row itself failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    seen = { happened: '', exitCode: null, wrote: '', problems: [problem] };
  }
  const duration = performance.now() - start;
  try {
    await tools.end();
  } catch (error) {
    seen = { ...seen, problems: [...seen.problems, `the row left something behind: ${String(error)}`] };
  }
  return { row, untried: false, duration, seen };
}
