/**
 * How fast pages are parsed. Each shape is measured at a size and at twice that size: the ratio of the times is
 * about 2 when the parser is linear. Exits 1 when a megabyte takes a second or more.
 *
 *   node --import tsx bench/parsing.ts
 */
import { splitNames } from '../src/pages/catalogue.ts';
import { parsePage } from '../src/pages/parse.ts';

const MEGABYTE = 1_000_000;
/** Milliseconds that a megabyte may take. */
const BUDGET = 1000;
const RUNS = 5;

const HEAD = 'Bench ParcelsSync\n\nVersion: v1\n\nPOST\n\n/v1/parcels\n\n';

/** What is repeated to fill a page; the last ones are the worst that a parser of this kind can meet. */
const SHAPES: Readonly<Record<string, readonly [head: string, unit: string]>> = {
  parameters: [
    `${HEAD}Request Parameters\n\n`,
    'parcelNo\n\nstring\n\nRequired\n\nMin : 1 , Max : 20\n\nNumber\n\n- IN_DEPOT : Waits\n- LOST : Nobody knows\n\n',
  ],
  codes: [
    `${HEAD}Response Code\n\n`,
    '400\n\nError code\n\n001_002\n\nMessage\n\nNo depot.\n\nDescription\n\nNo such depot\n\n\n',
  ],
  'nested objects': [`${HEAD}Response Parameters\n`, 'a\nobject\n\n\n'],
  'items without arrays': [`${HEAD}Response Parameters\n`, 'a_item\nobject\n'],
  'limits on one line': [`${HEAD}Request Parameters\na\nstring\nMin : 1`, ' , Max : 2'],
  'misplaced labels': [`${HEAD}Request Parameters\n`, 'string\nRequired\nMessage\nShow All\n'],
  'one long line': [HEAD, 'parcel : '],
  'one long number': [`${HEAD}Request Parameters\na\nstring\nLength : `, '9'],
  'catalogue lines': [`${HEAD}Loading ...\n`, 'Parcels\n'],
  'text with no structure': ['', 'x\n'],
};

function page(shape: readonly [string, string], size: number): string {
  const [head, unit] = shape;
  return head + unit.repeat(Math.ceil((size - head.length) / unit.length));
}

/** The shortest of several runs, in milliseconds: the least disturbed one. */
function time(work: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now();
    work();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

let slow = false;

function print(name: string, size: number, once: number, twice: number): void {
  slow ||= once >= BUDGET;
  const ratio = (twice / once).toFixed(2);
  console.log(
    `${name.padEnd(24)} ${(size / MEGABYTE).toFixed(2)} MB ${once.toFixed(0).padStart(6)} ms   ratio ${ratio}`,
  );
}

for (const [name, shape] of Object.entries(SHAPES)) {
  const [once, twice] = [page(shape, MEGABYTE), page(shape, 2 * MEGABYTE)];
  parsePage(once);
  const first = time(() => parsePage(once));
  print(
    name,
    Buffer.byteLength(once),
    first,
    time(() => parsePage(twice)),
  );
}

const names = ['Send a Parcel', 'Send', 'Search for Parcels', '소포 조회'];
const run = names.join('').repeat(Math.ceil(MEGABYTE / names.join('').length));
print(
  'splitNames',
  run.length,
  time(() => splitNames(run, names)),
  time(() => splitNames(run + run, names)),
);

process.exitCode = slow ? 1 : 0;
