import type { WrittenSchema } from './written/openapi.ts';

/** A JSON Schema of the OpenAPI document, with references resolved. */
export type Schema = Omit<WrittenSchema, '$ref'>;

export type SchemaType = NonNullable<Schema['type']>;

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
