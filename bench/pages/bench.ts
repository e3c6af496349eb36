import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { assessFault, type FaultResult } from '../../mutation/assess.ts';
import { tryAll } from '../../mutation/pool.ts';
import { makeCredentials } from '../../sandbox/credentials.ts';
import { allFaults } from '../../sandbox/faults/catalogue.ts';
import { loadContract, namedFolders } from '../../src/contract/load.ts';
import { type Capture, readCapture } from '../../src/pages/capture.ts';
import { readExisting } from '../../src/pages/import/write.ts';
import { root } from '../../src/run/settings.ts';
import { UserError } from '../../src/user-error.ts';
import { outcome, seconds } from '../numbers.ts';
import { type MeasuredRun, measureRun } from '../run.ts';
import { lintAll } from './lint.ts';
import { type Imported, importPage, type Tried, tryPage } from './page.ts';
import { type Row, rowsText } from './rows.ts';

/** Times as long that a case of all pages together may take as one of the project's own APIs. */
const goal = 1.3;
const seed = 1;

/**
 * Takes every page of a folder from its text to a conformant run: imported, finished by a script, linted, checked, its
 * clauses counted, its cases run; then all pages in one set of documents by the command that a user gives.
 *
 * @returns whether every page came to a conformant run, alone and together
 */
export async function benchPages(
  folder: string,
  { mutation = false }: { readonly mutation?: boolean } = {},
): Promise<boolean> {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .sort();
  if (files.length === 0) throw new UserError(`${folder}: no .txt file; expected one for each page`);
  const dir = mkdtempSync(path.join(tmpdir(), 'konaplate-pages-'));
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
  const pages = await eachAlone(
    files.map((name) => path.join(folder, name)),
    dir,
  );
  const { documents, apis, troubles } = await intoOne(
    pages.filter((one) => isThrough(one.row)),
    path.join(dir, 'all'),
  );
  const faults = mutation ? await tryFaults(documents, [...apis.values()]) : [];
  const rows = pages.map(({ row, capture }): Row => {
    const api = capture && apis.get(capture);
    const late = capture && troubles.get(capture);
    const own = faults.filter((one) => one.apis[0] === api);
    return {
      ...row,
      ...(late !== undefined && { troubles: [`together: ${late}`] }),
      ...(mutation && api !== undefined && { faults: own }),
    };
  });
  process.stdout.write(rowsText(rows));
  const held = documents !== root && (await together(documents));
  return held && rows.every(isThrough) && faults.every(isCaught);
}

interface Page {
  readonly row: Row;
  /** Undefined where the file is no page. */
  readonly capture: Capture | undefined;
}

function isThrough({ troubles }: Row): boolean {
  return troubles.length === 0;
}

function isCaught({ caught, noise }: FaultResult): boolean {
  return caught && noise.length === 0;
}

/** Every page into a copy of the project's documents. */
async function eachAlone(files: readonly string[], dir: string): Promise<readonly Page[]> {
  const existing = await readExisting(root);
  const credentials = await makeCredentials();
  const pages: { page: Page; folder?: string }[] = [];
  for (const file of files) {
    const start = performance.now();
    const name = path.basename(file, '.txt');
    const folder = path.join(dir, name);
    let capture: Capture | undefined;
    let done: (Imported & Partial<Tried>) | undefined;
    let troubles: readonly string[] = [];
    try {
      capture = await readCapture(file);
      done = await importPage(capture, existing, { documents: root, folder });
      done = { ...done, ...(await tryPage(capture, done, { credentials, seed })) };
      troubles = done.troubles ?? [];
    } catch (error) {
      troubles = [whyOf(error)];
    }
    const row = { name, ...done, troubles, duration: performance.now() - start };
    pages.push({ page: { row, capture }, ...(done && { folder }) });
    tell(`${name}: ${troubles[0] ?? row.verdict ?? ''}`);
  }
  const errors = lintAll(pages.flatMap(({ folder }) => folder ?? []));
  return pages.map(({ page, folder = '' }) => ({
    ...page,
    row: { ...page.row, troubles: [...(errors.get(folder) ?? []), ...page.row.troubles] },
  }));
}

