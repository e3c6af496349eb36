import { clauseId } from '../../src/contract/clauses.ts';
import { type Aspect, allowed, aspectsOf } from '../../src/contract/limits.ts';
import type { Api, Contract } from '../../src/contract/model.ts';
import { type Field, fieldsOf, type Schema } from '../../src/contract/schema.ts';
import type { JsonObject, JsonValue } from '../../src/json/json.ts';
import { valuesAt } from '../edit-field.ts';
import { type Edit, type Elements, isSuccess, withField } from './edit.ts';
import { type Fault, fault } from './fault.ts';

/** Each field of each successful answer, broken in each aspect that its page limits; those of lists also in one element. */
export function responseFieldFaults({ apis, clauses }: Contract): readonly Fault[] {
  return apis.flatMap((api) => {
    const success = api.responses.find(({ status }) => status < 300);
    if (!success) return [];
    // A field whose nesting the text leaves open has its own fields twice; the sandbox sends them at one place.
    const fields = new Map(fieldsOf(success.body.schema).map((field) => [field.path, field] as const));
    return [...fields.values()].flatMap((field) => {
      const breaks = breaksOf(field).filter(({ aspects: [first] }) =>
        clauses.has(clauseId.responseField(api.id, field.path, first)),
      );
      const everywhere = breaks.map((one) => fieldFault(api, field, one, 'all'));
      const [first] = breaks;
      // The innermost lists of the prepared answers have two elements each, where they may.
      const list = fields.get(field.path.slice(0, Math.max(0, field.path.lastIndexOf('[]'))));
      if (!first || !list || (list.schema.maxItems ?? 2) < 2) return everywhere;
      return [...everywhere, fieldFault(api, field, first, 'second')];
    });
  });
}

interface Break {
  readonly how: string;
  /** The aspects that the value breaks, the one it is named after first. */
  readonly aspects: readonly [Aspect, ...Aspect[]];
  readonly says: string;
  readonly edit: Edit;
}

function fieldFault(api: Api, field: Field, { how, aspects, says, edit }: Break, elements: Elements): Fault {
  const [first, ...others] = aspects.map((aspect) => clauseId.responseField(api.id, field.path, aspect));
  if (first === undefined) throw new Error('a break without an aspect');
  const because =
    others.length === 0
      ? ''
      : ', and no value of another length has its form or is among the documented ones';
  const where = elements === 'second' ? ' in the second element of the list alone' : '';
  return fault({
    how: elements === 'second' ? `${how}-in-second-element` : how,
    family: elements === 'second' ? 'list element' : 'response field',
    sentence: `${field.path} ${says}${where}${because}.`,
    breaks: [first, ...others],
    deviation: {
      answer: (answer) =>
        isSuccess(answer)
          ? { ...answer, body: withField(answer.body, placeIn(answer.body, field), edit, elements) }
          : answer,
    },
  });
}

/** Where the field stands, when the text leaves its nesting open. */
function placeIn(body: JsonObject, { path, places }: Field): string {
  return places.find((place) => valuesAt(body, place).some((value) => value !== undefined)) ?? path;
}

function breaksOf({ schema, required, conditions }: Field): readonly Break[] {
  const ifThere =
    (edit: (value: JsonValue) => JsonValue): Edit =>
    (value) =>
      value === undefined ? undefined : edit(value);
  const type = (how: string, says: string, edit: (value: JsonValue) => JsonValue): Break => ({
    how,
    aspects: ['type'],
    says,
    edit: ifThere(edit),
  });
  return [
    ...(required
      ? ([{ how: 'missing', aspects: ['presence'], says: 'is missing', edit: () => undefined }] as const)
      : []),
    ...(conditions.length > 0 && !required
      ? ([
          {
            how: 'missing-although-asked-for',
            aspects: ['presence'],
            says: 'is missing also where a condition asks for it',
            edit: () => undefined,
          },
        ] as const)
      : []),
    // Also where an optional field is left out: the second card of the prepared answer has no points.
    { how: 'null', aspects: ['type'], says: 'is null', edit: () => null },
    ...otherTypes(schema, type),
    ...otherLengths(schema, required).map((one) => ({ ...one, edit: ifThere(one.edit) })),
    ...otherForms(schema),
    ...outside(schema).map(({ how, value }) => ({
      how,
      aspects: ['range'] as const,
      says: `is ${value}, allowed is ${allowed(schema, 'range')}`,
      edit: ifThere(() => value),
    })),
    ...undocumented(schema).map(({ how, value }) => ({
      how,
      aspects: ['enum'] as const,
      says: `is "${value}", which is not among the documented values`,
      edit: ifThere(() => value),
    })),
  ];
}

