import type { TestResult } from '@playwright/test/reporter';
import { printable, terminalText } from '../../printable.ts';
import { clip } from './layout.ts';

/** What progress is written to: a terminal, or a file. */
export interface ProgressOut {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** What a terminal shows while cases run: one line that changes; elsewhere dots. A case that is not passed has its line. */
export class Progress {
  readonly #out: ProgressOut;
  readonly #total: number;
  readonly #live: boolean;
  /** Cases that were skipped one behind the other, by the reason: those with the same one have one line. */
  readonly #skipped = new Map<string, { readonly first: string; readonly count: number }>();
  #done = 0;
  #dots = 0;

  constructor(out: ProgressOut, total: number) {
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
      const { first = id, count = 0 } = this.#skipped.get(told) ?? {};
      this.#skipped.set(told, { first, count: count + 1 });
      this.#show(id);
      return;
    }
    this.#tellSkipped();
    if (status === 'passed') {
      if (this.#live) this.#show(id);
      else {
        this.#out.write('.');
        this.#dots += 1;
      }
      return;
    }
    this.line(`${status === 'interrupted' ? '-' : '✗'} ${id}${reason === undefined ? '' : `  ${reason}`}`);
  }

  #tellSkipped(): void {
    for (const [reason, { first, count }] of this.#skipped) {
      const who = count === 1 ? first : `${count} cases`;
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