/** All pages into one set of documents, each into what those before it have left. Of two pages of one API the first counts. */
async function intoOne(
  pages: readonly Page[],
  dir: string,
): Promise<{
  readonly documents: string;
  readonly apis: ReadonlyMap<Capture, string>;
  /** What kept a page from being imported into what the others had left. */
  readonly troubles: ReadonlyMap<Capture, string>;
}> {
  const apis = new Map<Capture, string>();
  const troubles = new Map<Capture, string>();
  const paths = new Set<string>();
  let documents = root;
  // A whole page stands before a cut one of the same API.
  const ordered = pages.toSorted(
    (a, b) => (a.capture?.missing.length ?? 0) - (b.capture?.missing.length ?? 0),
  );
  for (const { capture } of ordered) {
    const address = capture?.page.path?.value;
    if (capture === undefined || address === undefined || paths.has(address)) continue;
    paths.add(address);
    const folder = `${dir}-${paths.size}`;
    try {
      const { api } = await importPage(capture, await readExisting(documents), { documents, folder });
      apis.set(capture, api);
    } catch (error) {
      troubles.set(capture, whyOf(error));
      continue;
    }
    if (documents !== root) rmSync(documents, { recursive: true });
    documents = folder;
  }
  return { documents, apis, troubles };
}

/** The faults that there are for these APIs by themselves, each against the cases that it can affect. */
async function tryFaults(documents: string, apis: readonly string[]): Promise<readonly FaultResult[]> {
  if (apis.length === 0) return [];
  const contract = loadContract(namedFolders(documents));
  const faults = allFaults(contract).filter((fault) => fault.apis.every((id) => apis.includes(id)));
  let count = 0;
  const trials = await tryAll(
    faults.map(({ id }) => ({ kind: 'fault', id }) as const),
    { processes: availableParallelism(), seed, documents, apis },
    () => {
      count += 1;
      if (count % 100 === 0) tell(`${count} of ${faults.length} faults`);
    },
  );
  const byId = new Map(trials.map((trial) => [trial.id, trial]));
  return faults.map((fault) => {
    const trial = byId.get(fault.id);
    if (trial === undefined) throw new Error(`no trial of ${fault.id}`);
    return assessFault(fault, trial, contract);
  });
}

/**
 * The whole run as a user starts it, with the project's own APIs and with all pages besides. When the goal is missed both
 * are measured once more, since a machine may be busy with something else.
 */
async function together(documents: string): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    const own = await measureRun(['--no-page']);
    const all = await runOf(documents);
    if (typeof all === 'string') {
      process.stdout.write(`all together: ${all}\n`);
      return false;
    }
    const ratio = perCase(all) / perCase(own);
    const held = ratio <= goal;
    process.stdout.write(
      `${runText("the project's own", own)}${runText('all together', all)}  goal: at most ${goal} times the time a case, is ${ratio.toFixed(2)}${outcome(held)}\n`,
    );
    if (held || attempt === 2) return held;
  }
}

function runText(name: string, run: MeasuredRun): string {
  const { count, wall, memory } = run;
  return `${name}: ${count} cases, conformant, ${seconds(wall)}, ${perCase(run).toFixed(2)} ms and ${(memory / count / 1e6).toFixed(2)} MB a case\n`;
}

async function runOf(documents: string): Promise<MeasuredRun | string> {
  try {
    return await measureRun(['--no-page', '--documents', documents]);
  } catch (error) {
    return whyOf(error);
  }
}

/** Milliseconds, those left out that wait for the clock of the target. */
function perCase({ cases, overTime, count }: MeasuredRun): number {
  return (cases - overTime) / count;
}

function whyOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Progress, apart from what is printed at the end. */
function tell(line: string): void {
  process.stderr.write(`${line.split('\n')[0]}\n`);
}
