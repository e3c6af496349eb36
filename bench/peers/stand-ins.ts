import {
  isJsonNumber,
  type JsonObject,
  type JsonValue,
  parseJson,
  stringifyJson,
} from '../../src/json/json.ts';
import { mapValues, objectAt } from './json-tree.ts';

/**
 * Integers that JavaScript rounds, by integers of 16 digits that it does not: Portman's own replacement of texts puts the
 * right digits into the finished collection.
 */
export class StandIns {
  readonly #byDigits = new Map<string, string>();

  /** The value with every such integer replaced. */
  of(value: JsonValue): JsonValue {
    if (Array.isArray(value)) return value.map((item: JsonValue) => this.of(item));
    if (isJsonNumber(value)) {
      const digits = stringifyJson(value);
      if (!/^\d{17,}$/.test(digits)) return value;
      const known =
        this.#byDigits.get(digits) ?? String(8_100_000_000_000_001n + BigInt(this.#byDigits.size));
      this.#byDigits.set(digits, known);
      return parseJson(known);
    }
    return typeof value === 'object' && value !== null
      ? mapValues(objectAt(value), (item) => this.of(item))
      : value;
  }

  /** As `portmanReplacements` takes them. */
  get replacements(): readonly JsonObject[] {
    return [...this.#byDigits].map(([digits, standIn]) => ({ searchFor: standIn, replaceWith: digits }));
  }
}

/** The examples of the document with numbers that survive; its limits stay as they are. */
export function withExamples(document: JsonObject, standIns: StandIns): JsonObject {
  return mapValues(document, (value, key) => {
    if (key === 'example') return standIns.of(value);
    if (Array.isArray(value))
      return value.map((item: JsonValue) => (isObject(item) ? withExamples(item, standIns) : item));
    return isObject(value) ? withExamples(value, standIns) : value;
  });
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isJsonNumber(value);
}
