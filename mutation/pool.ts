import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { root } from '../src/run/settings.ts';
import { MutationTestError } from './error.ts';
import type { Subject } from './fixture.ts';
import type { Trial } from './trial.ts';
import type { Job } from './try.ts';

/** Trials at a time in one process: while one waits for an answer or a clock, another goes on. */
const atOnce = 2;

interface Pooled extends Subject {
  readonly processes: number;
  readonly seed: number;
}

type Message = { readonly ready: true } | { readonly trial: Trial } | { readonly problem: string };

/**
 * Tries all jobs in several processes, each with keys and sandboxes of its own.
 *
 * @param told after each trial
 * @throws {MutationTestError} when a process fails or ends on its own
 */
export async function tryAll(
  jobs: readonly Job[],
  { processes, seed, documents = root, apis = [] }: Pooled,
  told: (trial: Trial) => void = () => undefined,
): Promise<readonly Trial[]> {
  const waiting = [...jobs];
  const trials: Trial[] = [];
  const children: ChildProcess[] = [];
  const work = () =>
    new Promise<void>((resolve, reject) => {
      const child = fork(path.join(import.meta.dirname, 'worker.ts'), [String(seed), documents, ...apis], {
        execArgv: ['--import', 'tsx'],
      });
      children.push(child);
      let underWay = 0;
      const next = () => {
        const job = waiting.shift();
        if (job !== undefined) {
          underWay += 1;
          child.send(job);
        } else if (underWay === 0) resolve();
      };
      child.on('error', reject);
      child.on('exit', (code) => {
        reject(
          new MutationTestError(`a process of the mutation test ended by itself with ${code ?? 'a signal'}`),
        );
      });
      child.on('message', (message: Message) => {
        if ('problem' in message) {
          reject(new MutationTestError(message.problem));
        } else if ('trial' in message) {
          underWay -= 1;
          trials.push(message.trial);
          told(message.trial);
          next();
        } else for (let count = 0; count < atOnce; count += 1) next();
      });
    });
  try {
    await Promise.all(Array.from({ length: Math.min(processes, jobs.length) }, work));
  } finally {
    for (const child of children) {
      child.removeAllListeners('exit');
      if (child.connected) child.disconnect();
    }
  }
  const order = new Map(jobs.map(({ kind, id }, index) => [`${kind} ${id}`, index] as const));
  const place = ({ kind, id }: Trial) => order.get(`${kind} ${id}`) ?? 0;
  return trials.toSorted((a, b) => place(a) - place(b));
}
