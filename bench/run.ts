import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CaseRecord } from '../src/record/record.ts';
import { readLedger } from '../src/report/ledger/ledger.ts';
import { root } from '../src/run/settings.ts';
import { sum } from './numbers.ts';

/** A whole run, as a user starts it. Milliseconds and bytes. */
export interface MeasuredRun {
  readonly wall: number;
  /** From the command to the first case: processes, documents, target, workers. */
  readonly startUp: number;
  /** From the first case to the end of the last. */
  readonly cases: number;
  /** From the last case to the end: ledger, reports, the page if it is made, the end of the processes. */
  readonly end: number;
  /** Of all cases, as their records say: sending, opening, judging, masking. */
  readonly inCases: number;
  /** Of all exchanges: from sending to the last byte. */
  readonly exchanges: number;
  /** Cases that wait for the clock of the target. */
  readonly overTime: number;
  readonly count: number;
  /** Processor time of all processes, the target's left out. */
  readonly cpu: number;
  /** The largest memory of each process, the target's left out, added up. */
  readonly memory: number;
  /** What the reports say, without times. */
  readonly said: string;
}

interface Stamp {
  readonly command: string;
  readonly began: number;
  readonly ended: number;
  readonly cpu: number;
  readonly memory: number;
}

/** @throws {Error} when the run does not end with exit code 0; its output is in the message */
export async function measureRun(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<MeasuredRun> {
  const dir = mkdtempSync(path.join(tmpdir(), 'konaplate-bench-'));
  try {
    const stampFile = path.join(dir, 'stamps.jsonl');
    const reports = path.join(dir, 'reports');
    const began = performance.timeOrigin + performance.now();
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', 'src/cli/conformance.ts', '--seed', '1', '--reports', reports, ...args],
      {
        cwd: root,
        env: {
          ...process.env,
          NODE_OPTIONS: `--import ${path.join(root, 'bench/stamp.mjs')}`,
          BENCH_STAMPS: stampFile,
          ...env,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data: Buffer) => (output += data.toString('utf8')));
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
    const ended = performance.timeOrigin + performance.now();
    if (code !== 0) throw new Error(`the measured run ended with ${code}:\n${output.slice(-3000)}`);
    const stamps = readFileSync(stampFile, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line): Stamp => JSON.parse(line))
      .filter(({ command }) => !command.includes('sandbox/main.ts'));
    const { cases } = readLedger(path.join(reports, 'latest/ledger.jsonl'));
    const starts = cases.map(({ startedAt }) => Date.parse(startedAt));
    const first = least(starts);
    const last = most(cases.map((one, index) => (starts[index] ?? 0) + one.duration));
    return {
      wall: ended - began,
      startUp: first - began,
      cases: last - first,
      end: ended - last,
      inCases: sum(cases.map(({ duration }) => duration)),
      exchanges: sum(
        cases.filter(isTimeless).flatMap((one) => one.exchanges.map(({ duration }) => duration)),
      ),
      overTime: sum(cases.filter((one) => !isTimeless(one)).map(({ duration }) => duration)),
      count: cases.length,
      cpu: sum(stamps.map(({ cpu }) => cpu)),
      memory: sum(stamps.map(({ memory }) => memory)),
      said: saidBy(reports),
    };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function isTimeless({ kind }: CaseRecord): boolean {
  return kind !== 'workflow';
}

/** Without the values that a clause was seen to have: which statuses an inquiry meets is a matter of milliseconds. */
function saidBy(reports: string): string {
  const report: {
    readonly cases: unknown;
    readonly findings: unknown;
    readonly interpretations: unknown;
    readonly clauses: { readonly list: readonly Readonly<Record<string, unknown>>[] };
  } = JSON.parse(readFileSync(path.join(reports, 'latest/conformance.json'), 'utf8'));
  const clauses = report.clauses.list.map(({ id, standing, kept, broken }) => [id, standing, kept, broken]);
  return JSON.stringify([report.cases, report.findings, report.interpretations, clauses]);
}

/** Not `Math.min(...list)`: ten thousand arguments are too many for some engines. */
function least(list: readonly number[]): number {
  return list.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
}

function most(list: readonly number[]): number {
  return list.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
}
