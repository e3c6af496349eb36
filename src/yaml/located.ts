/** Where a value was written. */
export interface Origin {
  /** `file:line:column`, or `environment variable NAME`. */
  readonly place: string;
  /** The folder that relative paths in the value start from. */
  readonly folder: string;
}

/** A value of a profile that still knows where it was written. */
export type Located = LocatedMap | LocatedList | LocatedScalar;

export interface LocatedMap {
  readonly kind: 'map';
  readonly at: Origin;
  readonly entries: ReadonlyMap<string, LocatedEntry>;
}

export interface LocatedEntry {
  /** Where the key stands. */
  readonly at: Origin;
  readonly value: Located;
}

export interface LocatedList {
  readonly kind: 'list';
  readonly at: Origin;
  readonly items: readonly Located[];
}

export interface LocatedScalar {
  readonly kind: 'scalar';
  readonly at: Origin;
  /** Integers beyond 2^53 are bigint, so that every digit stays. */
  readonly value: string | number | bigint | boolean | null;
  /** The value as it stood in the file, before any `${NAME}` was replaced. */
  readonly written: string;
  /** Text in which `${NAME}` is no reference. */
  readonly literal?: boolean;
}

/** A plain value: what schemas and requests are made of. */
export type Plain =
  | string
  | number
  | bigint
  | boolean
  | null
  | readonly Plain[]
  | { readonly [key: string]: Plain };

/** The same value without its places. */
export function plain(node: Located): Plain {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plain);
  return Object.fromEntries([...node.entries].map(([key, entry]) => [key, plain(entry.value)]));
}

/** The entry below a node on a path of keys (list items by index), or undefined. */
export function entryAt(node: Located | undefined, path: readonly string[]): LocatedEntry | undefined {
  let found: LocatedEntry | undefined = node && { at: node.at, value: node };
  for (const key of path) {
    const parent: Located | undefined = found?.value;
    if (parent?.kind === 'map') found = parent.entries.get(key);
    else if (parent?.kind === 'list') {
      const item: Located | undefined = parent.items[Number(key)];
      found = item && { at: item.at, value: item };
    } else return undefined;
  }
  return found;
}

/** The value below a node on a path of keys; a field without a value (`null`) counts as not written. */
export function valueAt(node: Located | undefined, path: readonly string[]): Located | undefined {
  const value = entryAt(node, path)?.value;
  return value?.kind === 'scalar' && value.value === null ? undefined : value;
}

/** A copy of the map with one value put in on a path of keys; maps on the way are made where they lack. */
export function withValue(map: LocatedMap, path: readonly string[], value: Located): LocatedMap {
  const [key, ...rest] = path;
  if (key === undefined) return map;
  const below = map.entries.get(key)?.value;
  const empty: LocatedMap = { kind: 'map', at: value.at, entries: new Map() };
  const child = rest.length === 0 ? value : withValue(below?.kind === 'map' ? below : empty, rest, value);
  return { ...map, entries: new Map(map.entries).set(key, { at: value.at, value: child }) };
}

/** A copy of the map without some keys. */
export function withoutKeys(map: LocatedMap, keys: readonly string[]): LocatedMap {
  return { ...map, entries: new Map([...map.entries].filter(([key]) => !keys.includes(key))) };
}
