import { readdirSync } from 'node:fs';
import path from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import './project.ts';

// Runs every tests/**/*.test.ts (or those whose path contains an argument), each file in a process of its own that takes
// over the documents as this one has read them, and closes with the plain line "N passed, N failed, N skipped".
const folder = import.meta.dirname;
const wanted = process.argv.slice(2);
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter(
    (file) =>
      file.endsWith('.test.ts') && (wanted.length === 0 || wanted.some((part) => file.includes(part))),
  )
  .map((file) => path.join(folder, file))
  .sort();
if (files.length === 0) {
  process.stderr.write(`no test file below tests/ matches ${wanted.join(', ')}\n`);
  process.exit(2);
}

const counts = { passed: 0, failed: 0, skipped: 0 };
const events = run({ files, concurrency: 2 });
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

function failureOf(error: Error): string {
  return 'failureType' in error ? String(error.failureType) : '';
}
