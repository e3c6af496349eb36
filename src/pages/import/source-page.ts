import { quoteOf } from '../../contract/quote.ts';
import type { Capture } from '../capture.ts';
import { normal } from '../check/item.ts';
import { indent, quoted, scalar } from './yaml-text.ts';

/** The page of a draft: writes its citations, and knows afterwards which lines are to be quoted. */
export class SourcePage {
  readonly number: string;
  readonly #capture: Capture;
  readonly #cited = new Set<number>();

  constructor(number: string, capture: Capture) {
    this.number = number;
    this.#capture = capture;
  }

  /** What `x-source` cites: `"005": { name: 8, form: [9, 10] }`. */
  citeFacts(facts: ReadonlyMap<string, readonly number[]>): string {
    const parts = [...facts].map(([fact, lines]) => {
      for (const line of lines) this.#cited.add(line);
      const [first] = lines;
      return `${fact}: ${lines.length === 1 && fact !== 'values' ? first : `[${lines.join(', ')}]`}`;
    });
    return `${quoted(this.number)}: { ${parts.join(', ')} }`;
  }

  /** What a `source` cites: `{ "005": 8 }`. */
  citeLine(line: number): string {
    this.#cited.add(line);
    return `{ ${quoted(this.number)}: ${line} }`;
  }

  /** What the `sources` of an ambiguity cite: `{ "005": [8, 9] }`. */
  citeLines(lines: readonly number[]): string {
    for (const line of lines) this.#cited.add(line);
    return `{ ${quoted(this.number)}: [${lines.join(', ')}] }`;
  }

  /** The entry of `specs/pages.yaml`, with the words of every line cited so far. */
  entry(): string[] {
    const { page, lines, sha256 } = this.#capture;
    return [
      `${quoted(this.number)}:`,
      ...indent(
        [
          `name: ${scalar(normal(page.name?.value ?? ''))}`,
          `address: ${scalar(page.path?.value ?? '')}`,
          `sha256: ${sha256}`,
          'lines:',
          ...indent(
            [...this.#cited]
              .sort((a, b) => a - b)
              .map((line) => `${line}: ${quoted(quoteOf(lines[line - 1] ?? ''))}`),
            2,
          ),
        ],
        2,
      ),
    ];
  }
}
