/**
 * What can't be seen and what a terminal obeys: control and format characters (cursor moves, colours, bidirectional
 * overrides, characters without width), halves of surrogate pairs, what Unicode keeps for no character, other line
 * breaks.
 */
const unseen =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;

/** Marks beyond the fourth on one letter, which would pile up over other lines. */
const piled = /(?<=\p{M}{4})\p{M}/gu;

/** What a CI system obeys wherever it stands in a line: `##[`, `##vso[`, `##teamcity[`, folds of GitLab and Travis. */
const commands = [
  /(?<=#)#(?=[\w.-]*\[)/g,
  /(?<=section)_(?=(?:start|end):)/gi,
  /(?<=travis)_(?=(?:fold|time):)/gi,
];

/** What GitHub obeys at the start of a line, spaces before it or not; a word may come to stand there. */
const wordCommand = /(?<=^|\s):(?=:[a-z])/gi;

/**
 * Text of others made safe to show: what can't be seen, and one character of what a CI system takes for a command, is
 * written out (`\x1b`, `\u202e`, `\x3a:error`). Line breaks are kept when asked for.
 */
export function printable(text: string, { lineBreaks = false } = {}): string {
  const shown = text
    .replaceAll(unseen, (mark) => (lineBreaks && mark === '\n' ? mark : writtenOut(mark)))
    .replaceAll(piled, writtenOut);
  return [...commands, wordCommand].reduce((safe, command) => safe.replaceAll(command, writtenOut), shown);
}

/** {@link printable}, and of a text that would flood a reader the beginning. */
export function brief(text: string, options: { readonly lineBreaks?: boolean } = {}): string {
  if (text.length <= longest) return printable(text, options);
  return `${printable(text.slice(0, longest), options)}… (cut, ${text.length} characters in all)`;
}

const longest = 2000;

/**
 * The last step before lines go to a terminal or a log: they are as {@link printable} makes them, and none begins with a
 * command for a CI system, however it was wrapped and indented.
 *
 * @param colored the text has colours of our own: the sequences for them are kept
 */
export function terminalText(text: string, { colored = false } = {}): string {
  const parts = colored ? text.split(ownColors) : [text];
  const safe = parts
    .map((part, index) => (index % 2 === 1 ? part : printable(part, { lineBreaks: true })))
    .join('');
  return safe.replaceAll(lineCommand, (start) => `${start.slice(0, -1)}\\x3a`);
}

/** JSON for programs that a terminal or a CI system has nothing in to obey: the same document with more escapes. */
export function terminalJson(value: unknown): string {
  const text = JSON.stringify(value, null, 2).replaceAll(unseen, (mark) =>
    mark === '\n' ? mark : escaped(mark),
  );
  return `${commands.reduce((safe, command) => safe.replaceAll(command, escaped), text)}\n`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the sequences that the summary's paint makes.
const ownColors = /(\u001b\[(?:0|1|2|31|32|33)m)/;

/** The start of a line up to the colon that begins a command; colours are no text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above.
const lineCommand = /^(?:\s|\u001b\[\d+m)*:(?=(?:\u001b\[\d+m)*:)/gm;

function writtenOut(mark: string): string {
  const code = (mark.codePointAt(0) ?? 0).toString(16);
  if (code.length > 4) return `\\u{${code}}`;
  return code.length > 2 ? `\\u${code.padStart(4, '0')}` : `\\x${code.padStart(2, '0')}`;
}

function escaped(mark: string): string {
  return mark
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
