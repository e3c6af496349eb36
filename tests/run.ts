import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { pathToFileURL } from 'node:url';

// Runs every tests/**/*.test.ts (or those whose path contains an argument) in processes that take over the documents as
// this one has read them, and closes with the plain line "N passed, N failed, N skipped".
const folder = import.meta.dirname;

/**
 * Folders whose files share a process, since a process takes longer to load and warm up the suite than most files to
 * test it. Their files leave nothing of their own changed, and have no hook outside their suites but to close things.
 */
const sharing: readonly (readonly string[])[] = [
  ['bench', 'doctor', 'mutation', 'pages', 'report', 'workflow'],
  [
    'cases',
    'contract',
    'engine',
    'json',
    'judge',
    'library',
    'process',
    'redact',
    'sandbox',
    'target',
    'wire',
    'yaml',
  ],
];

/** Files of those folders that measure time, or that count what their own process leaves behind. */
const apart = ['redact/time.test.ts', 'sandbox/process.test.ts'];

const wanted = process.argv.slice(2);
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter(
    (file) =>
      file.endsWith('.test.ts') && (wanted.length === 0 || wanted.some((part) => file.includes(part))),
  )
  .sort();
if (files.length === 0) {
  process.stderr.write(`no test file below tests/ matches ${wanted.join(', ')}\n`);
  process.exit(2);
}

await import('./project.ts');
const counts = { passed: 0, failed: 0, skipped: 0 };
const events = run({ files: processes(), concurrency: Math.min(2, availableParallelism()) });
events.on('test:pass', ({ details, skip, todo }) => {
  // A suite that is skipped as a whole never says what is in it: it counts as one.
  if (skip !== undefined || todo !== undefined) counts.skipped += 1;
  else if (details.type !== 'suite') counts.passed += 1;
});
events.on('test:fail', ({ details }) => {
  // A suite fails with its tests, which count already, or in itself.
  if (details.type !== 'suite' || failureOf(details.error) !== 'subtestsFailed') counts.failed += 1;
});
events.on('end', () => {
  process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;
});
events.compose(new spec()).pipe(process.stdout);
process.on('exit', () => {
  process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
});

/** One file for each process: a file of tests, or one that imports those of several folders. */
function processes(): string[] {
  const made = mkdtempSync(path.join(tmpdir(), 'konaplate-tests-'));
  process.on('exit', () => rmSync(made, { recursive: true, force: true }));
  const posix = (file: string) => file.replaceAll(path.sep, '/');
  const isOf = (rooms: readonly string[]) => (file: string) =>
    rooms.some((room) => posix(file).startsWith(`${room}/`)) && !apart.includes(posix(file));
  const shared = sharing.flatMap((rooms, index) => {
    const own = files.filter(isOf(rooms));
    if (own.length === 0) return [];
    const all = path.join(made, `${index}.mjs`);
    const urls = own.map((file) => pathToFileURL(path.join(folder, file)).href);
    writeFileSync(all, urls.map((url) => `import ${JSON.stringify(url)};\n`).join(''));
    return [all];
  });
  const alone = files.filter((file) => !isOf(sharing.flat())(file));
  // What takes longest starts first.
  return [...shared, ...alone.map((file) => path.join(folder, file))];
}

function failureOf(error: Error): string {
  return 'failureType' in error ? String(error.failureType) : '';
}
