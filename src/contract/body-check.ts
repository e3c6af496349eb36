import { Ajv2020, type ErrorObject, type SchemaObject, type ValidateFunction } from 'ajv/dist/2020.js';
import {
  compareNumbers,
  ExactDecimal,
  fromPointer,
  getMember,
  getPointer,
  isJsonArray,
  isJsonObject,
  type JsonNumber,
  type JsonValue,
  toPointer,
} from '../json/json.ts';
import { formats } from './formats.ts';
import { type Aspect, allowed, aspectsOf } from './limits.ts';
import { type Field, fieldsOf, type Schema } from './schema.ts';

/** A value that breaks a documented aspect of a field; one for each place, the most telling aspect. */
export interface Breach {
  /** Where in the body, a JSON pointer (RFC 6901); for a missing field, where it should be. */
  readonly pointer: string;
  /** The field, undefined for the body as a whole or what is no field of the schema. */
  readonly field: Field | undefined;
  readonly aspect: Aspect;
  /** The other aspects that the same value breaks. */
  readonly also: readonly Aspect[];
  /** What is allowed there, for a person. */
  readonly expected: string;
  /** The value there; undefined when it is missing. */
  readonly value: JsonValue | undefined;
}

/** A field that was there, with the aspects that its schema limits. */
export interface Sighting {
  readonly pointer: string;
  readonly field: Field;
  readonly aspects: readonly Aspect[];
  readonly value: JsonValue;
}

export interface BodyCheck {
  readonly breaches: readonly Breach[];
  readonly sightings: readonly Sighting[];
  /** Interpretations of ambiguities that the body shows: `<ambiguity>.<interpretation>`. */
  readonly interpretations: readonly string[];
  /** An optional text was empty, and counted as left out. */
  readonly leftEmpty: boolean;
}

/** Pure and safe to share. */
export type BodyChecker = (body: JsonValue) => BodyCheck;

/**
 * Compiles a body schema into a check with ajv. Numbers are compared exactly, whatever their size. An optional text
 * that is empty counts as left out: the pages do not say which of the two it is.
 */
export function bodyChecker(schema: Schema): BodyChecker {
  return checkerOf(schema).check;
}

/** What a body breaks, as its {@link bodyChecker} says, in less time: nothing is said of what it shows. */
export function breachesOf(schema: Schema, body: JsonValue): readonly Breach[] {
  return checkerOf(schema).breaches(body).breaches;
}

interface Checker {
  readonly check: BodyChecker;
  readonly breaches: (body: JsonValue) => Pick<BodyCheck, 'breaches' | 'leftEmpty'>;
}

/** Compiling takes milliseconds, and the same few schemas come again and again. */
const checkers = new WeakMap<Schema, Checker>();

function checkerOf(schema: Schema): Checker {
  const known = checkers.get(schema) ?? makeChecker(schema);
  checkers.set(schema, known);
  return known;
}

