import { isJsonObject, type JsonObject, JsonSyntaxError, type JsonValue, parseJson } from '../json/json.ts';
import type { Located, LocatedScalar, Origin } from '../yaml/located.ts';
import { didYouMean } from '../yaml/nearest.ts';
import { type Environment, replaceReferences } from './environment.ts';
import type { Fields } from './fields.ts';
import { mostTold } from './problem.ts';

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** The request bodies of `testData`, exact. Problems go to `fields`. */
export function readTestData(
  fields: Fields,
  scenarioIds: readonly string[] | undefined,
  references: { readonly env: Environment; readonly cwd: string },
): ReadonlyMap<string, JsonObject> {
  const bodies = new Map<string, JsonObject>();
  for (const [id, entry] of fields.entries('testData')) {
    checkScenario(fields, 'testData', id, entry.at, scenarioIds);
    const body = readBody(fields, id, entry.value, references);
    if (body !== undefined) bodies.set(id, body);
  }
  return bodies;
}

/** The reasons of `notTestable`. A scenario that also has test data is a problem. */
export function readNotTestable(
  fields: Fields,
  scenarioIds: readonly string[] | undefined,
): ReadonlyMap<string, string> {
  const reasons = new Map<string, string>();
  for (const [id, entry] of fields.entries('notTestable')) {
    checkScenario(fields, 'notTestable', id, entry.at, scenarioIds);
    if (fields.has('testData', id)) {
      const message =
        'this scenario also has test data; keep one of the two (an empty value drops an inherited one)';
      fields.problem(['notTestable', id], message, entry.at.place);
    }
    const reason = fields.text('notTestable', id);
    if (reason !== undefined) reasons.set(id, reason.value);
  }
  return reasons;
}

function checkScenario(
  fields: Fields,
  field: string,
  id: string,
  at: Origin,
  scenarioIds: readonly string[] | undefined,
): void {
  // A key of another shape is the schema's complaint, and may be anything, so it is not repeated here.
  if (!scenarioIds || scenarioIds.includes(id) || !/^[a-z0-9-]+\/[a-z0-9-]+$/.test(id)) return;
  const hint =
    fields.problems.length < mostTold
      ? didYouMean(id, scenarioIds) || `; there are ${scenarioIds.join(', ')}`
      : '';
  fields.problem([field, id], `no such scenario${hint}`, at.place);
}

function readBody(
  fields: Fields,
  id: string,
  node: Located,
  references: { readonly env: Environment; readonly cwd: string },
): JsonObject | undefined {
  const path = ['testData', id] as const;
  if (node.kind === 'map') {
    const before = fields.problems.length;
    const body = toJson(node, path, fields);
    return isJsonObject(body) && fields.problems.length === before ? body : undefined;
  }
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return undefined;
  let body: JsonValue;
  try {
    body = parseJson(node.value);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const place =
      error.position === undefined ? '' : `, at ${lineAndColumn(node.value, error.position)} of the block`;
    return fields.problem(path, `expected a request body as JSON; this is not JSON${place}`);
  }
  if (!isJsonObject(body)) return fields.problem(path, 'expected a JSON object as request body');
  const replaced = replaceInJson(body, node, path, fields, references);
  return isJsonObject(replaced) ? replaced : undefined;
}

function toJson(node: Located, path: readonly string[], fields: Fields): JsonValue {
  if (node.kind === 'map') {
    return Object.fromEntries(
      [...node.entries].map(([key, entry]) => [key, toJson(entry.value, [...path, key], fields)]),
    );
  }
  if (node.kind === 'list') {
    return node.items.map((item, index) => toJson(item, [...path, String(index)], fields));
  }
  if (typeof node.value !== 'number' && typeof node.value !== 'bigint') return node.value;
  if (jsonNumber.test(node.written)) return parseJson(node.written);
  const what = /^[-+]?0\d/.test(node.written)
    ? 'a number with leading zeros'
    : 'a number that JSON has no form for';
  fields.problem(path, `${what}, which would be sent changed; put it in quotes if it is text`, node.at.place);
  return null;
}

/** References within a JSON block are replaced after parsing, so that a value with quotes changes nothing else. */
function replaceInJson(
  value: JsonValue,
  block: LocatedScalar,
  path: readonly string[],
  fields: Fields,
  references: { readonly env: Environment; readonly cwd: string },
): JsonValue {
  if (typeof value === 'string') {
    const text = { ...block, value };
    const replaced = replaceReferences(text, { ...references, problems: fields.problems }, path);
    return replaced.kind === 'scalar' && typeof replaced.value === 'string' ? replaced.value : null;
  }
  if (Array.isArray(value)) {
    return value.map((item: JsonValue, index) =>
      replaceInJson(item, block, [...path, String(index)], fields, references),
    );
  }
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      replaceInJson(member, block, [...path, key], fields, references),
    ]),
  );
}

function lineAndColumn(text: string, position: number): string {
  const before = text.slice(0, position).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
