import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeRunFolder } from '../../src/report/ledger/run-folder.ts';

const fixture = path.join(path.dirname(fileURLToPath(import.meta.url)), 'fixture');

export interface FixtureRun {
  /** The runner's own exit code. */
  readonly code: number | null;
  /** The exit code of the run, as the reporter tells it to the command. */
  readonly told: unknown;
  readonly output: string;
  /** The folder of the run. */
  readonly dir: string;
}

let failing: Promise<FixtureRun> | undefined;

/** A run with its page in which a promise is broken and a case has no answer: one for all tests of a process that look at it. */
export function failingRun(): Promise<FixtureRun> {
  failing ??= runFixture(
    {
      'account-info/succeeded': 'violates',
      'linkable-cards/not-a-member': 'target-error',
      'linkable-cards/no-issued-card': 'not-testable',
    },
    { html: true },
  );
  return failing;
}

/** Runs Playwright on the made-up cases of `fixture/`; `endings` maps a case's id to how it ends. */
export async function runFixture(
  endings: Readonly<Record<string, string>>,
  { args = [], html = false }: { readonly args?: readonly string[]; readonly html?: boolean } = {},
): Promise<FixtureRun> {
  const reports = mkdtempSync(path.join(tmpdir(), 'konaplate-reports-'));
  process.once('exit', () => rmSync(reports, { recursive: true, force: true }));
  const dir = makeRunFolder(reports, { runId: 'fixture', target: 'sandbox', selection: {} });
  const cli = createRequire(import.meta.url).resolve('@playwright/test/cli');
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const child = spawn(process.execPath, [cli, 'test', ...args], {
    cwd: fixture,
    env: {
      ...env,
      FIXTURE_RUN: dir,
      FIXTURE: Object.entries(endings)
        .map((pair) => pair.join('='))
        .join(','),
      FIXTURE_HTML: html ? 'yes' : 'no',
      NO_COLOR: '1',
      FORCE_COLOR: '',
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let told: unknown;
  child.on('message', (message) => {
    if (typeof message === 'object' && message !== null && 'exitCode' in message) told = message.exitCode;
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { code, told, output, dir };
}