function makeChecker(schema: Schema): Checker {
  const validate = compile(schema);
  const fields = fieldsOf(schema);
  const byPlace = new Map(fields.flatMap((field) => field.places.map((place) => [place, field] as const)));
  const alternatives = new Map<Schema, ValidateFunction>();
  const fits = (alternative: Schema, value: JsonValue): boolean => {
    const known = alternatives.get(alternative) ?? compile(alternative);
    alternatives.set(alternative, known);
    return known(value) === true;
  };

  return { check, breaches: breachesIn };

  function breachesIn(body: JsonValue): Pick<BodyCheck, 'breaches' | 'leftEmpty'> {
    if (validate(body) === true) return { breaches: [], leftEmpty: false };
    const breaches = new Map<string, Breach>();
    let leftEmpty = false;
    const errors = validate.errors ?? [];
    for (const error of errors) {
      const breach = breachOf(error, errors, body);
      if (!breach) continue;
      if (isEmptyOptional(breach)) {
        leftEmpty = true;
        continue;
      }
      const known = breaches.get(breach.pointer);
      breaches.set(breach.pointer, known ? together(known, breach) : breach);
    }
    return { breaches: [...breaches.values()], leftEmpty };
  }

  function check(body: JsonValue): BodyCheck {
    const interpretations = new Set<string>();
    const sightings: Sighting[] = [];
    visit(schema, body, '', '', undefined);
    return { ...breachesIn(body), sightings, interpretations: [...interpretations] };

    function visit(
      part: Schema,
      value: JsonValue,
      pointer: string,
      place: string,
      parent: JsonValue | undefined,
    ): void {
      const field = byPlace.get(place);
      if (field) {
        const isAskedFor =
          field.required ||
          (parent !== undefined && field.conditions.some((condition) => fits(condition, parent)));
        const presence: readonly Aspect[] = isAskedFor ? ['presence'] : [];
        sightings.push({ pointer, field, aspects: [...presence, ...aspectsOf(part)], value });
      }
      noteInterpretation(part.anyOf, value);
      for (const open of part.allOf ?? []) if (open['x-presence-of']) noteInterpretation(open.anyOf, value);
      if (part.items && isJsonArray(value)) {
        const { items } = part;
        value.forEach((item, index) => {
          visit(items, item, `${pointer}/${index}`, `${place}[]`, undefined);
        });
      }
      if (!isJsonObject(value)) return;
      for (const [name, child] of Object.entries(part.properties ?? {})) {
        const member = getMember(value, name);
        if (member !== undefined)
          visit(child, member, below(pointer, name), place === '' ? name : `${place}.${name}`, value);
      }
    }

    /** Only an answer that fits one alternative and no other tells how the target reads the documents. */
    function noteInterpretation(options: readonly Schema[] | undefined, value: JsonValue): void {
      const fitting = options?.filter((option) => fits(option, value)) ?? [];
      const [only, ...others] = fitting;
      if (only?.['x-interpretation'] && others.length === 0) interpretations.add(only['x-interpretation']);
    }
  }

  function breachOf(error: ErrorObject, all: readonly ErrorObject[], body: JsonValue): Breach | undefined {
    // What a branch lacks is told once, by the anyOf itself; what a condition asks for, by its keyword.
    if (isInBranch(error) || error.keyword === 'if') return undefined;
    const missing = missingIn(error);
    const pointer = missing === undefined ? error.instancePath : below(error.instancePath, missing);
    const field = byPlace.get(placeOf(pointer));
    if (missing !== undefined)
      return { pointer, field, aspect: 'presence', also: [], expected: 'a value', value: undefined };
    const limits = field?.schema ?? (pointer === '' ? schema : {});
    const [aspect = 'type', ...also] =
      error.keyword === 'anyOf' ? brokenInAll(error, all) : aspectsIn([error]);
    const expected = allowed(limits, aspect) || (error.message ?? '');
    const value = getPointer(body, pointer);
    return { pointer, field, aspect, also: withAspect(aspect, also), expected, value };
  }
}

function isInBranch({ schemaPath }: ErrorObject): boolean {
  return /\/anyOf\/\d+\//.test(schemaPath);
}

/** The aspects that a value breaks in every branch of an `anyOf`, or else in any of them. */
function brokenInAll(
  { schemaPath, instancePath }: ErrorObject,
  all: readonly ErrorObject[],
): readonly Aspect[] {
  const branches = new Map<string, ErrorObject[]>();
  for (const error of all) {
    if (error.instancePath !== instancePath || !error.schemaPath.startsWith(`${schemaPath}/`)) continue;
    const [branch = ''] = error.schemaPath.slice(schemaPath.length + 1).split('/');
    branches.set(branch, [...(branches.get(branch) ?? []), error]);
  }
  const aspects = [...branches.values()].map(aspectsIn);
  const inAll = priorities.filter((aspect) => aspects.every((some) => some.includes(aspect)));
  return inAll.length > 0 ? inAll : priorities.filter((aspect) => aspects.flat().includes(aspect));
}

function aspectsIn(errors: readonly ErrorObject[]): readonly Aspect[] {
  const broken = errors.map(({ keyword }) => aspectOfKeyword[keyword]);
  return priorities.filter((aspect) => broken.includes(aspect));
}

/** The field that an error misses: of `required`, or of an `anyOf` that says where an open field may stand. */
function missingIn({ params, parentSchema }: ErrorObject): string | undefined {
  const missing: unknown = params.missingProperty ?? parentSchema?.['x-presence-of'];
  return typeof missing === 'string' ? missing : undefined;
}

