import type { Contract, Sensitivity } from '../contract/model.ts';
import { fieldsOf, type Schema } from '../contract/schema.ts';
import { isJsonArray, isJsonNumber, isJsonObject, type JsonValue, stringifyJson } from '../json/json.ts';
import { inspectJwe } from '../wire/jwe-header.ts';
import type { Pseudonym } from './pseudonym.ts';

/** Names of fields and headers that hold sensitive values, as {@link nameKey} writes them. */
export type SensitiveNames = ReadonlyMap<string, Sensitivity>;

const strictness: readonly Sensitivity[] = ['identifier', 'card-number', 'personal', 'secret'];

/** One spelling for `X-Parcel-Key`, `xParcelKey` and `x_parcel_key`. */
export function nameKey(name: string): string {
  const known = nameKeys.get(name);
  if (known !== undefined) return known;
  const key = name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
  if (nameKeys.size < mostNames && name.length <= longestName) nameKeys.set(name, key);
  return key;
}

/** The same few names come with every exchange; a target may send any others, and as many. */
const nameKeys = new Map<string, string>();
const mostNames = 4096;
const longestName = 128;

/**
 * The names that the contract marks as sensitive, of all its APIs and of headers and fields alike: a target that
 * repeats a value where nobody asked for it tends to repeat its name too. A name marked twice counts as the stricter.
 */
export function sensitiveNames(contract: Pick<Contract, 'apis'>): SensitiveNames {
  const names = new Map<string, Sensitivity>();
  const add = (name: string, sensitivity: Sensitivity | undefined) => {
    if (sensitivity) names.set(nameKey(name), stricter(names.get(nameKey(name)), sensitivity));
  };
  for (const api of contract.apis) {
    for (const header of [...api.request.headers, ...api.responses.flatMap(({ headers }) => headers)]) {
      add(header.name, header.sensitivity);
    }
    for (const body of [api.request.body, ...api.responses.map((response) => response.body)]) {
      for (const { name, schema } of fieldsOf(body.schema)) add(name, schema['x-sensitive']);
    }
  }
  return names;
}

function stricter(known: Sensitivity | undefined, other: Sensitivity): Sensitivity {
  return known && strictness.indexOf(known) > strictness.indexOf(other) ? known : other;
}

/**
 * What may be shown of a sensitive text or number: of an id its pseudonym, of a card number of 13 digits or more the
 * first 6 and the last 4, of everything else the length alone.
 */
export function maskValue(
  value: string | number | bigint,
  sensitivity: Sensitivity,
  pseudonym: Pseudonym,
): string {
  const text = String(value);
  if (sensitivity === 'identifier') return text === '' ? text : pseudonym(text);
  if (sensitivity === 'card-number') {
    const digits = text.replaceAll(/[ -]/g, '');
    if (/^\d{13,}$/.test(digits)) {
      return `${digits.slice(0, 6)}${'•'.repeat(digits.length - 10)}${digits.slice(-4)}`;
    }
  }
  const unit = typeof value === 'string' ? 'character' : 'digit';
  return `[hidden, ${text.length} ${unit}${text.length === 1 ? '' : 's'}]`;
}

/** A value that must not be found in anything written. */
export interface SensitiveValue {
  readonly text: string;
  readonly sensitivity: Sensitivity;
}

/** How the walk through a JSON value hides what it meets. */
export interface Masking {
  readonly names: SensitiveNames;
  /** Hides known secrets in texts that are not sensitive by their place. */
  readonly text: (text: string) => string;
  readonly pseudonym: Pseudonym;
}

/**
 * A JSON value with everything sensitive masked: by the schema (wherever a field may stand), by the name of a property
 * at any depth, and by the known secrets in every other text, number and property name. A compact JWE becomes a tag.
 *
 * @param most characters after which the rest is left out: what is cut off in the end needs no masking
 */
export function maskJson(
  value: JsonValue,
  schemas: readonly Schema[],
  masking: Masking,
  most = Number.POSITIVE_INFINITY,
): JsonValue {
  return walk(value, schemas, undefined, { ...masking, left: most });
}

interface Walk extends Masking {
  left: number;
}

function walk(
  value: JsonValue,
  schemas: readonly Schema[],
  inherited: Sensitivity | undefined,
  masking: Walk,
): JsonValue {
  const sensitivity = sensitivityOf(schemas) ?? inherited;
  if (isJsonArray(value)) {
    const items = itemSchemas(schemas);
    const shown: JsonValue[] = [];
    for (const item of value) {
      if (masking.left < 0) break;
      shown.push(walk(item, items, sensitivity, masking));
    }
    return shown;
  }
  if (isJsonObject(value)) {
    const shown: [name: string, member: JsonValue][] = [];
    const all = schemas.flatMap((schema) => parts(schema));
    for (const [name, member] of Object.entries(value)) {
      if (masking.left < 0) break;
      const below = sensitivity ?? masking.names.get(nameKey(name));
      masking.left -= name.length;
      shown.push([masking.text(name), walk(member, memberSchemas(all, name), below, masking)]);
    }
    return Object.fromEntries(shown);
  }
  const shown = maskScalar(value, sensitivity, masking);
  masking.left -= typeof shown === 'string' ? shown.length : 1;
  return shown;
}

