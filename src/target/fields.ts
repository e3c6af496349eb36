import { toPointer } from '../json/json.ts';
import { entryAt, type LocatedEntry, type LocatedMap, valueAt } from '../yaml/located.ts';
import type { Problem } from '../yaml/problem.ts';
import type { LocatedText } from './pem.ts';
import type { WrittenProfile } from './written.ts';

/** The keys that lead to a field of a profile; of a list or a map of any keys, any text. */
export type FieldPath<Value = WrittenProfile> = Value extends readonly (infer Item)[]
  ? readonly [string] | readonly [string, ...FieldPath<Item>]
  : Value extends object
    ? {
        [Key in keyof Value & string]: readonly [Key] | readonly [Key, ...FieldPath<NonNullable<Value[Key]>>];
      }[keyof Value & string]
    : never;

/**
 * Reads the fields of a merged profile. A field that is absent, or of a kind that the schema has already complained
 * of, is undefined, so that reading goes on and all problems come out at once.
 */
export class Fields {
  readonly problems: Problem[];
  readonly #map: LocatedMap;

  constructor(map: LocatedMap, problems: Problem[]) {
    this.#map = map;
    this.problems = problems;
  }

  text(...path: FieldPath): LocatedText | undefined {
    const node = valueAt(this.#map, path);
    if (node?.kind !== 'scalar' || typeof node.value !== 'string') return undefined;
    return { value: node.value, written: node.written, at: node.at };
  }

  /** The text of a field that must be there. */
  required(path: FieldPath, remedy: string): LocatedText | undefined {
    if (entryAt(this.#map, path) === undefined) {
      this.problem(path, `missing; ${remedy}`, entryAt(this.#map, path.slice(0, -1))?.at.place);
    }
    return this.text(...path);
  }

  /** One of some words. */
  word<T extends string>(path: FieldPath, words: readonly T[]): T | undefined {
    const value = this.text(...path)?.value;
    return words.find((word) => word === value);
  }

  number(...path: FieldPath): number | undefined {
    const node = valueAt(this.#map, path);
    return node?.kind === 'scalar' && typeof node.value === 'number' ? node.value : undefined;
  }

  flag(...path: FieldPath): boolean | undefined {
    const node = valueAt(this.#map, path);
    return node?.kind === 'scalar' && typeof node.value === 'boolean' ? node.value : undefined;
  }

  has(...path: FieldPath): boolean {
    return valueAt(this.#map, path) !== undefined;
  }

  /** The entries of a map, without those that are empty. */
  entries(...path: FieldPath): [key: string, entry: LocatedEntry][] {
    const node = valueAt(this.#map, path);
    if (node?.kind !== 'map') return [];
    return [...node.entries].filter(([key]) => valueAt(node, [key]) !== undefined);
  }

  /** The items of a list. */
  items(...path: FieldPath): readonly LocatedEntry[] {
    const node = valueAt(this.#map, path);
    if (node?.kind !== 'list') return [];
    return node.items.map((value) => ({ at: value.at, value }));
  }

  problem(path: readonly string[], message: string, place?: string): undefined {
    const found = place ?? entryAt(this.#map, path)?.value.at.place ?? this.#map.at.place;
    this.problems.push({ place: found, pointer: toPointer(path), message });
  }
}
