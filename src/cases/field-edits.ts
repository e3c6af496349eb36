import type { Aspect } from '../contract/limits.ts';
import type { Field, Format, Schema } from '../contract/schema.ts';
import { longestSent } from '../contract/unbreakable.ts';
import { compareNumbers, isJsonArray, isJsonNumber, type JsonValue } from '../json/json.ts';
import { exact, valuesOf } from './made-value.ts';
import { textEdits } from './mutations/text-edits.ts';

/** One way to change a field, by what its schema says. */
export interface FieldEdit {
  readonly name: string;
  /** What it is there to try. */
  readonly aspect: Aspect;
  /** The values that may do it, the plainest first; undefined takes the field out. None: none could be made. */
  readonly values: readonly (JsonValue | undefined)[];
}

/**
 * The ways to break each limit of a field, by a hair where there is one. Which value breaks what is not decided here:
 * where an interpretation allows it, or nothing limits it, none does.
 *
 * @param current the value that is changed
 * @param item one more item, if it is a list
 */
export function breakingEdits(
  field: Field,
  current: JsonValue | undefined,
  item: JsonValue | undefined,
): readonly FieldEdit[] {
  const { schema, required, conditions } = field;
  const limits = [schema, ...(schema.anyOf ?? [])];
  const type = limits.find((part) => part.type !== undefined)?.type;
  const text = typeof current === 'string' ? current : '';
  return [
    edit('true', 'type', true),
    ...(type === 'array' ? [] : [edit('a-list', 'type', [])]),
    ...(type === 'object' ? [] : [edit('an-object', 'type', {})]),
    ...(required || conditions.length > 0 ? [edit('missing', 'presence', undefined)] : []),
    edit('null', 'type', null),
    edit('of-another-type', 'type', ofAnotherType(type, current)),
    ...(type === 'integer' || type === 'number' ? [edit('with-a-fraction', 'type', 1.5)] : []),
    ...(type === 'string' && required ? [edit('empty', 'length', '')] : []),
    ...beyond(limits, 'minLength', 'maxLength', longestSent.characters, 2).map((length) =>
      edit(`of-${length}-characters`, 'length', ...textsOf(length, text, valuesOf(schema))),
    ),
    ...beyond(limits, 'minItems', 'maxItems', longestSent.items, 1).map((length) =>
      edit(`of-${length}-items`, 'length', ...listsOf(length, current, item)),
    ),
    ...unique(limits.flatMap(({ minimum }) => minimum ?? [])).map((least) => numbered(nextTo(least, -1))),
    ...unique(limits.flatMap(({ maximum }) => maximum ?? [])).map((most) => numbered(nextTo(most, 1))),
    ...badForms(limits, text),
    ...badValues(schema, text),
  ];
}

/** The values within the limits of a field that say most: the first and the last one, or each where few are listed. */
export function allowedEdits(
  { schema }: Field,
  current: JsonValue | undefined,
  item: JsonValue | undefined,
): readonly FieldEdit[] {
  const limits = [schema, ...(schema.anyOf ?? [])];
  const minimum = limits.flatMap((part) => part.minimum ?? []).sort((a, b) => compareNumbers(b, a))[0];
  const maximum = limits.flatMap((part) => part.maximum ?? []).sort(compareNumbers)[0];
  const { minItems, maxItems } = schema;
  return [
    ...(minimum === undefined || maximum === undefined ? [] : unique([minimum, maximum]).map(numbered)),
    ...(schema.type === 'boolean' ? [edit('of-true', 'type', true), edit('of-false', 'type', false)] : []),
    ...(valuesOf(schema) ?? []).map((value, index) =>
      edit(/^[\w.-]+$/.test(value) ? `of-${value}` : `of-value-${index + 1}`, 'enum', value),
    ),
    ...unique([minItems, maxItems].flatMap((length) => length ?? []))
      .filter((length) => length <= longestSent.items)
      .map((length) => edit(`of-${length}-items`, 'length', ...listsOf(length, current, item))),
  ];
}

function edit(name: string, aspect: Aspect, ...values: FieldEdit['values']): FieldEdit {
  return { name, aspect, values };
}

