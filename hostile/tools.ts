import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Sandbox, SandboxOptions } from '../sandbox/start.ts';
import { endGroup } from './end-group.ts';

export const root = path.resolve(import.meta.dirname, '..');

/** How a command ended. */
export interface Ended {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Milliseconds. */
  readonly duration: number;
}

export interface Started {
  readonly child: ChildProcess;
  /** What it has printed so far on both streams. */
  readonly output: () => string;
  /** Resolves when its output fits; rejects when it ends before. */
  readonly prints: (pattern: RegExp) => Promise<RegExpExecArray>;
  readonly ended: Promise<Ended>;
}

export interface CommandOptions {
  /** Added to a bare environment: this process's own without KONAPLATE_, NODE_TEST and NODE_OPTIONS. */
  readonly env?: Readonly<Record<string, string>>;
  /** The project's root unless given. */
  readonly cwd?: string;
  /** Milliseconds after which it is killed; 60,000 unless given. */
  readonly deadline?: number;
}

export interface Watch {
  readonly started: (group: number) => void;
  readonly ended: (group: number) => void;
}

/** What a row is given. All that it starts or makes through them goes with the row. */
export class Tools {
  readonly #after: (() => Promise<void> | void)[] = [];
  readonly #watch: Watch | undefined;

  /** @param watch is told of every process group that the row starts, so that it can be ended without the row */
  constructor(watch?: Watch) {
    this.#watch = watch;
  }

  /** A folder of the row's own. */
  folder(): string {
    const folder = mkdtempSync(path.join(tmpdir(), 'konaplate-hostile-'));
    this.after(() => rmSync(folder, { recursive: true, force: true }));
    return folder;
  }

  /** Writes a file into a folder of its own and returns its path. */
  file(name: string, text: string): string {
    const file = path.join(this.folder(), name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  /** Runs a command to its end. */
  async command(program: string, args: readonly string[], options: CommandOptions = {}): Promise<Ended> {
    return this.start(program, args, options).ended;
  }

  /** Starts a command in a process group of its own, so that signals of a row reach nobody else. */
  start(
    program: string,
    args: readonly string[],
    { env = {}, cwd = root, deadline = 60_000 }: CommandOptions = {},
  ): Started {
    const began = performance.now();
    const child = spawn(program, args, {
      cwd,
      env: { ...bareEnvironment(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const said = { stdout: '', stderr: '' };
    const waiting = new Set<() => void>();
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].on('data', (data: Buffer) => {
        said[name] += data.toString('utf8');
        for (const look of waiting) look();
      });
    }
    const group = child.pid;
    if (group !== undefined) this.#watch?.started(group);
    // The whole group: what a killed child leaves running would keep its output open.
    const endAll = () => group !== undefined && endGroup(group);
    const timer = setTimeout(endAll, deadline);
    const ended = new Promise<Ended>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (exitCode, signal) => {
        clearTimeout(timer);
        resolve({ exitCode, signal, ...said, duration: performance.now() - began });
      });
    });
    this.after(async () => {
      endAll();
      await ended.catch(() => undefined);
      if (group !== undefined) this.#watch?.ended(group);
    });
    const output = () => said.stdout + said.stderr;
    return {
      child,
      output,
      ended,
      prints: (pattern) =>
        new Promise((resolve, reject) => {
          const look = () => {
            const found = pattern.exec(output());
            if (!found) return;
            waiting.delete(look);
            resolve(found);
          };
          waiting.add(look);
          look();
          void ended.then(
            () => reject(new Error(`it ended without printing ${pattern}: ${output()}`)),
            reject,
          );
        }),
    };
  }

  /** The embedded target, in this process. */
  async sandbox(options: SandboxOptions = {}): Promise<Sandbox> {
    // Most rows do without, and loading it takes time.
    const { startSandbox } = await import('../sandbox/start.ts');
    const sandbox = await startSandbox(options);
    this.after(() => sandbox.close());
    return sandbox;
  }

  /** A target of the row's own on loopback; returns its base URL without a slash at its end. */
  async target(answer: RequestListener): Promise<{ readonly url: string; readonly server: Server }> {
    const server = createServer(answer);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.after(() => {
      server.closeAllConnections();
      server.close();
    });
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    return { url: `http://127.0.0.1:${port}`, server };
  }

  /** Done when the row is over, the last one first. */
  after(undo: () => Promise<void> | void): void {
    this.#after.push(undo);
  }

  async end(): Promise<void> {
    for (const undo of this.#after.splice(0).reverse()) await undo();
  }
}

export function bareEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(?:KONAPLATE_|NODE_TEST|NODE_OPTIONS$|FORCE_COLOR$|npm_)/.test(name),
  );
  // Nor what somebody who works here keeps in a .env file.
  return { ...Object.fromEntries(kept), KONAPLATE_ENV_FILE: '' };
}

/** The folder of the one run below a folder of reports. */
export function runIn(reports: string): string {
  const runs = path.join(reports, 'runs');
  const [run = 'none'] = existsSync(runs) ? readdirSync(runs) : [];
  return path.join(runs, run);
}
