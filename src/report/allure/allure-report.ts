import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeWhole } from '../ledger/storage.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
/** Allure needs about three seconds; a machine under load gets twenty times that. */
const patience = 60_000;

/** The page could not be made. One line or Allure's own words. */
export class AllureReportError extends Error {
  override readonly name = 'AllureReportError';
}

/**
 * Makes `report.html` of the `allure-results` below the folder of a run, with Allure in a process of its own: it ends
 * processes and prints at will. The page is counted, since Allure leaves out what it can't read.
 *
 * @param stopped aborts when nobody waits for it any more
 * @returns the page's path and how many results it shows
 * @throws {AllureReportError}
 */
export async function generateAllureReport(
  dir: string,
  stopped?: AbortSignal,
): Promise<{ readonly file: string; readonly results: number }> {
  const resultsDir = path.join(dir, 'allure-results');
  const written = existsSync(resultsDir)
    ? readdirSync(resultsDir).filter((name) => name.endsWith('-result.json')).length
    : 0;
  if (written === 0) throw new AllureReportError(`no Allure results in ${resultsDir}`);
  const output = mkdtempSync(path.join(tmpdir(), 'konaplate-allure-'));
  try {
    await runAllure([resultsDir, path.join(root, 'allurerc.mjs'), output], dir, stopped);
    const page = path.join(output, 'index.html');
    if (!existsSync(page)) throw new AllureReportError('allure generate made no index.html');
    const text = readFileSync(page, 'utf8');
    const results = countResults(text);
    if (results !== written)
      throw new AllureReportError(`${written} results were written, and the page has ${results}`);
    const file = path.join(dir, 'report.html');
    writeWhole(file, text);
    return { file, results };
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}

/** How many results a single-file page of Allure holds. */
export function countResults(html: string): number {
  return new Set(html.match(/data\/test-results\/[^"'/]+\.json/g) ?? []).size;
}

function runAllure(args: readonly string[], run: string, stopped: AbortSignal | undefined): Promise<void> {
  const generate = fileURLToPath(new URL('allure-generate.mjs', import.meta.url));
  const { PATH, HOME, TMPDIR, TEMP, SystemRoot } = process.env;
  // Nothing else of the environment: credentials of a target may be in it.
  const env = Object.fromEntries(
    Object.entries({ PATH, HOME, TMPDIR, TEMP, SystemRoot, KONAPLATE_RUN_FOLDER: run }).filter(
      ([, value]) => value,
    ),
  );
  return new Promise((resolve, reject) => {
    // With a channel that is closed when this process ends, however violently: Allure ends then, too.
    const child = spawn(process.execPath, [generate, ...args], {
      cwd: run,
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      timeout: patience,
      killSignal: 'SIGKILL',
      ...(stopped && { signal: stopped }),
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
    child.on('error', (error) =>
      reject(new AllureReportError(`allure generate could not be started: ${error.message}`)),
    );
    child.on('close', (code, signal) => {
      if (code === 0) resolve();
      else
        reject(
          new AllureReportError(`allure generate ended with ${code ?? signal}: ${said.trim().slice(-500)}`),
        );
    });
  });
}
