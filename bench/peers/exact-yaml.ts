import { type JsonObject, type JsonValue, parseJson } from '../../src/json/json.ts';
import { type Plain, plain } from '../../src/yaml/located.ts';
import { readYaml } from '../../src/yaml/read-yaml.ts';
import { objectAt } from './json-tree.ts';

/**
 * A YAML file as a JSON object with every digit of every integer: limits and ids of this API lie beyond 2^53.
 *
 * @throws {Error} when the file can't be read
 */
export function readExactYaml(file: string): JsonObject {
  const read = readYaml(file, file);
  if ('problems' in read)
    throw new Error(read.problems.map(({ place, message }) => `${place}: ${message}`).join('\n'));
  return objectAt(exactJson(plain(read.root)));
}

function exactJson(value: Plain): JsonValue {
  if (typeof value === 'bigint') return parseJson(String(value));
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map(exactJson);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, exactJson(item)]));
}

function isList(value: Plain): value is readonly Plain[] {
  return Array.isArray(value);
}
