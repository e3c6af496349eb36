import { TODO } from '../open-places.ts';
import type { SourcePage } from './source-page.ts';
import { indent, scalar } from './yaml-text.ts';

/** Something that the page leaves open, to become an entry of `specs/ambiguities.yaml`. */
export interface Question {
  /** What is open, in the words of an id: `end-of-owner`. */
  readonly about: string;
  /** Quotes what the page says, so that the entry explains it and nothing else. */
  readonly text: string;
  readonly lines: readonly number[];
  /** What the draft takes it for. */
  readonly assumed: string;
  /** Why, where nothing but this can be meant; without it a person has to decide. */
  readonly why?: string;
}

/** Collects what a page leaves open. */
export class OpenQuestions {
  private readonly api: string;
  private readonly source: SourcePage;
  private readonly known: Set<string>;
  private readonly questions: (Question & { readonly id: string })[] = [];

  /** @param known ids that are taken */
  constructor(api: string, source: SourcePage, known: Iterable<string>) {
    this.api = api;
    this.source = source;
    this.known = new Set(known);
  }

  get all(): readonly (Question & { readonly id: string })[] {
    return this.questions;
  }

  add(question: Question): void {
    const base = `${this.api}-${slug(question.about)}`;
    let id = base;
    for (let count = 2; this.known.has(id); count++) id = `${base}-${count}`;
    this.known.add(id);
    this.questions.push({ id, ...question });
  }

  /** Entries of the list `ambiguities`. */
  toLines(): string[] {
    return this.questions.flatMap(({ id, text, lines, assumed, why }) => [
      `- id: ${id}`,
      ...indent(
        [
          `text: ${scalar(text)}`,
          `apis: [${this.api}]`,
          `sources: ${this.source.citeLines(lines)}`,
          'interpretations:',
          `  drafted: ${scalar(assumed)}`,
          'assumed: drafted',
          `why: ${scalar(why ?? `${TODO}: why this interpretation; or settle it in the documents and take the entry out.`)}`,
          'observed: { by: never, how: Nothing in an answer tells. }',
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
