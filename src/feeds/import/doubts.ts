import { indent, quoted, scalar, TODO } from './yaml-text.ts';

/** One thing that a draft leaves open, to become an entry of `specs/ambiguities.yaml`. */
interface Doubt {
  readonly id: string;
  /** Quotes what the page says, so that the entry answers for it and for nothing else. */
  readonly text: string;
  readonly lines: readonly number[];
  readonly assumed: string;
}

/** Collects what a draft leaves open. */
export class Doubts {
  private readonly api: string;
  private readonly feed: string;
  private readonly known: Set<string>;
  private readonly doubts: Doubt[] = [];

  /** @param known ids that are taken */
  constructor(api: string, feed: string, known: Iterable<string>) {
    this.api = api;
    this.feed = feed;
    this.known = new Set(known);
  }

  get count(): number {
    return this.doubts.length;
  }

  /**
   * @param about what is open, in the words of an id: `end-of-owner`
   * @param assumed what the draft takes it for
   */
  add(about: string, text: string, lines: readonly number[], assumed: string): void {
    const base = `${this.api}-${slug(about)}`;
    let id = base;
    for (let count = 2; this.known.has(id); count++) id = `${base}-${count}`;
    this.known.add(id);
    this.doubts.push({ id, text, lines, assumed });
  }

  /** Entries of the list `ambiguities`. */
  toLines(): string[] {
    return this.doubts.flatMap(({ id, text, lines, assumed }) => [
      `- id: ${id} # ${TODO}: settle it in the documents and take the entry out, or finish it`,
      ...indent(
        [
          `text: ${scalar(text)}`,
          `apis: [${this.api}]`,
          `sources: { ${quoted(this.feed)}: [${lines.join(', ')}] }`,
          'readings:',
          `  drafted: ${scalar(assumed)}`,
          'assumed: drafted',
          `why: ${scalar(`${TODO}: why this reading.`)}`,
          `observed: { by: never, how: ${quoted(`${TODO}: how a run can tell.`)} }`,
        ],
        2,
      ),
    ]);
  }
}

/** A text in the words of an id: small letters, digits and hyphens; empty when it has none of them. */
export function slug(text: string): string {
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+|-+$/g, '');
}
