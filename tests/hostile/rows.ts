import { appendFileSync } from 'node:fs';
import type { Row, Seen } from '../../hostile/row.ts';
import type { Tools } from '../../hostile/tools.ts';

const fine: Seen = { happened: 'fine, it said "x | <b>"', exitCode: 2, wrote: 'nothing', problems: [] };

/** A process that never ends by itself, written down for the test. */
async function startSleeper(tools: Tools): Promise<void> {
  const code = 'console.log("up"); setInterval(() => undefined, 1000)';
  const { child, prints } = tools.start(process.execPath, ['-e', code]);
  await prints(/up/);
  appendFileSync(process.env.STARTED_SLEEPERS ?? '', `${child.pid}\n`);
}

function row(name: string, run: Row['run'], more: Partial<Row> = {}): Row {
  return { id: `process/${name}`, hostile: `it is ${name}`, expected: 'it is seen', run, ...more };
}

/** Rows that do to the frame what rows may do. */
export const allRows: readonly Row[] = [
  row('holds', async () => fine),
  row('hangs', async (tools) => {
    await startSleeper(tools);
    tools.after(() => new Promise(() => undefined));
    return new Promise(() => undefined);
  }),
  row('spins', async (tools) => {
    await startSleeper(tools);
    for (;;);
  }),
  row('exits', async () => {
    process.stderr.write('out of here\n');
    process.exit(7);
  }),
  row('throws', async () => {
    throw new Error('a fault of the row');
  }),
  row('says-nothing', async () => ({ ...fine, happened: '' })),
  row('is-not-tried', async () => fine, { untriable: () => 'no such machine' }),
  row('holds-again', async () => fine),
];
