import {
  type Static,
  type TCyclic,
  type TObject,
  type TProperties,
  type TRef,
  type TSchema,
  Type,
} from 'typebox';

// What definitions of files are made of: the published JSON Schema and the TypeScript type come from the definition, the
// guard is that schema in ajv. Loading TypeBox takes half a second, so a program imports the type alone (`import type`).

/** The type of what a definition describes. */
export type Shape<Definition extends TSchema> = Immutable<Static<Definition>>;

type Immutable<T> = T extends object ? { readonly [Key in keyof T]: Immutable<T[Key]> } : T;

/** Words of JSON Schema. */
type Words = Readonly<Record<string, unknown>>;

const behind = Symbol('the definition behind a reference');

/** A map with these keys and no others. */
export function closed<P extends TProperties>(properties: P, words: Words = {}): TObject<P> {
  return Type.Object(properties, { additionalProperties: false, ...words });
}

/** A map with any keys. */
export function mapOf<Value extends TSchema>(value: Value, words: Words = {}) {
  return Type.Record(Type.String(), value, words);
}

/** An integer from 0 on. */
export function count(description: string) {
  return Type.Integer({ description, minimum: 0 });
}

/** A definition that is published once, below `$defs`, and referred to; `{ ...part, description }` adds what it is there. */
export function part<Definition extends TSchema>(name: string, definition: Definition) {
  return Type.Unsafe<Static<Definition>>({ $ref: `#/$defs/${name}`, [behind]: definition });
}

/** A {@link part} that contains itself. */
export function recursivePart<Name extends string, Definition extends TSchema>(
  name: Name,
  build: (self: TRef<`#/$defs/${Name}`>) => Definition,
) {
  type Place = `#/$defs/${Name}`;
  const definition = build(Type.Ref(`#/$defs/${name}`));
  return Type.Unsafe<Static<TCyclic<Record<Place, Definition>, Place>>>({ ...part(name, definition) });
}

/**
 * A definition as the text of its published JSON Schema (2020-12).
 *
 * @param words that stand before it, such as `$id`
 */
export function published(definition: TSchema, words: Words): string {
  const parts: Parts = new Map();
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...words,
    ...readable({ ...definition }, parts),
    ...(parts.size > 0 && {
      $defs: Object.fromEntries([...parts].map(([name, { text }]) => [name, text])),
    }),
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/** The parts that are referred to, by name: each as it is defined, and as it is published. */
type Parts = Map<string, { readonly definition: unknown; text: unknown }>;

/** Plain words in the order in which people write them. */
function readable(words: Words, parts: Parts): Words {
  const definition: unknown = Reflect.get(words, behind);
  if (definition !== undefined) addPart(String(words.$ref).slice('#/$defs/'.length), definition, parts);
  const { title, description, patternProperties, ...rest } = words;
  const ordered = Object.entries({
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...rest,
    // A record of any keys, as TypeBox has it.
    ...(isWords(patternProperties) && { additionalProperties: patternProperties['^.*$'] }),
  });
  return Object.fromEntries(ordered.map(([word, value]) => [word, readableValue(value, parts)]));
}

function readableValue(value: unknown, parts: Parts): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => readableValue(one, parts));
  return isWords(value) ? readable(value, parts) : value;
}

function addPart(name: string, definition: unknown, parts: Parts): void {
  const known = parts.get(name);
  if (known && known.definition !== definition) throw new Error(`two parts have the name "${name}"`);
  if (known) return;
  const entry = { definition, text: {} };
  parts.set(name, entry);
  Object.assign(entry, { text: readableValue(definition, parts) });
}

function isWords(value: unknown): value is Words {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