function isEmptyOptional({ value, field }: Breach): boolean {
  return value === '' && field?.required === false && field.schema.type === 'string';
}

const priorities: readonly Aspect[] = ['presence', 'type', 'enum', 'length', 'form', 'range'];

/** Two breaches of one value as one. */
function together(one: Breach, another: Breach): Breach {
  const [first, second] =
    priorities.indexOf(another.aspect) < priorities.indexOf(one.aspect) ? [another, one] : [one, another];
  return { ...first, also: withAspect(first.aspect, [second.aspect, ...one.also, ...another.also]) };
}

/** What a value breaks besides its first aspect. One that is missing or of another type has no other. */
function withAspect(first: Aspect, others: readonly Aspect[]): readonly Aspect[] {
  if (first === 'presence' || first === 'type') return [];
  return priorities.filter((aspect) => aspect !== first && others.includes(aspect));
}

const aspectOfKeyword: Readonly<Record<string, Aspect>> = {
  type: 'type',
  exactNumber: 'type',
  minLength: 'length',
  maxLength: 'length',
  exactMinimum: 'range',
  exactMaximum: 'range',
  pattern: 'form',
  format: 'form',
  enum: 'enum',
  const: 'enum',
  minItems: 'length',
  maxItems: 'length',
};

/** `/parcels/1/size` → `parcels[].size` */
function placeOf(pointer: string): string {
  return fromPointer(pointer).reduce((place, key) => {
    if (/^\d+$/.test(key)) return `${place}[]`;
    return place === '' ? key : `${place}.${key}`;
  }, '');
}

function below(pointer: string, name: string): string {
  return pointer + toPointer([name]);
}

const annotations = [
  'x-presence-of',
  'x-interpretation',
  'x-envelope',
  'x-sensitive',
  'x-origin',
  'x-source',
];

/**
 * ajv with the pages' forms, and with numbers that keep every digit: its own `type` and limits would round an integer
 * beyond 2^53 and refuse a bigint.
 */
const ajv = new Ajv2020({
  allErrors: true,
  verbose: true,
  strictTypes: false,
  strictRequired: false,
  formats,
});
for (const keyword of annotations) ajv.addKeyword({ keyword });
const asNumber = (value: unknown): JsonNumber | undefined =>
  typeof value === 'number' || typeof value === 'bigint' || value instanceof ExactDecimal ? value : undefined;
ajv.addKeyword({
  keyword: 'exactNumber',
  validate: (kind: 'integer' | 'number', value: unknown) => {
    const number = asNumber(value);
    if (number === undefined) return false;
    return (
      kind === 'number' ||
      typeof number === 'bigint' ||
      (typeof number === 'number' && Number.isInteger(number))
    );
  },
});
ajv.addKeyword({
  keyword: 'exactMinimum',
  validate: (limit: number | bigint, value: unknown) => {
    const number = asNumber(value);
    return number === undefined || compareNumbers(number, limit) >= 0;
  },
});
ajv.addKeyword({
  keyword: 'exactMaximum',
  validate: (limit: number | bigint, value: unknown) => {
    const number = asNumber(value);
    return number === undefined || compareNumbers(number, limit) <= 0;
  },
});

function compile(schema: Schema): ValidateFunction {
  return ajv.compile(exact(schema));
}

/** The schema with its words for numbers replaced by the exact ones. */
function exact(schema: Schema): SchemaObject {
  const {
    type,
    minimum,
    maximum,
    properties,
    items,
    anyOf,
    allOf,
    if: condition,
    then,
    contentSchema,
    ...rest
  } = schema;
  void contentSchema;
  return {
    ...rest,
    ...(type === 'integer' || type === 'number' ? { exactNumber: type } : type === undefined ? {} : { type }),
    ...(minimum === undefined ? {} : { exactMinimum: minimum }),
    ...(maximum === undefined ? {} : { exactMaximum: maximum }),
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, child]) => [name, exact(child)])),
    }),
    ...(items && { items: exact(items) }),
    ...(anyOf && { anyOf: anyOf.map(exact) }),
    ...(allOf && { allOf: allOf.map(exact) }),
    ...(condition && { if: exact(condition) }),
    ...(then && { then: exact(then) }),
  };
}
