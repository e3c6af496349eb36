import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { type JsonValue, parseJson } from '../src/json/json.ts';
import { projectRoot } from './project.ts';

/** The request bodies of targets/embedded.yaml by scenario id, exact. They are this target's own test data. */
export function preparedRequests(): ReadonlyMap<string, JsonValue> {
  const file = path.join(projectRoot, 'targets/embedded.yaml');
  const profile: unknown = parse(readFileSync(file, 'utf8'), { intAsBigInt: true });
  const testData: unknown =
    typeof profile === 'object' && profile !== null && 'testData' in profile ? profile.testData : undefined;
  return new Map(Object.entries(testData ?? {}).map(([id, body]) => [id, exactJson(body)]));
}

/** Integers in the one form that JsonValue gives each. */
function exactJson(value: unknown): JsonValue {
  if (typeof value === 'bigint') return parseJson(String(value));
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(exactJson);
  if (typeof value !== 'object' || value === null) return null;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, exactJson(member)]));
}
