import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

// Runs the tests with coverage, processes that they start included, and prints lines and branches of each folder and
// the files with most lines that nothing reached. Takes the arguments of `npm test`.

interface Count {
  readonly total: number;
  readonly covered: number;
}

type Counts = Readonly<Record<'lines' | 'branches', Count>>;

const root = path.resolve(import.meta.dirname, '..');
const measured = ['src', 'sandbox', 'mutation', 'suites'];
const thinnest = 15;

const folder = mkdtempSync(path.join(tmpdir(), 'konaplate-coverage-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const { status } = spawnSync(
  process.execPath,
  [
    createRequire(import.meta.url).resolve('c8/bin/c8.js'),
    '--all',
    ...measured.map((name) => `--include=${name}/**/*.{ts,mjs}`),
    '--reporter=json-summary',
    `--reports-dir=${path.join(folder, 'report')}`,
    `--temp-directory=${path.join(folder, 'raw')}`,
    ...[process.execPath, '--import', 'tsx', path.join(import.meta.dirname, 'run.ts')],
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: 'inherit' },
);
const summary: Readonly<Record<string, Counts>> = JSON.parse(
  readFileSync(path.join(folder, 'report/coverage-summary.json'), 'utf8'),
);
const files = Object.entries(summary)
  .filter(([file]) => file !== 'total')
  .map(([file, counts]) => ({ file: path.relative(root, file), counts }));
const folders = new Map<string, Counts[]>();
for (const { file, counts } of files) {
  const [first = '', second = ''] = path.dirname(file).split(path.sep);
  const name = first === 'src' && second !== '' ? `${first}/${second}` : first;
  folders.set(name, [...(folders.get(name) ?? []), counts]);
}
print('folder', 'lines', 'branches');
for (const [name, all] of [...folders].sort(([a], [b]) => a.localeCompare(b)))
  print(name, share(all, 'lines'), share(all, 'branches'));
const every = files.map(({ counts }) => counts);
print('all', share(every, 'lines'), share(every, 'branches'));

const missed = ({ counts }: (typeof files)[number]) => counts.lines.total - counts.lines.covered;
process.stdout.write('\nMost lines that nothing reached\n');
for (const one of files.sort((a, b) => missed(b) - missed(a)).slice(0, thinnest))
  print(one.file, share([one.counts], 'lines'), share([one.counts], 'branches'), `${missed(one)} lines`);
process.exitCode = status ?? 1;

function share(all: readonly Counts[], of: keyof Counts): string {
  const sum = (what: keyof Count) => all.reduce((count, one) => count + one[of][what], 0);
  return sum('total') === 0 ? '-' : `${((100 * sum('covered')) / sum('total')).toFixed(1)} %`;
}

function print(name: string, lines: string, branches: string, more = ''): void {
  process.stdout.write(`${name.padEnd(44)}${lines.padStart(9)}${branches.padStart(11)}  ${more}\n`);
}