function otherTypes(
  { type: wanted }: Schema,
  type: (how: string, says: string, edit: (value: JsonValue) => JsonValue) => Break,
): readonly Break[] {
  switch (wanted) {
    case 'string':
      return [type('number', 'is a number', () => 7)];
    case 'integer':
      return [type('string', 'is a text of digits', String), type('fraction', 'has a fraction', () => 1.5)];
    case 'number':
      return [type('string', 'is a text of digits', String)];
    case 'boolean':
      return [
        type('string', 'is a text', String),
        type('number', 'is 1 or 0', (value) => (value === true ? 1 : 0)),
      ];
    case 'array':
      return [type('object', 'is an object instead of a list', () => ({}))];
    case 'object':
      return [type('list', 'is a list instead of an object', () => [])];
    default:
      return [];
  }
}

function otherLengths(
  schema: Schema,
  required: boolean,
): readonly (Omit<Break, 'edit'> & { readonly edit: (value: JsonValue) => JsonValue })[] {
  const { minLength = 0, maxLength } = schema;
  const aspects = [
    'length',
    ...aspectsOf(schema).filter((aspect) => aspect === 'enum' || aspect === 'form'),
  ] as const;
  const resized = (how: string, length: number) => ({
    how,
    aspects,
    says: `has ${length} characters, allowed are ${allowed(schema, 'length')}`,
    edit: (value: JsonValue) => sized(typeof value === 'string' ? value : '', length),
  });
  // An optional text that is empty counts as left out (ambiguity empty-optional-field).
  const tooShort = minLength > (required ? 0 : 1);
  return [
    ...(tooShort ? [resized('too-short', minLength - 1)] : []),
    ...(maxLength === undefined ? [] : [resized('too-long', maxLength + 1)]),
  ];
}

/** A text of the right length that has not its form. */
function otherForms({ format, pattern }: Schema): readonly Break[] {
  if (format === undefined && pattern === undefined) return [];
  const edit: Edit = (value) => (typeof value === 'string' ? `${value.slice(0, -1)}~` : value);
  const isBroken = format !== undefined || (pattern !== undefined && !new RegExp(pattern, 'u').test('~'));
  return isBroken ? [{ how: 'bad-form', aspects: ['form'], says: 'has not its form', edit }] : [];
}

function sized(text: string, length: number): string {
  const all = [...text];
  const last = all.at(-1) ?? 'x';
  return Array.from({ length }, (_, index) => all[index] ?? last).join('');
}

function outside(schema: Schema): readonly { readonly how: string; readonly value: JsonValue }[] {
  const limits = [schema, ...(schema.anyOf ?? [])];
  const [least] = limits
    .flatMap(({ minimum }) => minimum ?? [])
    .map(BigInt)
    .sort((a, b) => (a < b ? -1 : 1));
  const [most] = limits
    .flatMap(({ maximum }) => maximum ?? [])
    .map(BigInt)
    .sort((a, b) => (a > b ? -1 : 1));
  return [
    ...(least === undefined ? [] : [{ how: 'too-small', value: plain(least - 1n) }]),
    ...(most === undefined ? [] : [{ how: 'too-great', value: plain(most + 1n) }]),
  ];
}

function plain(value: bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

function undocumented({ enum: values }: Schema): readonly { readonly how: string; readonly value: string }[] {
  const [first = ''] = values ?? [];
  if (first === '') return [];
  return [
    { how: 'undocumented', value: 'X'.repeat(first.length) },
    { how: 'lower-case', value: first.toLowerCase() },
  ].filter(({ value }) => !values?.includes(value));
}
