import type { Sensitivity } from '../contract/model.ts';
import { isJsonArray, isJsonObject, type JsonValue, stringifyJson } from '../json/json.ts';

const longest = 120;

/** What can't be told from something else by looking: other spaces, marks without width or of their own, other alphabets. */
const lookalike = /(?! )[\p{Cf}\p{Zs}\p{M}\p{Script=Cyrillic}\p{Script=Greek}\uff01-\uff5e]/gu;

function escapes(mark: string): string {
  return mark
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}

/**
 * A value as a finding may tell it: short, and of a sensitive one only what it is and how long. An id is told whole or
 * not at all: it is known again, and becomes its pseudonym, when the finding is written down.
 */
export function showValue(value: JsonValue | undefined, sensitivity: Sensitivity | undefined): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (isJsonArray(value)) return `a list of ${value.length}`;
  if (isJsonObject(value)) return 'an object';
  const text = stringifyJson(value).replaceAll(lookalike, (mark) => escapes(mark));
  const length = typeof value === 'string' ? ` of ${[...value].length} characters` : '';
  if (sensitivity === 'identifier' && text.length <= longest) return text;
  if (sensitivity) return `a hidden ${typeof value === 'string' ? 'string' : 'number'}${length}`;
  return text.length <= longest ? text : `${text.slice(0, longest)}…${length}`;
}

/** The same for a value whose length is what is wrong. */
export function showLength(value: JsonValue | undefined, sensitivity: Sensitivity | undefined): string {
  if (typeof value !== 'string') return showValue(value, sensitivity);
  const length = `${[...value].length} characters`;
  return sensitivity ? length : `${length}: ${showValue(value, sensitivity)}`;
}
