import { printable } from '../../printable.ts';

/**
 * Text of others within a line of Markdown: shown as it is, never a link, a heading, a list or HTML. Whatever of ASCII
 * is no letter, digit or space may have a backslash before it.
 */
export function markdown(text: string): string {
  return printable(text).replaceAll(/[!-/:-@[-`{-~]/g, '\\$&');
}

/**
 * The same for those who read the source as well: a backslash stands only before what some reader of Markdown obeys
 * within a line, or at its start.
 */
export function legible(text: string): string {
  return printable(text)
    .replaceAll(/[\\`*[\]<>|&~@#$!]/g, '\\$&')
    .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replaceAll(/:(?=\/\/)|(?<=\bwww)\./gi, '\\$&')
    .replace(/^(\s*)([-+=])/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/, '$1\\$2');
}

/** Text of others as code within a line, also of a table: nothing in it is obeyed. */
export function codeSpan(text: string): string {
  const shown = printable(text);
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = /^`|`$|^ .* $|^$/.test(shown) ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`.replaceAll('|', '\\|');
}
