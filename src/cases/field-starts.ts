import { breachesOf } from '../contract/body-check.ts';
import type { Field, Schema } from '../contract/schema.ts';
import { getMember, getPointer, isJsonArray, isJsonObject, type JsonValue, toPointer } from '../json/json.ts';
import { instanceOf, valuesOf } from './made-value.ts';
import { withMember } from './mutations/body.ts';
import { type CaseSource, planFor } from './prepared.ts';

/** A request body in which the object or list that a field belongs to is there, so that the field can be changed. */
export interface FieldStart {
  readonly body: JsonValue;
  /** The keys that lead to the field; items of lists by index. */
  readonly path: readonly string[];
  /** It is the prepared request; otherwise a valid one made of it, which is a control of its own. */
  readonly isPrepared: boolean;
  /** Where it breaks a limit as it is: JSON pointers. */
  readonly departures: ReadonlySet<string>;
}

/**
 * The bodies that the cases of a field can start from, the best first: the prepared request as it is, with what the
 * field belongs to added, and, for a field that others depend on, with their conditions met and not met.
 */
export function fieldStarts(source: CaseSource, field: Field): readonly FieldStart[] {
  const { api, control, prepared, seed } = source;
  const { schema } = api.request.body;
  const make = (part: Schema, path: string) => instanceOf(part, seed, `${api.id} ${path}`);
  const plan = planFor(control, prepared);
  const root = plan.ready ? plan.body : make(schema, '');
  if (root === undefined) return [];
  const paths = field.places.map(keysOf);
  const path =
    paths.find((keys) => isThere(root, keys)) ??
    paths.find((keys) => keys.at(-1) !== firstItem && isThere(root, keys.slice(0, -1))) ??
    paths[0];
  if (path === undefined) return [];
  const reached = reaching(schema, root, path, make);
  const departures = new Set(breachesOf(schema, root).map(({ pointer }) => pointer));
  const own = (reached === undefined ? [] : [reached, ...variants(schema, reached, path, make)]).filter(
    (body) => body !== root && breachesOf(schema, body).every(({ pointer }) => departures.has(pointer)),
  );
  return [
    ...(reached === root ? [{ body: root, path, isPrepared: true, departures }] : []),
    ...own.map((body) => ({ body, path, isPrepared: false, departures })),
  ];
}

type Make = (schema: Schema, path: string) => JsonValue | undefined;

const firstItem = '0';

/** `list[].name` → `list`, `0`, `name`: of a list, its first item. */
function keysOf(place: string): readonly string[] {
  return place.split('.').flatMap((name) => {
    const [own = '', ...items] = name.split('[]');
    return [...(own === '' ? [] : [own]), ...items.map(() => firstItem)];
  });
}

function isThere(body: JsonValue, keys: readonly string[]): boolean {
  return getPointer(body, toPointer(keys)) !== undefined;
}

/** The body with every object and list on the way to a field, the same one where they are there; undefined: can't be made. */
function reaching(
  schema: Schema,
  body: JsonValue,
  [key, ...rest]: readonly string[],
  make: Make,
  at = '',
): JsonValue | undefined {
  if (key === undefined) return body;
  if (schema.items) {
    const list = isJsonArray(body) ? body : [];
    const first = list[0] ?? make(schema.items, `${at}[]`);
    const item = first === undefined ? undefined : reaching(schema.items, first, rest, make, `${at}[]`);
    if (item === undefined) return undefined;
    return item === list[0] ? body : [item, ...list.slice(1)];
  }
  const child = schema.properties?.[key];
  if (!child || !isJsonObject(body)) return undefined;
  if (rest.length === 0) return body;
  const before = getMember(body, key);
  const isUsable = child.items ? isJsonArray(before) : isJsonObject(before);
  const path = at === '' ? key : `${at}.${key}`;
  const member = isUsable ? before : make(child, path);
  const below = member === undefined ? undefined : reaching(child, member, rest, make, path);
  if (below === undefined) return undefined;
  return below === before ? body : { ...body, [key]: below };
}

/**
 * The body with each value that decides over a condition in the object of the field, and with all that it may have
 * beside it; none where nothing there depends on anything.
 */
function variants(
  schema: Schema,
  body: JsonValue,
  path: readonly string[],
  make: Make,
): readonly JsonValue[] {
  const at = path.slice(0, -1);
  const parent = schemaAt(schema, at);
  const conditions = [parent, ...(parent?.allOf ?? [])].flatMap((part) => part?.if ?? []);
  if (!parent || conditions.length === 0) return [];
  const deciding = [...new Set(conditions.flatMap((one) => Object.keys(one.properties ?? {})))];
  const decided = deciding.flatMap((name) => {
    const own = parent.properties?.[name] ?? {};
    const asked = conditions.flatMap((one) => valuesOf(one.properties?.[name] ?? {}) ?? []);
    const values: readonly JsonValue[] =
      own.type === 'boolean' ? [true, false] : [...new Set([...asked, ...(valuesOf(own) ?? [])])];
    return values.map((value) => withMember(body, [...at, name], value));
  });
  const filled = (one: JsonValue) => {
    const absent = Object.entries(parent.properties ?? {}).filter(([name]) => !isThere(one, [...at, name]));
    return absent.reduce(
      (all, [name, child]) => withMember(all, [...at, name], make(child, [...at, name].join('.'))),
      one,
    );
  };
  return [body, ...decided].flatMap((one) => [one, filled(one)]);
}

function schemaAt(schema: Schema | undefined, [key, ...rest]: readonly string[]): Schema | undefined {
  if (key === undefined || !schema) return schema;
  return schemaAt(schema.items ?? schema.properties?.[key], rest);
}
