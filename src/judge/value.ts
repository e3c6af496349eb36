import type { Sensitivity } from '../contract/model.ts';
import { isJsonArray, isJsonObject, type JsonValue, stringifyJson } from '../wire/json.ts';

const longest = 120;

/** A value as a finding may tell it: short, and of a sensitive one only what it is and how long. */
export function showValue(value: JsonValue | undefined, sensitivity: Sensitivity | undefined): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (isJsonArray(value)) return `a list of ${value.length}`;
  if (isJsonObject(value)) return 'an object';
  const text = stringifyJson(value);
  const length = typeof value === 'string' ? ` of ${[...value].length} characters` : '';
  if (sensitivity) return `a hidden ${typeof value === 'string' ? 'string' : 'number'}${length}`;
  return text.length <= longest ? text : `${text.slice(0, longest)}…${length}`;
}

/** The same for a value whose length is what is wrong. */
export function showLength(value: JsonValue | undefined, sensitivity: Sensitivity | undefined): string {
  if (typeof value !== 'string') return showValue(value, sensitivity);
  const length = `${[...value].length} characters`;
  return sensitivity ? length : `${length}: ${showValue(value, sensitivity)}`;
}
