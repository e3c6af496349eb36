import type { Sensitivity } from '../contract/model.ts';
import { type Literal, Literals } from './literals.ts';
import type { SensitiveNames } from './mask.ts';

/** A name, folded, whose values are not to be shown. */
interface Name extends Literal {
  readonly sensitivity: Sensitivity;
}

export type NameLiterals = Literals<Name>;

/** Names as they are looked for, so that it does not matter how they are written. */
export function nameLiterals(names: SensitiveNames): NameLiterals {
  return new Literals([...names].map(([units, sensitivity]) => ({ units, sensitivity })));
}

/** In quotation marks, in an element of XML, or bare in a form or in prose. What has been masked already stays. */
const value =
  /(?:(\\*["']?\s*[:=]\s*\\*["'](?=[^"'\\]))(?!\[(?:hidden|id)\b)[^"'\\]+|(>)(?!\[(?:hidden|id)\b)[^<]+|(\\*["']?\s*[:=]\s*)(?!\[(?:hidden|id)\b)[^"'\\,;&<>{}[\]\s]+(?:[ -]\d+)*)/y;
/** In prose a name may well be followed by what is no id: there is one where there is a digit. */
const id =
  /(\\*["']?\s*[:=]\s*\\*["']?|>)(?!\[(?:hidden|id)\b)[^"'\\,;&<>{}[\]\s\d]{0,64}\d[^"'\\,;&<>{}[\]\s]*/y;

/** The value behind a sensitive name that ends at a place of a text, if there is one. */
export function valueBehind(
  text: string,
  end: number,
  sensitivity: Sensitivity,
): { readonly start: number; readonly text: string } | undefined {
  const pattern = sensitivity === 'identifier' ? id : value;
  pattern.lastIndex = end;
  const match = pattern.exec(text);
  if (!match) return undefined;
  const before = match.slice(1).find((group) => group !== undefined) ?? '';
  return { start: end + before.length, text: match[0].slice(before.length) };
}
