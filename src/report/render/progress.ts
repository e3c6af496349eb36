import type { TestResult } from '@playwright/test/reporter';
import { printable, terminalText } from '../../printable.ts';
import { clip } from './layout.ts';

/** What is needed of the stream that shows it. */
interface Terminal {
  readonly write: (text: string) => unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/**
 * What a terminal shows while cases run: one line that changes; elsewhere a mark a case. The first case that is not passed
 * for a reason has its line.
 */
export class Progress {
  readonly #out: Terminal;
  readonly #total: number;
  readonly #live: boolean;
  /** Cases that were skipped one behind the other, by the reason: for the very same one they have one line. */
  readonly #skipped = new Map<string, string[]>();
  /** What has had its line. */
  readonly #told = new Set<string>();
  #done = 0;
  #dots = 0;

  constructor(out: Terminal, total: number) {
    this.#out = out;
    this.#total = total;
    this.#live = out.isTTY === true && process.env.TERM !== 'dumb';
  }

  begins(id: string): void {
    this.#show(id);
  }

  ended(id: string, status: TestResult['status'], reason: string | undefined): void {
    this.#done += 1;
    if (status === 'skipped') {
      const told = reason ?? '';
      this.#skipped.set(told, [...(this.#skipped.get(told) ?? []), id]);
      this.#show(id);
      return;
    }
    this.#tellSkipped();
    if (status === 'passed') {
      this.#mark('.', id);
      return;
    }
    const mark = status === 'interrupted' ? '-' : '✗';
    const why = reason === undefined ? '' : `  ${firstOf(reason)}`;
    if (why !== '' && this.#told.has(why)) {
      this.#mark(mark, id);
      return;
    }
    this.#told.add(why);
    this.line(`${mark} ${id}${why}`);
  }

  #mark(mark: string, id: string): void {
    if (this.#live) this.#show(id);
    else {
      this.#out.write(mark);
      this.#dots += 1;
    }
  }

  #tellSkipped(): void {
    for (const [reason, [first = '', ...others]] of this.#skipped) {
      const who = others.length === 0 ? first : `${others.length + 1} cases`;
      this.line(`- ${who}${reason === '' ? '' : `  ${reason}`}`);
    }
    this.#skipped.clear();
  }

  /** A line that stays. */
  line(text: string): void {
    this.#clear();
    this.#out.write(`${terminalText(clip(printable(text), Math.min(this.#out.columns ?? 110, 110)))}\n`);
    if (this.#live && this.#done < this.#total) this.#show('');
  }

  done(): void {
    this.#tellSkipped();
    this.#clear();
  }

  #show(id: string): void {
    if (!this.#live) return;
    const text = `${String(this.#done).padStart(String(this.#total).length)}/${this.#total}  ${printable(id)}`;
    this.#out.write(`\r\u001b[2K${terminalText(clip(text, Math.max(20, (this.#out.columns ?? 80) - 1)))}`);
  }

  #clear(): void {
    if (this.#live) this.#out.write('\r\u001b[2K');
    else if (this.#dots > 0) this.#out.write('\n');
    this.#dots = 0;
  }
}

/** The first finding of a message, in one line. */
function firstOf(reason: string): string {
  return reason
    .split('\n')
    .slice(0, 3)
    .map((line) => line.trim().replaceAll(/ {2,}/g, ' '))
    .join(' ');
}
