import type { Schema } from '../../src/contract/schema.ts';
import { compareNumbers } from '../../src/json/json.ts';

/** A schema that allows what both allow, so far as the words that values are made from can say it. */
export function both(one: Schema, other: Schema): Schema {
  const values = one.enum && other.enum ? one.enum.filter((value) => other.enum?.includes(value)) : undefined;
  return {
    ...one,
    ...other,
    ...(values && { enum: values }),
    ...greater('minLength', one, other),
    ...greater('minItems', one, other),
    ...less('maxLength', one, other),
    ...less('maxItems', one, other),
    ...(one.minimum !== undefined &&
      other.minimum !== undefined && {
        minimum: compareNumbers(one.minimum, other.minimum) > 0 ? one.minimum : other.minimum,
      }),
    ...(one.maximum !== undefined &&
      other.maximum !== undefined && {
        maximum: compareNumbers(one.maximum, other.maximum) < 0 ? one.maximum : other.maximum,
      }),
    ...((one.required ?? other.required) && {
      required: [...new Set([...(one.required ?? []), ...(other.required ?? [])])],
    }),
    ...((one.properties ?? other.properties) && {
      properties: bothOfEach(one.properties ?? {}, other.properties ?? {}),
    }),
    ...(one.items && other.items && { items: both(one.items, other.items) }),
    ...((one.allOf ?? other.allOf) && { allOf: [...(one.allOf ?? []), ...(other.allOf ?? [])] }),
  };
}

type Properties = NonNullable<Schema['properties']>;

function bothOfEach(one: Properties, other: Properties): Properties {
  const added = Object.entries(other).map(([name, schema]): [string, Schema] => {
    const known = one[name];
    return [name, known ? both(known, schema) : schema];
  });
  return { ...one, ...Object.fromEntries(added) };
}

function greater<W extends 'minLength' | 'minItems'>(word: W, one: Schema, other: Schema) {
  const [a, b] = [one[word], other[word]];
  return a === undefined || b === undefined ? {} : { [word]: Math.max(a, b) };
}

function less<W extends 'maxLength' | 'maxItems'>(word: W, one: Schema, other: Schema) {
  const [a, b] = [one[word], other[word]];
  return a === undefined || b === undefined ? {} : { [word]: Math.min(a, b) };
}
