/** The longest quotation of a page, in characters. */
const LONGEST = 80;
const BULLET = /^[-•*·‣▪–]\s+/;

/** The beginning of a text, cut behind a word and marked with "…" when it is longer than a quotation may be. */
export function shortened(text: string): string {
  if (text.length <= LONGEST) return text;
  // Room for the mark. A text without a space is cut anywhere, but not between the halves of a character.
  const space = text.lastIndexOf(' ', LONGEST - 2);
  const head = text.slice(0, space > 0 ? space : LONGEST - 2);
  return `${head.replace(/[\uD800-\uDBFF]$/, '').trimEnd()} …`;
}

/** The words of a page's line, without its bullet, as the documents quote them. */
export function quoteOf(line: string): string {
  return shortened(wordsOf(line));
}

/** Whether a line has the words of a quotation: all of the line, but for what "…" stands for. */
export function isQuoteOf(quote: string, line: string): boolean {
  const words = wordsOf(line);
  const parts = quote.split('…').map((part) => part.trim());
  let at = 0;
  for (const [index, part] of parts.entries()) {
    const last = index === parts.length - 1;
    const found = last && part !== '' ? words.length - part.length : words.indexOf(part, at);
    if (found < at || (index === 0 && found !== 0) || !words.startsWith(part, found)) return false;
    at = found + part.length;
  }
  return parts.length > 1 || at === words.length;
}

/** The pages mix no-break spaces and spaces in one sentence, so that no one can mean anything by it. */
function wordsOf(line: string): string {
  return line.replaceAll(/\s+/g, ' ').trim().replace(BULLET, '');
}
