import type { OpenAPIV3_1 } from 'openapi-types';

/**
 * How a value is kept from view: `secret` and `personal` show nothing of it, `card-number` first 6 and last 4,
 * `identifier` a pseudonym by which two of them are told apart.
 */
export type Sensitivity = 'secret' | 'card-number' | 'personal' | 'identifier';

/** Facts of a page → their lines, by page, as written in the documents. */
export type SourceMap = Readonly<Record<string, Readonly<Record<string, number | readonly number[]>>>>;

export type SchemaType =
  | Exclude<OpenAPIV3_1.NonArraySchemaObjectType, 'null'>
  | OpenAPIV3_1.ArraySchemaObjectType;

type Inherited = 'description' | 'required' | 'minItems' | 'maxItems' | 'minLength' | 'maxLength' | 'pattern';

/**
 * A JSON Schema of the OpenAPI document, with references resolved. Limits of numbers may be bigint, since some lie
 * beyond 2^53; the other words are those of OpenAPI 3.1, and no others are read (see
 * `specs/schemas/document.schema.json`).
 */
export interface Schema extends Readonly<Pick<OpenAPIV3_1.BaseSchemaObject, Inherited>> {
  readonly type?: SchemaType;
  readonly format?: Format;
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly if?: Schema;
  readonly then?: Schema;
  readonly contentMediaType?: 'application/jose';
  readonly contentSchema?: Schema;
  readonly 'x-envelope'?: true;
  readonly 'x-presence-of'?: string;
  readonly 'x-interpretation'?: string;
  readonly 'x-sensitive'?: Sensitivity;
  readonly 'x-origin'?: 'guide' | 'client';
  readonly 'x-source'?: SourceMap;
}

/** The forms that the pages give to text. */
export type Format = 'correlation-id' | 'compact-date-time' | 'yymm';

/** A property of an object schema, or the items of an array, and where it may stand. */
export interface Field {
  /** From the root of the body: `parcels[].size.width`. */
  readonly path: string;
  readonly name: string;
  readonly schema: Schema;
  /** Required wherever the object that it belongs to is there. */
  readonly required: boolean;
  /** Every path at which it may stand, `path` first; more than one when the text leaves its nesting open. */
  readonly places: readonly string[];
}

/**
 * Every field of a body schema, parents before children, each once. A field whose nesting the text leaves open
 * (`x-presence-of`) has the path at which that word stands; the same schema deeper inside is another place of it.
 */
export function fieldsOf(schema: Schema): readonly Field[] {
  const fields: MutableField[] = [];
  collect(schema, { path: '', place: '' }, fields, new Map());
  return fields;
}

interface MutableField extends Field {
  readonly places: string[];
}

interface Position {
  readonly path: string;
  readonly place: string;
}

function collect(
  schema: Schema,
  at: Position,
  fields: MutableField[],
  floating: ReadonlyMap<Schema, MutableField | undefined>,
): void {
  if (schema.items) {
    const item = { path: `${at.path}[]`, place: `${at.place}[]` };
    fields.push({ path: item.path, name: '[]', schema: schema.items, required: false, places: [item.place] });
    collect(schema.items, item, fields, floating);
    return;
  }
  const open = new Map(floating);
  const here = new Set<string>();
  for (const { 'x-presence-of': name } of schema.allOf ?? []) {
    const child = name === undefined ? undefined : schema.properties?.[name];
    if (!child || name === undefined) continue;
    here.add(name);
    const path = below(at.path, name);
    open.set(child, { path, name, schema: child, required: true, places: [] });
  }
  for (const [name, child] of Object.entries(schema.properties ?? {})) {
    const place = below(at.place, name);
    const known = open.get(child);
    const field = known ?? {
      path: below(at.path, name),
      name,
      schema: child,
      required: schema.required?.includes(name) === true,
      places: [],
    };
    if (here.has(name)) field.places.unshift(place);
    else field.places.push(place);
    if (!fields.includes(field)) fields.push(field);
    collect(child, { path: field.path, place }, fields, open);
  }
}

function below(prefix: string, name: string): string {
  return prefix === '' ? name : `${prefix}.${name}`;
}