function maskScalar(value: JsonValue, sensitivity: Sensitivity | undefined, masking: Masking): JsonValue {
  if (value === null) return value;
  if (sensitivity !== undefined) {
    if (typeof value === 'boolean') return '[hidden, boolean]';
    return maskValue(isJsonNumber(value) ? asNumber(value) : String(value), sensitivity, masking.pseudonym);
  }
  if (typeof value === 'string') return describeJwe(value) ?? masking.text(value);
  if (isJsonNumber(value)) {
    const written = stringifyJson(value);
    const shown = masking.text(written);
    return shown === written ? value : shown;
  }
  return value;
}

function asNumber(value: JsonValue): bigint | number | string {
  return typeof value === 'bigint' || typeof value === 'number' ? value : stringifyJson(value);
}

/** `<JWE RSA-OAEP-256 A128GCM, 1234 characters>` for a compact JWE, undefined for any other text. */
export function describeJwe(text: string): string | undefined {
  if (text.length < 20 || !text.startsWith('ey')) return undefined;
  try {
    const { alg, enc } = inspectJwe(text);
    return `<JWE ${algorithm(alg)} ${algorithm(enc)}, ${text.length} characters>`;
  } catch {
    return undefined;
  }
}

/** The name of an algorithm comes from the target: nothing but a short plain word is repeated. */
function algorithm(name: string): string {
  return /^[\w+-]{1,20}$/.test(name) ? name : '(unknown)';
}

/**
 * Every sensitive scalar in a value, by schema and by name. A test body gives the values planted in a request, an
 * answer those that the target made up.
 */
export function sensitiveValues(
  value: JsonValue,
  schemas: readonly Schema[],
  names: SensitiveNames = new Map(),
): readonly SensitiveValue[] {
  const found = new Map<string, Sensitivity>();
  collect(value, schemas, undefined, names, found);
  return [...found].map(([text, sensitivity]) => ({ text, sensitivity }));
}

function collect(
  value: JsonValue,
  schemas: readonly Schema[],
  inherited: Sensitivity | undefined,
  names: SensitiveNames,
  found: Map<string, Sensitivity>,
): void {
  const sensitivity = sensitivityOf(schemas) ?? inherited;
  if (isJsonArray(value)) {
    const items = itemSchemas(schemas);
    for (const item of value) collect(item, items, sensitivity, names, found);
  } else if (isJsonObject(value)) {
    const all = schemas.flatMap((schema) => parts(schema));
    for (const [name, member] of Object.entries(value)) {
      collect(member, memberSchemas(all, name), sensitivity ?? names.get(nameKey(name)), names, found);
    }
  } else if (sensitivity !== undefined && (typeof value === 'string' || isJsonNumber(value))) {
    const text = typeof value === 'string' ? value : stringifyJson(value);
    found.set(text, stricter(found.get(text), sensitivity));
  }
}

const partsOf = new WeakMap<Schema, readonly Schema[]>();

/** A schema and everything that applies to the same value. */
function parts(schema: Schema): readonly Schema[] {
  const known = partsOf.get(schema) ?? collectParts(schema);
  partsOf.set(schema, known);
  return known;
}

function collectParts(schema: Schema): readonly Schema[] {
  const also = [
    ...(schema.allOf ?? []),
    ...(schema.anyOf ?? []),
    schema.if,
    schema.then,
    schema.contentSchema,
  ];
  return [schema, ...also.flatMap((one) => (one ? parts(one) : []))];
}

function itemSchemas(schemas: readonly Schema[]): readonly Schema[] {
  return schemas.flatMap((schema) => parts(schema)).flatMap(({ items }) => (items ? [items] : []));
}

/** @param all with everything that applies to the same value */
function memberSchemas(all: readonly Schema[], name: string): readonly Schema[] {
  return all.flatMap(({ properties }) => {
    const member = properties && Object.hasOwn(properties, name) ? properties[name] : undefined;
    return member ? [member] : [];
  });
}

function sensitivityOf(schemas: readonly Schema[]): Sensitivity | undefined {
  return schemas
    .flatMap((schema) => parts(schema))
    .reduce<Sensitivity | undefined>(
      (known, { 'x-sensitive': one }) => (one ? stricter(known, one) : known),
      undefined,
    );
}
