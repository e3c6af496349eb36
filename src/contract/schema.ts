import type { OpenAPIV3_1 } from 'openapi-types';
import type { WrittenSchema } from './written/openapi.ts';

/** A JSON Schema of the OpenAPI document, with references resolved. */
export type Schema = Omit<WrittenSchema, '$ref'>;

/** The types of OpenAPI 3.1; one that the documents' own definition makes up is none. */
export type SchemaType = Extract<
  NonNullable<Schema['type']>,
  OpenAPIV3_1.NonArraySchemaObjectType | OpenAPIV3_1.ArraySchemaObjectType
>;

/** The forms that the pages give to text. */
export type Format = NonNullable<Schema['format']>;

/** A property of an object schema, or the items of an array, and where it may stand. */
export interface Field {
  /** From the root of the body: `parcels[].size.width`. */
  readonly path: string;
  readonly name: string;
  readonly schema: Schema;
  /** Required wherever the object that it belongs to is there. */
  readonly required: boolean;
  /** Otherwise it is required where the object that it belongs to fits one of these. */
  readonly conditions: readonly Schema[];
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
    fields.push({
      path: item.path,
      name: '[]',
      schema: schema.items,
      required: false,
      conditions: [],
      places: [item.place],
    });
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
    open.set(child, { path, name, schema: child, required: true, conditions: [], places: [] });
  }
  for (const [name, child] of Object.entries(schema.properties ?? {})) {
    const place = below(at.place, name);
    const known = open.get(child);
    const field = known ?? {
      path: below(at.path, name),
      name,
      schema: child,
      required: schema.required?.includes(name) === true,
      conditions: conditionsOf(schema, name),
      places: [],
    };
    if (here.has(name)) field.places.unshift(place);
    else field.places.push(place);
    if (!fields.includes(field)) fields.push(field);
    collect(child, { path: field.path, place }, fields, open);
  }
}

/** When an object needs a member: the `if` of each `then` that requires it. */
function conditionsOf(schema: Schema, name: string): readonly Schema[] {
  return [schema, ...(schema.allOf ?? [])].flatMap((part) =>
    part.if && part.then?.required?.includes(name) ? [part.if] : [],
  );
}

function below(prefix: string, name: string): string {
  return prefix === '' ? name : `${prefix}.${name}`;
}
