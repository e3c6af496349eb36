import { printable } from '../../printable.ts';
import { type Html, html } from './html.ts';

/** A sentence of ours in the languages of the page. */
export interface Told {
  readonly en: string;
  readonly ko: string;
}

/**
 * Writes sentences of ours into a page, in English; the page's script puts the Korean in their place. Each sentence is
 * in the file once, however often it is said.
 */
export class Voice {
  readonly #places = new Map<string, number>();
  readonly #table: (readonly [string, string])[] = [];

  say(told: Told): Html {
    return html`<span${this.mark(told)}>${told.en}</span>`;
  }

  /** An attribute for an element that has the English of a sentence in it and nothing else. */
  mark(told: Told): Html {
    return html` data-w="${this.#placeOf(told)}"`;
  }

  /** An attribute that names an element for those who hear the page. */
  label(told: Told): Html {
    return html` aria-label="${told.en}" data-l="${this.#placeOf(told)}"`;
  }

  /** English and Korean by place. */
  get table(): readonly (readonly [string, string])[] {
    return this.#table;
  }

  #placeOf({ en, ko }: Told): number {
    const key = `${en}\n${ko}`;
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    this.#places.set(key, this.#table.length);
    return this.#table.push([shown(en), shown(ko)]) - 1;
  }
}

function shown(text: string): string {
  return printable(text, { lineBreaks: true });
}

/** Text that is no sentence of ours, as it is: quotations of pages, messages, what a record says. */
export function verbatim(text: string): Html {
  return html`<span lang="${langOf(text)}" translate="no">${text}</span>`;
}

/** Ids, values and commands. */
export function code(text: string): Html {
  return html`<code translate="no" lang="${langOf(text)}">${text}</code>`;
}

export function langOf(text: string): 'en' | 'ko' {
  return /\p{Script=Hangul}/u.test(text) ? 'ko' : 'en';
}
