import type { Tools } from './tools.ts';

/** What is hostile: the target's answers, the way to it, processes and signals, files and disks, profiles and settings, texts, secrets, a mistake in the suite. */
export const families = [
  'target',
  'network',
  'process',
  'disk',
  'profile',
  'text',
  'secret',
  'suite',
] as const;
export type Family = (typeof families)[number];

/** One hostile behaviour, and what must be seen of the suite all the same. */
export interface Row {
  /** Stable, `<family>/<name>`. */
  readonly id: `${Family}/${string}`;
  /** What happens to the suite, one sentence for a person. */
  readonly hostile: string;
  /** What must be seen, one sentence for a person. */
  readonly expected: string;
  /** Why it can't be tried on this machine, if so: the row is shown as not tried, with this reason. */
  readonly untriable?: () => string | undefined;
  /** Left out with `--quick`: it takes more than ten seconds. */
  readonly slow?: true;
  /** Does it and says what was seen. Throws only for a fault of the row itself. */
  readonly run: (tools: Tools) => Promise<Seen>;
}

/** What was seen of one row. */
export interface Seen {
  /** What happened, one sentence for a person: quote the line that the suite printed. */
  readonly happened: string;
  /** Exit code of the command; null when there was none, because the row calls a function. */
  readonly exitCode: number | null;
  /** What was left on disk, in a few words: `a run, unfinished`, `nothing`. */
  readonly wrote: string;
  /** Each way in which this departs from what was expected; empty when the row holds. */
  readonly problems: readonly string[];
}
