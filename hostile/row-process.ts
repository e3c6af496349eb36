import { pathToFileURL } from 'node:url';
import type { Row, Seen } from './row.ts';
import { Tools } from './tools.ts';
import type { Order, Told } from './try-rows.ts';

// Tries the rows that it is told, one at a time; started by try-rows.ts.
const { allRows }: { allRows: readonly Row[] } = await import(pathToFileURL(process.argv[2] ?? '').href);
let tools: Tools | undefined;

process.on('message', (order: Order) => {
  if (order === 'end') void end();
  else void doRow(order.row);
});
// Whoever started this is gone, and with it the reason to be.
process.on('disconnect', () => void end());
tell({ is: 'ready' });

async function doRow(id: string): Promise<void> {
  const row = allRows.find((one) => one.id === id);
  if (!row) throw new Error(`no row ${id}`);
  const own = new Tools({
    started: (group) => tell({ is: 'started', group }),
    ended: (group) => tell({ is: 'ended', group }),
  });
  tools = own;
  const began = performance.now();
  let seen: Seen;
  try {
    seen = await row.run(own);
  } catch (error) {
    const problem = `the row itself failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    seen = { happened: '', exitCode: null, wrote: '', problems: [problem] };
  }
  if (seen.problems.length === 0 && seen.happened.trim() === '') {
    seen = { ...seen, problems: ['the row does not say what happened'] };
  }
  const duration = performance.now() - began;
  try {
    await own.end();
  } catch (error) {
    seen = { ...seen, problems: [...seen.problems, `the row left something behind: ${String(error)}`] };
  }
  tell({ is: 'done', duration, seen });
}

async function end(): Promise<void> {
  await tools?.end().catch(() => undefined);
  process.exit();
}

function tell(told: Told): void {
  process.send?.(told);
}
