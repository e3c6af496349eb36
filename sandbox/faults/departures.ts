import { formats } from '../../src/contract/formats.ts';
import type { Aspect } from '../../src/contract/limits.ts';
import type { Field, Schema } from '../../src/contract/schema.ts';
import {
  compareNumbers,
  isJsonArray,
  isJsonNumber,
  isJsonObject,
  type JsonValue,
} from '../../src/json/json.ts';

/** One way in which the value of a request's field can depart from its limits. */
export interface Departure {
  readonly how: string;
  readonly aspect: Aspect;
  readonly says: string;
  readonly departs: (value: JsonValue | undefined) => boolean;
}

/** Every departure that each interpretation of a field forbids. */
export function departuresFrom({ schema, required, name }: Field): readonly Departure[] {
  return [
    ...(required && name !== '[]'
      ? [departure('missing', 'presence', 'is missing', (value) => value === undefined)]
      : []),
    departure('null', 'type', 'is null', (value) => value === null),
    ...otherTypes(schema),
    ...otherLengths(schema, required),
    ...otherForms(schema),
    ...otherRanges(schema),
  ];
}

function departure(
  how: string,
  aspect: Aspect,
  says: string,
  departs: (value: JsonValue | undefined) => boolean,
): Departure {
  return { how, aspect, says, departs };
}

type Given = (value: JsonValue) => boolean;

const isText: Given = (value) => typeof value === 'string';
const isTruth: Given = (value) => typeof value === 'boolean';
const isInteger: Given = (value) => typeof value === 'bigint' || Number.isInteger(value);

function otherTypes({ type }: Schema): readonly Departure[] {
  const one = (how: string, says: string, departs: Given) =>
    departure(how, 'type', says, (value) => value !== undefined && value !== null && departs(value));
  switch (type) {
    case 'string':
      return [one('number', 'is no text', (value) => !isText(value))];
    case 'integer':
    case 'number':
      return [
        one('string', 'is a text', isText),
        one(
          'no-number',
          'is true, false, a list or an object',
          (value) => isTruth(value) || isJsonArray(value) || isJsonObject(value),
        ),
        ...(type === 'integer'
          ? [one('fraction', 'has a fraction', (value) => isJsonNumber(value) && !isInteger(value))]
          : []),
      ];
    case 'boolean':
      return [one('no-boolean', 'is neither true nor false', (value) => !isTruth(value))];
    case 'array':
      return [one('no-list', 'is no list', (value) => !isJsonArray(value))];
    case 'object':
      return [one('no-object', 'is no object', (value) => !isJsonObject(value))];
    default:
      return [];
  }
}

function limitsOf(schema: Schema): readonly Schema[] {
  return [schema, ...(schema.anyOf ?? [])];
}

function otherLengths(schema: Schema, required: boolean): readonly Departure[] {
  const ofLength = (how: string, says: string, fits: (length: number) => boolean) =>
    departure(how, 'length', says, (value) => typeof value === 'string' && fits([...value].length));
  const lengths = limitsOf(schema).filter(
    ({ minLength, maxLength }) => minLength !== undefined || maxLength !== undefined,
  );
  const least = Math.min(...lengths.map(({ minLength = 0 }) => minLength));
  const most = Math.max(...lengths.map(({ maxLength = Number.POSITIVE_INFINITY }) => maxLength));
  if (lengths.length === 0) return [];
  return [
    // An optional text that is empty counts as left out (ambiguity empty-optional-field).
    ...(least > 0 && required ? [ofLength('empty', 'is empty', (length) => length === 0)] : []),
    ...(least > 1 ? [ofLength('too-short', 'is too short', (length) => length > 0 && length < least)] : []),
    ...(Number.isFinite(most) ? [ofLength('too-long', 'is too long', (length) => length > most)] : []),
  ];
}

function otherForms(schema: Schema): readonly Departure[] {
  const { format, pattern, enum: values, minLength = 0, maxLength = Number.POSITIVE_INFINITY } = schema;
  const ofRightLength = (value: JsonValue | undefined): value is string =>
    typeof value === 'string' && [...value].length >= minLength && [...value].length <= maxLength;
  const hasForm = (text: string) =>
    (format === undefined || formats[format](text)) &&
    (pattern === undefined || new RegExp(pattern, 'u').test(text));
  return [
    ...(format !== undefined || pattern !== undefined
      ? [
          departure(
            'bad-form',
            'form',
            'has not its form',
            (value) => ofRightLength(value) && !hasForm(value),
          ),
        ]
      : []),
    ...(values
      ? [
          departure(
            'undocumented',
            'enum',
            'is none of the documented values',
            (value) => ofRightLength(value) && value !== '' && !values.includes(value),
          ),
        ]
      : []),
  ];
}

function otherRanges(schema: Schema): readonly Departure[] {
  const minima = limitsOf(schema).flatMap(({ minimum }) => minimum ?? []);
  const maxima = limitsOf(schema).flatMap(({ maximum }) => maximum ?? []);
  const counts = (value: JsonValue | undefined) =>
    isJsonNumber(value) && (schema.type === 'number' || isInteger(value));
  return [
    ...(minima.length > 0
      ? [
          departure(
            'too-small',
            'range',
            'is too small',
            (value) =>
              counts(value) &&
              isJsonNumber(value) &&
              minima.every((least) => compareNumbers(value, least) < 0),
          ),
        ]
      : []),
    ...(maxima.length > 0
      ? [
          departure(
            'too-great',
            'range',
            'is too great',
            (value) =>
              counts(value) && isJsonNumber(value) && maxima.every((most) => compareNumbers(value, most) > 0),
          ),
        ]
      : []),
  ];
}

/** The least and the greatest value that every interpretation allows. */
export function boundaries(schema: Schema): readonly (number | bigint)[] {
  const limits = limitsOf(schema);
  const [least] = limits.flatMap(({ minimum }) => minimum ?? []).sort((a, b) => compareNumbers(b, a));
  const [most] = limits.flatMap(({ maximum }) => maximum ?? []).sort((a, b) => compareNumbers(a, b));
  return [least, most].filter((value) => value !== undefined);
}
