import { printable } from '../../printable.ts';

/** Text that is HTML already. Only {@link html} makes it, so that nothing of others gets in unescaped. */
export class Html {
  readonly markup: string;

  private constructor(markup: string) {
    this.markup = markup;
  }

  /** What is HTML already; for our own style sheet and script alone. */
  static own(markup: string): Html {
    return new Html(markup);
  }
}

export type Part = Html | string | number | undefined | readonly Part[];

/** HTML of a template: whatever is put into it is escaped, for text and for quoted attributes alike. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let markup = texts[0] ?? '';
  for (const [index, part] of parts.entries()) markup += markupOf(part) + (texts[index + 1] ?? '');
  return Html.own(markup);
}

function markupOf(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Html) return part.markup;
  if (typeof part === 'number') return String(part);
  return typeof part === 'string' ? escaped(part) : part.map(markupOf).join('');
}

/** What can't be seen is written out, so that a reader sees what there is. */
function escaped(text: string): string {
  // Most of a page are names, for which nothing has to be looked up.
  if (/^[\w ./,[\]()-]*$/.test(text)) return text;
  return printable(text, { lineBreaks: true }).replaceAll(/[&<>"']/g, (mark) => entities[mark] ?? mark);
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