function numbered(value: number | bigint): FieldEdit {
  return edit(`of-${value}`, 'range', typeof value === 'bigint' ? exact(value) : value);
}

/** As a client that mixes up the types would send it: a number in quotes, a text of digits without them. */
function ofAnotherType(type: Schema['type'], current: JsonValue | undefined): JsonValue {
  if (type === 'string') {
    const text = typeof current === 'string' ? current : '';
    return /^[1-9]\d*$/.test(text) ? exact(BigInt(text)) : [text];
  }
  return isJsonNumber(current) || typeof current === 'boolean' ? String(current) : 'text';
}

/** The lengths just outside of limits, of which the least and the greatest that could be sent. */
function beyond(
  limits: readonly Schema[],
  min: 'minLength' | 'minItems',
  max: 'maxLength' | 'maxItems',
  longest: number,
  least: number,
): readonly number[] {
  const below = limits.flatMap((part) => part[min] ?? []).filter((length) => length >= least);
  const above = limits.flatMap((part) => part[max] ?? []).filter((length) => length < longest);
  return [
    ...unique(below).map((length) => Math.min(length - 1, longest)),
    ...unique(above).map((length) => length + 1),
  ];
}

/** Texts of a length that are as much like the value, or like one of its listed values, as can be. */
function textsOf(length: number, text: string, listed: readonly string[] = []): readonly string[] {
  return [text, ...listed].flatMap((like) => [
    sized(like, length),
    // Of a form, the end may be fixed.
    like.slice(-length).padStart(length, like.charAt(0) || '0'),
  ]);
}

function sized(text: string, length: number): string {
  return text.slice(0, length).padEnd(length, text.at(-1) ?? '0');
}

/** A list with the first items of another, and the last one as often as it takes; none without an item. */
function listsOf(
  length: number,
  current: JsonValue | undefined,
  item: JsonValue | undefined,
): readonly JsonValue[] {
  const list = isJsonArray(current) ? current.slice(0, length) : [];
  const more = list.at(-1) ?? item;
  if (list.length === length) return [list];
  return more === undefined ? [] : [[...list, ...new Array(length - list.length).fill(more)]];
}

/** The next number outside of a limit: by one, or by one in its last decimal. */
function nextTo(limit: number | bigint, by: 1 | -1): number | bigint {
  if (typeof limit === 'bigint' || Number.isInteger(limit)) return BigInt(limit) + BigInt(by);
  const decimals = String(limit).split('.')[1]?.length ?? 0;
  return Number((limit + by * 10 ** -decimals).toFixed(decimals));
}

/** Dates that there are not, and digits that are none. */
const malformed: Readonly<Record<Format, readonly string[]>> = {
  'correlation-id': ['260101000000-012345g'],
  'compact-date-time': ['2026010100000x'],
  yymm: ['3013'],
};

function badForms(limits: readonly Schema[], text: string): readonly FieldEdit[] {
  const formats = limits.flatMap(({ format }) => format ?? []);
  if (formats.length === 0 && limits.every(({ pattern }) => pattern === undefined)) return [];
  const like = sized(text, limits.find(({ minLength }) => minLength !== undefined)?.minLength ?? text.length);
  const spoiled = ['~', 'x', '0'].flatMap((mark) => [
    like.slice(0, -1) + mark,
    mark + like.slice(1),
    mark.repeat(Math.max(like.length, 1)),
  ]);
  return [edit('bad-form', 'form', ...formats.flatMap((format) => malformed[format]), ...spoiled)];
}

function badValues(schema: Schema, text: string): readonly FieldEdit[] {
  const listed = valuesOf(schema);
  if (!listed) return [];
  const near = [text, ...listed].flatMap((value) => [
    textEdits.alter.apply(value),
    `${value.slice(0, -1)}~`,
    `~${value.slice(1)}`,
    textEdits.extend.apply(value),
  ]);
  return [edit('of-another-value', 'enum', ...near)];
}

function unique<T extends number | bigint>(list: readonly T[]): readonly T[] {
  return [...new Map(list.map((one) => [String(one), one])).values()];
}
