import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { terminalText } from '../src/printable.ts';
import { allRows, mistakesIn } from './all-rows.ts';
import { type Page, pageText, resultLine } from './table.ts';
import { root } from './tools.ts';
import { tryRows } from './try-rows.ts';

const help = `npm run hostile -- [options] [part of an id …]
Puts the suite into trouble, a row at a time, and says of each whether it holds.

  --list   the rows, and does nothing
  --quick  without the rows marked as slow
  --write  a pass of all rows replaces docs/reliability.md

Exit codes: 0 every row holds, 1 a row does not, 2 usage.
`;

// Whoever stops this stops all that the rows have started.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130));
process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  let asked: ReturnType<typeof parse>;
  try {
    asked = parse(args);
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = asked;
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const mistakes = mistakesIn(allRows);
  if (mistakes.length > 0) return refuse(mistakes.join('\n'));
  const chosen = allRows.filter(
    ({ id, slow }) =>
      (positionals.length === 0 || positionals.some((part) => id.includes(part))) && !(values.quick && slow),
  );
  if (chosen.length === 0)
    return refuse(`no row's id contains ${positionals.join(' or ')}; --list names them`);
  if (values.write && chosen.length < allRows.length)
    return refuse('--write is for a pass of all rows: give no part of an id and no --quick');
  if (values.list) {
    for (const { id, hostile } of chosen) process.stdout.write(terminalText(`${id}  ${hostile}\n`));
    return 0;
  }

  const began = performance.now();
  const results = await tryRows(chosen, {
    module: path.join(import.meta.dirname, 'all-rows.ts'),
    atOnce: 2,
    deadline: 180_000,
    told: (result) => process.stdout.write(terminalText(`${resultLine(result)}\n`)),
  });
  const page: Page = { results, seconds: Math.round((performance.now() - began) / 1000) };
  if (values.write) replace(path.join(root, 'docs/reliability.md'), pageText(page));
  const untried = results.filter((one) => one.untried !== undefined);
  const failed = results.filter(({ seen }) => seen.problems.length > 0);
  process.stdout.write(
    terminalText(
      [
        `${results.length} rows: ${results.length - failed.length - untried.length} hold, ${failed.length} do not, ${untried.length} not tried here; ${page.seconds} s`,
        ...failed.map(({ row }) => `  does not hold: ${row.id}`),
        ...untried.map((one) => `  not tried: ${one.row.id}: ${one.untried}`),
        '',
      ].join('\n'),
    ),
  );
  return failed.length === 0 ? 0 : 1;
}

function parse(args: string[]) {
  const flag = { type: 'boolean', default: false } as const;
  return parseArgs({
    args,
    allowPositionals: true,
    options: { write: flag, list: flag, quick: flag, help: flag },
  });
}

function refuse(message: string): 2 {
  process.stderr.write(terminalText(`${message}\n`));
  return 2;
}

/** Whole or not at all. */
function replace(file: string, text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}
