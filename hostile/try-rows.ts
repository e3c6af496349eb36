import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { endGroup } from './end-group.ts';
import type { Row, Seen } from './row.ts';
import type { Result } from './table.ts';

export interface TryOptions {
  /** The file that exports `allRows`, for the processes that try them. */
  readonly module: string;
  readonly atOnce: number;
  /** Milliseconds for a row and for all that it ends; beyond it the row has failed. */
  readonly deadline: number;
  /** How long a row that is out of time gets to end what it started; 5 seconds unless given. */
  readonly grace?: number;
  readonly told: (result: Result) => void;
}

/** What a process that tries rows tells. */
export type Told =
  | { readonly is: 'ready' }
  | { readonly is: 'started' | 'ended'; readonly group: number }
  | { readonly is: 'done'; readonly duration: number; readonly seen: Seen };

/** What it is told: the id of a row to try, or that it is to end what it started, and itself. */
export type Order = { readonly row: string } | 'end';

/**
 * Tries rows, so many at once, each lane in a process of its own: a row that hangs, even in a loop that never yields,
 * fails by itself, and all that it started ends with it.
 */
export async function tryRows(rows: readonly Row[], options: TryOptions): Promise<readonly Result[]> {
  const queue = [...rows];
  const results = new Map<Row, Result>();
  await Promise.all(
    Array.from({ length: Math.min(options.atOnce, rows.length) }, async () => {
      const lane = new Lane(options);
      const kill = () => lane.kill();
      process.once('exit', kill);
      for (let row = queue.shift(); row; row = queue.shift()) {
        const untried = row.untriable?.();
        const result: Result =
          untried === undefined
            ? { row, ...(await lane.try(row)) }
            : { row, untried, duration: 0, seen: { happened: '', exitCode: null, wrote: '', problems: [] } };
        results.set(row, result);
        options.told(result);
      }
      await lane.end();
      process.off('exit', kill);
    }),
  );
  return rows.flatMap((row) => results.get(row) ?? []);
}

/** One process at a time, which tries one row after the other; the next one takes over when a row has ended it. */
class Lane {
  readonly #options: TryOptions;
  /** The process groups that rows have started and that have not ended. */
  readonly #groups = new Set<number>();
  #child: ChildProcess | undefined;
  #ready: Promise<unknown> = Promise.resolve();
  #said = '';

  constructor(options: TryOptions) {
    this.#options = options;
  }

  async try(row: Row): Promise<Pick<Result, 'duration' | 'seen'>> {
    this.#said = '';
    this.#child ??= this.#start();
    // Loading the suite is no part of the row.
    await this.#ready;
    const began = performance.now();
    const told = await this.#outcome(this.#child, row);
    if (typeof told !== 'string') return told;
    await this.end();
    const seen = { happened: '', exitCode: null, wrote: '', problems: [told] };
    return { duration: performance.now() - began, seen };
  }

  /** What came of a row, or in words why nothing came. */
  #outcome(child: ChildProcess, row: Row): Promise<Pick<Result, 'duration' | 'seen'> | string> {
    return new Promise((resolve) => {
      const ended = (code: number | null, signal: NodeJS.Signals | null) =>
        settle(`the row ended its process (${code ?? signal})${this.#said === '' ? '' : `: ${this.#said}`}`);
      const tell = (told: Told) => {
        if (told.is === 'done') settle({ duration: told.duration, seen: told.seen });
      };
      const timer = setTimeout(
        () => settle(`the row hung: it had not ended after ${this.#options.deadline / 1000} s`),
        this.#options.deadline,
      );
      const settle = (outcome: Pick<Result, 'duration' | 'seen'> | string) => {
        clearTimeout(timer);
        child.off('message', tell);
        child.off('close', ended);
        resolve(outcome);
      };
      if (isOver(child)) return ended(child.exitCode, child.signalCode);
      child.on('message', tell);
      child.on('close', ended);
      order(child, { row: row.id });
    });
  }

  /** Ends the process, which ends what it started or has it ended. */
  async end(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child && !isOver(child)) {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      order(child, 'end');
      const timer = setTimeout(() => child.kill('SIGKILL'), this.#options.grace ?? 5_000);
      await gone;
      clearTimeout(timer);
    }
    this.kill();
  }

  /** The same at once, for the last moment of this process. */
  kill(): void {
    this.#child?.kill('SIGKILL');
    for (const group of this.#groups) endGroup(group);
    this.#groups.clear();
  }

  #start(): ChildProcess {
    const child = fork(path.join(import.meta.dirname, 'row-process.ts'), [this.#options.module], {
      execArgv: ['--import', import.meta.resolve('tsx')],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    // What functions of the suite print when a row calls them is shown only where the row ends its process.
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (data: Buffer) => {
        this.#said = `${this.#said}${data.toString('utf8')}`.slice(-1000);
      });
    this.#ready = new Promise<void>((resolve) => {
      child.once('close', () => resolve());
      child.on('message', (told: Told) => {
        if (told.is === 'ready') resolve();
        if (told.is === 'started') this.#groups.add(told.group);
        if (told.is === 'ended') this.#groups.delete(told.group);
      });
    });
    return child;
  }
}

function isOver({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

function order(child: ChildProcess, what: Order): void {
  child.send(what, () => undefined);
}
