import type { SourcePage } from './source-page.ts';
import { indent, quoted, scalar, TODO } from './yaml-text.ts';

/** One thing that a draft leaves open, to become an entry of `specs/ambiguities.yaml`. */
interface OpenQuestion {
  readonly id: string;
  /** Quotes what the page says, so that the entry explains it and nothing else. */
  readonly text: string;
  readonly lines: readonly number[];
  readonly assumed: string;
}

/** Collects what a draft leaves open. */
export class OpenQuestions {
  private readonly api: string;
  private readonly source: SourcePage;
  private readonly known: Set<string>;
  private readonly questions: OpenQuestion[] = [];

  /** @param known ids that are taken */
  constructor(api: string, source: SourcePage, known: Iterable<string>) {
    this.api = api;
    this.source = source;
    this.known = new Set(known);
  }

  get count(): number {
    return this.questions.length;
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
    this.questions.push({ id, text, lines, assumed });
  }

  /** Entries of the list `ambiguities`. */
  toLines(): string[] {
    return this.questions.flatMap(({ id, text, lines, assumed }) => [
      `- id: ${id} # ${TODO}: compareTo it in the documents and take the entry out, or finish it`,
      ...indent(
        [
          `text: ${scalar(text)}`,
          `apis: [${this.api}]`,
          `sources: ${this.source.citeLines(lines)}`,
          'interpretations:',
          `  drafted: ${scalar(assumed)}`,
          'assumed: drafted',
          `why: ${scalar(`${TODO}: why this interpretation.`)}`,
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
