import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../src/run/settings.ts';
import { table } from './numbers.ts';

// How much of what an ordinary run writes is masked: of the reports in a given folder, or of a run against the
// embedded target made for it. Masking that grows unseen makes a report useless long before it makes it safe.

/** What stands in place of something hidden. */
const marks = {
  hidden: /\[hidden[^\]]*\]|•+/g,
  'told apart': /\[id [^\]]*\]/g,
  messages: /<JWE [^>]*>/g,
} as const;

const files = ['ledger.jsonl', 'conformance.json', 'junit.xml'];

const [given] = process.argv.slice(2);
const made = given === undefined ? mkdtempSync(path.join(tmpdir(), 'konaplate-bench-')) : undefined;
try {
  if (made !== undefined) await run(made);
  const folder = given ?? path.join(made ?? '', 'latest');
  process.stdout.write(
    `Masked of the reports of a run:\n${table([
      ['', 'characters', ...Object.keys(marks), 'share masked'],
      ...files.map((file) => shares(file, readFileSync(path.join(folder, file), 'utf8'))),
    ])}`,
  );
} finally {
  if (made !== undefined) rmSync(made, { recursive: true, force: true });
}

function shares(file: string, text: string): readonly string[] {
  const found = Object.values(marks).map((mark) => text.match(mark) ?? []);
  const masked = found.flat().reduce((length, mark) => length + mark.length, 0);
  return [
    file,
    String(text.length),
    ...found.map((list) => String(list.length)),
    `${((100 * masked) / text.length).toFixed(2)} %`,
  ];
}

async function run(reports: string): Promise<void> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'src/cli/conformance.ts', '--no-page', '--seed', '1', '--reports', reports],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let output = '';
  child.stdout.on('data', (data: Buffer) => (output += data.toString('utf8')));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`the run ended with ${code}:\n${output.slice(-3000)}`);
}
