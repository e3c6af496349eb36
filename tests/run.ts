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
 * The folders whose files share a process, since loading the suite takes longer than their tests. What is in them starts
 * no process, leaves nothing of its own changed, and has no hook outside its suites.
 */
const sharing = ['cases', 'contract', 'engine', 'judge', 'redact', 'target', 'yaml'];

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

/** One file for each process: a file of tests, or one that imports those of a folder. */
function processes(): string[] {
  const made = mkdtempSync(path.join(tmpdir(), 'konaplate-tests-'));
  process.on('exit', () => rmSync(made, { recursive: true, force: true }));
  const roomOf = (file: string) => file.split(path.sep)[0] ?? '';
  const shared = sharing.flatMap((room) => {
    const own = files.filter((file) => roomOf(file) === room);
    if (own.length === 0) return [];
    const all = path.join(made, `${room}.mjs`);
    const urls = own.map((file) => pathToFileURL(path.join(folder, file)).href);
    writeFileSync(all, urls.map((url) => `import ${JSON.stringify(url)};\n`).join(''));
    return [all];
  });
  const alone = files.filter((file) => !sharing.includes(roomOf(file)));
  return [...shared, ...alone.map((file) => path.join(folder, file))];
}

function failureOf(error: Error): string {
  return 'failureType' in error ? String(error.failureType) : '';
}
