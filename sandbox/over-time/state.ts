import type { End, Move, OwnedRecord, Process } from '../../src/contract/arazzo/model.ts';
import type { JsonObject, JsonValue } from '../../src/json/json.ts';
import { getPointer } from '../../src/json/json.ts';

/** Something that was started. */
export interface Run {
  readonly process: Process;
  readonly id: string | undefined;
  readonly owner: string | undefined;
  /** The request that started it. */
  readonly request: JsonObject;
  /** Milliseconds since the epoch; -Infinity for one that had ended at once. */
  readonly began: number;
  /** The status to which a request took it, and when. */
  moved: { readonly status: string; readonly at: number } | undefined;
}

/**
 * What the target remembers of processes and records, in memory. A process goes on by the clock, a status each step, by
 * the way on which all goes well; there are no timers.
 */
export class OverTimeState {
  readonly #now: () => number;
  readonly #step: number;
  readonly #runs: Run[] = [];
  /** Name of the record and owner → when it was removed last. */
  readonly #removals = new Map<string, number>();

  /** @param step milliseconds */
  constructor(now: () => number, step: number) {
    this.#now = now;
    this.#step = step;
  }

  start(started: Omit<Run, 'began' | 'moved'>, hasEnded: boolean): void {
    const began = hasEnded ? Number.NEGATIVE_INFINITY : this.#now();
    this.#runs.push({ ...started, began, moved: undefined });
  }

  find(process: Process, id: string | undefined): Run | undefined {
    return this.#runs.findLast((run) => run.process === process && run.id !== undefined && run.id === id);
  }

  /** Whether somebody or something was in a start. */
  knows(subject: string): boolean {
    return this.#runs.some(({ id, owner }) => id === subject || owner === subject);
  }

  /** Whether one of an owner is under way. */
  isBusy(process: Process, owner: string | undefined): boolean {
    return this.#of(process, owner).some((run) => this.#endOf(run) === undefined);
  }

  statusOf(run: Run): string | undefined {
    if (run.moved) return run.moved.status;
    const way = wayOf(run.process);
    const steps = Math.floor((this.#now() - run.began) / this.#step);
    return way[Math.min(steps, way.length - 1)];
  }

  /** Takes it to another status; false when its own does not allow that. */
  move(run: Run, { from, to }: Move): boolean {
    const status = this.statusOf(run);
    if (status === undefined || !from.includes(status)) return false;
    run.moved = { status: to, at: this.#now() };
    return true;
  }

  /** The values of an owner's record by name; undefined without one. */
  record({ name }: OwnedRecord, process: Process, owner: string): ReadonlyMap<string, JsonValue> | undefined {
    const removed = this.#removals.get(`${name} ${owner}`) ?? Number.NEGATIVE_INFINITY;
    const run = this.#of(process, owner).findLast(
      (one) => this.#endOf(one) === 'succeeded' && this.#endedAt(one) >= removed,
    );
    return run && valuesOf(run);
  }

  /** Removes an owner's record, if there is one. What is under way goes on, and its record comes. */
  remove({ name }: OwnedRecord, owner: string): void {
    // What ended at this very moment was there already.
    this.#removals.set(`${name} ${owner}`, this.#now() + 1);
  }

  #of(process: Process, owner: string | undefined): readonly Run[] {
    return owner === undefined
      ? []
      : this.#runs.filter((run) => run.process === process && run.owner === owner);
  }

  #endOf(run: Run): End | undefined {
    if (!run.process.look) return 'succeeded';
    const status = this.statusOf(run);
    return status === undefined ? 'succeeded' : run.process.statuses.get(status)?.end;
  }

  #endedAt({ process, began, moved }: Run): number {
    return moved?.at ?? began + (wayOf(process).length - 1) * this.#step;
  }
}

/** The statuses of a process on the way on which all goes well, from the first to its end. */
export function wayOf({ statuses }: Process): readonly string[] {
  const [first] = statuses.keys();
  const way = first === undefined ? [] : [first];
  for (const status of way) {
    const next = statuses
      .get(status)
      ?.next.find((one) => statuses.get(one)?.end !== 'failed' && !way.includes(one));
    if (next !== undefined) way.push(next);
  }
  return way;
}

function valuesOf({ process, request }: Run): ReadonlyMap<string, JsonValue> {
  return new Map(
    [...process.start.values].flatMap(([name, pointer]) => {
      const value = getPointer(request, pointer);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}
