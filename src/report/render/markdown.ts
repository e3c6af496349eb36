import { printable } from '../../printable.ts';

/**
 * Text of others within a line of Markdown: shown as it is, never a link, a heading, a list or HTML. Whatever of ASCII
 * is no letter, digit or space may have a backslash before it.
 */
export function markdown(text: string): string {
  return printable(text).replaceAll(/[!-/:-@[-`{-~]/g, '\\$&');
}
