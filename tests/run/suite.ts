import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { sharedContractVariable } from '../../src/contract/shared-contract.ts';
import { root } from '../project.ts';

export { root };

export interface RunResult {
  readonly exitCode: number | null;
  /** Standard output and standard error. */
  readonly output: string;
  /** The folder of the run; that of all reports when no run was begun. */
  readonly reports: string;
  /** conformance.json; undefined when there is none. */
  readonly report: Report | undefined;
}

export interface Report {
  readonly verdict: string;
  readonly exitCode: number;
  readonly scenarios: readonly { readonly id: string; readonly outcome: string; readonly reason: string }[];
  readonly cases: readonly { readonly id: string; readonly outcome: string }[];
  readonly findings: readonly { readonly clause: string; readonly case: string; readonly place: string }[];
}

/** A folder that goes with the test. */
export function scratch(context: TestContext): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'konaplate-run-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The environment of this process without what would lead a run elsewhere; the documents that it has read are kept. */
export function bareEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      name === sharedContractVariable || !/^(?:KONAPLATE_|NODE_TEST|NODE_OPTIONS$|FORCE_COLOR$)/.test(name),
  );
  // Nor what somebody who works here keeps in a .env file.
  return { ...Object.fromEntries(kept), KONAPLATE_ENV_FILE: '' };
}

/** The folders of all runs below a folder of reports. */
export function runsIn(reports: string): readonly string[] {
  const runs = path.join(reports, 'runs');
  return existsSync(runs)
    ? readdirSync(runs)
        .sort()
        .map((name) => path.join(runs, name))
    : [];
}

/**
 * Runs the suite as a user does, with its reports in a folder of the test's own.
 *
 * @param started is told of the process
 */
export async function runSuite(
  context: TestContext,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  command: readonly string[] = ['--import', 'tsx', 'src/cli/conformance.ts'],
  started: (child: ChildProcess) => void = () => undefined,
): Promise<RunResult> {
  const given = path.join(scratch(context), 'reports');
  const child = spawn(process.execPath, [...command, ...args], {
    cwd: root,
    env: { ...bareEnvironment(), KONAPLATE_REPORTS: given, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => (output += data.toString('utf8')));
  const exitCode = await new Promise<number | null>((resolve) => child.on('close', resolve));
  const [reports = given] = runsIn(env.KONAPLATE_REPORTS ?? given);
  const file = path.join(reports, 'conformance.json');
  const report: Report | undefined = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  return { exitCode, output, reports, report };
}

/** Writes a profile into a folder of its own and returns its path. */
export function writeProfile(context: TestContext, yaml: string): string {
  const file = path.join(scratch(context), 'profile.yaml');
  writeFileSync(file, yaml);
  return file;
}
