import type { Schema } from './schema.ts';
import type { OrRef, WrittenDocument, WrittenSchema } from './written/openapi.ts';

/** Tells of something wrong at a place of the document; the path is the keys from its root. */
export type Report = (path: readonly string[], message: string) => void;

/** A value with the path at which it is written. */
export interface At<T> {
  readonly value: T;
  readonly path: readonly string[];
}

/**
 * Follows the references of one OpenAPI document. The same referenced schema is the same object wherever it is used.
 * A dangling or circular reference is reported and read as an empty schema.
 */
export class Resolver {
  readonly #document: WrittenDocument;
  readonly #report: Report;
  readonly #schemas = new Map<string, Schema>();

  constructor(document: WrittenDocument, report: Report) {
    this.#document = document;
    this.#report = report;
  }

  /** A component or a value in place; undefined, and reported, when the reference dangles. */
  component<T extends object>(
    written: At<OrRef<T>>,
    section: 'parameters' | 'headers' | 'responses',
    known: Readonly<Record<string, T>> | undefined,
  ): At<T> | undefined {
    const { value, path } = written;
    if (!isReference(value)) return { value, path };
    const prefix = `#/components/${section}/`;
    const name = value.$ref.startsWith(prefix) ? value.$ref.slice(prefix.length) : undefined;
    const found = name === undefined ? undefined : known?.[name];
    if (name !== undefined && found !== undefined)
      return { value: found, path: ['components', section, name] };
    this.#report(
      [...path, '$ref'],
      `"${value.$ref}" refers to nothing; expected ${prefix}<name> of ${listed(known)}`,
    );
    return undefined;
  }

  /** A schema without references. Words beside a `$ref` add to it; the same word on both sides is reported. */
  schema({ value, path }: At<WrittenSchema>, open: readonly string[] = []): Schema {
    const { $ref, ...own } = value;
    const resolved = this.#children(own, path, open);
    if ($ref === undefined) return resolved;
    const target = this.#referred($ref, path, open);
    if (Object.keys(own).length === 0) return target;
    for (const word of Object.keys(own)) {
      if (Object.hasOwn(target, word) && word !== 'description') {
        this.#report([...path, word], `"${word}" stands here and in "${$ref}"; keep it in one of them`);
      }
    }
    return { ...target, ...resolved };
  }

  #referred(ref: string, path: readonly string[], open: readonly string[]): Schema {
    const cached = this.#schemas.get(ref);
    if (cached) return cached;
    const known = this.#document.components?.schemas;
    const name = ref.slice('#/components/schemas/'.length);
    const written = known?.[name];
    if (open.includes(ref) || written === undefined) {
      this.#report(
        [...path, '$ref'],
        written === undefined
          ? `"${ref}" refers to nothing; there are ${listed(known)}`
          : `"${ref}" leads back to itself; a body has a finite depth here`,
      );
      return {};
    }
    const schema = this.schema({ value: written, path: ['components', 'schemas', name] }, [...open, ref]);
    this.#schemas.set(ref, schema);
    return schema;
  }

  #children(written: WrittenSchema, path: readonly string[], open: readonly string[]): Schema {
    const one = (value: WrittenSchema, ...keys: string[]): Schema =>
      this.schema({ value, path: [...path, ...keys] }, open);
    const many = (word: 'anyOf' | 'allOf') =>
      written[word] && { [word]: written[word].map((value, index) => one(value, word, String(index))) };
    return {
      ...written,
      ...(written.properties && {
        properties: Object.fromEntries(
          Object.entries(written.properties).map(([name, value]) => [name, one(value, 'properties', name)]),
        ),
      }),
      ...(written.items && { items: one(written.items, 'items') }),
      ...(written.if && { if: one(written.if, 'if') }),
      ...(written.then && { then: one(written.then, 'then') }),
      ...(written.contentSchema && { contentSchema: one(written.contentSchema, 'contentSchema') }),
      ...many('anyOf'),
      ...many('allOf'),
    };
  }
}

function isReference(value: object): value is { readonly $ref: string } {
  return '$ref' in value;
}

function listed(known: Readonly<Record<string, unknown>> | undefined): string {
  return Object.keys(known ?? {}).join(', ') || 'none';
}
