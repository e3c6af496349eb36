import {
  compareNumbers,
  isJsonNumber,
  isJsonObject,
  type JsonObject,
  type JsonValue,
} from '../../src/json/json.ts';
import { listAt, mapValues, objectAt, textAt, without } from './json-tree.ts';

/** The words that hold a schema, a list of schemas, or schemas by name. */
const single = ['items', 'not', 'if', 'then', 'else', 'contentSchema', 'schema'];
const several = ['anyOf', 'allOf', 'oneOf'];

/** `yyMMddHHmmss-xxxxxxx`. */
export const correlationIdPattern =
  '^[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])([01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]-[0-9A-Fa-f]{7}$';

/** The project's own formats as regular expressions, which any tool can check. */
const patterns: Readonly<Record<string, string>> = {
  'correlation-id': correlationIdPattern,
  'compact-date-time':
    '^[0-9]{4}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])([01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]$',
  yymm: '^[0-9]{2}(0[1-9]|1[0-2])$',
};

/** What must hold of the envelope besides its schema: the outcome that one scenario waits for. */
export interface Outcome {
  readonly code: string;
  readonly messages: readonly string[];
}

/**
 * A schema of the project's document as other tools read it: the extensions are left out, own formats become patterns,
 * and where several limits are allowed and one holds the others, that one stands alone. All constraints are kept.
 * Where the documents leave open what a schema of this document does not say (where the envelope stands, whether an
 * optional text may come empty), every interpretation is allowed, so that no tool has to call a conformant target wrong.
 *
 * @param outcome what the envelope must hold besides
 * @param always names of fields that must be there in one of several places, so that they are not optional
 */
export function plainSchema(
  schema: JsonObject,
  outcome?: Outcome,
  always: ReadonlySet<string> = presentSomewhere(schema),
): JsonObject {
  const name = Object.entries(objectAt(schema, 'properties')).find(
    ([, property]) => objectAt(property)['x-envelope'] === true,
  )?.[0];
  return name === undefined ? written(schema, outcome, always) : withEnvelope(schema, name, outcome, always);
}

/** The fields of which the schema says, at any depth, that they are required where the nesting is open. */
function presentSomewhere(value: JsonValue, found: Set<string> = new Set()): Set<string> {
  if (Array.isArray(value)) for (const item of value) presentSomewhere(item, found);
  else if (isJsonObject(value)) {
    const name = textAt(value, 'x-presence-of');
    if (name !== undefined) found.add(name);
    for (const item of Object.values(value)) presentSomewhere(item, found);
  }
  return found;
}

function written(schema: JsonObject, outcome: Outcome | undefined, always: ReadonlySet<string>): JsonObject {
  const required = listAt(schema, 'required');
  const plain: Record<string, JsonValue> = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key.startsWith('x-') || key === 'description') continue;
    if (key === 'format' && typeof value === 'string' && patterns[value] !== undefined) {
      plain.pattern = patterns[value];
    } else if (key === 'properties') {
      plain[key] = mapValues(objectAt(value), (property, name) =>
        perhapsEmpty(
          plainSchema(objectAt(property), outcome, always),
          required.includes(name) || always.has(name) || !('type' in schema),
        ),
      );
    } else if (several.includes(key)) {
      plain[key] = listAt(schema, key).map((item) => plainSchema(objectAt(item), outcome, always));
    } else plain[key] = single.includes(key) ? plainSchema(objectAt(value), outcome, always) : value;
  }
  return widest(plain);
}

/** The ambiguity `empty-optional-field`: an optional text that comes empty may count as left out. */
function perhapsEmpty(schema: JsonObject, required: boolean): JsonObject {
  if (required || schema.type !== 'string' || !('minLength' in schema)) return schema;
  return { type: 'string', anyOf: [without(schema, 'type'), { maxLength: 0 }] };
}

/** Alternatives that are nothing but limits, one of which holds all others, are that one. */
function widest(schema: JsonObject): JsonObject {
  const limits = ['minimum', 'maximum', 'minLength', 'maxLength'];
  const alternatives = listAt(schema, 'anyOf').map((item) => objectAt(item));
  if (alternatives.length === 0) return schema;
  if (!alternatives.every((one) => Object.keys(one).every((key) => limits.includes(key)))) return schema;
  const found = alternatives.find((wide) => alternatives.every((narrow) => holds(wide, narrow)));
  return found === undefined ? schema : { ...without(schema, 'anyOf'), ...found };
}

function holds(wide: JsonObject, narrow: JsonObject): boolean {
  return Object.entries(wide).every(([key, limit]) => {
    const other = narrow[key];
    if (!isJsonNumber(limit) || !isJsonNumber(other)) return false;
    const order = compareNumbers(other, limit);
    return key.startsWith('min') ? order >= 0 : order <= 0;
  });
}

/** The ambiguity `envelope`: in an object of its own, or its members beside the others, the message by either name. */
function withEnvelope(
  schema: JsonObject,
  name: string,
  outcome: Outcome | undefined,
  always: ReadonlySet<string>,
): JsonObject {
  const rest = plainSchema(
    {
      ...schema,
      properties: without(objectAt(schema, 'properties'), name),
      required: requiredBut(schema, name),
    },
    outcome,
    always,
  );
  const envelope = plainSchema(objectAt(schema, 'properties', name));
  const whole: JsonObject = outcome ? { allOf: [envelope, outcomeSchema(outcome)] } : envelope;
  if (!listAt(schema, 'required').includes(name)) {
    return { ...rest, properties: { ...objectAt(rest, 'properties'), [name]: whole } };
  }
  return { ...rest, anyOf: placesOf(name, whole) };
}

function requiredBut(schema: JsonObject, name: string): JsonValue {
  return listAt(schema, 'required').filter((one) => one !== name);
}

function placesOf(name: string, envelope: JsonObject): readonly JsonObject[] {
  return [
    { required: [name], properties: { [name]: envelope } },
    { required: ['code', 'description'], ...envelope },
    { required: ['code', 'message'], ...renamed(envelope) },
  ];
}

/** The same rules for an envelope whose message is called `message`. */
function renamed(envelope: JsonObject): JsonObject {
  return mapValues(envelope, (value, key) => {
    if (key === 'properties') {
      return Object.fromEntries(
        Object.entries(objectAt(value)).map(([name, item]) => [
          name === 'description' ? 'message' : name,
          item,
        ]),
      );
    }
    if (key === 'required') {
      return listAt(envelope, key).map((name) => (name === 'description' ? 'message' : name));
    }
    if (several.includes(key)) return listAt(envelope, key).map((item) => renamed(objectAt(item)));
    return single.includes(key) && isJsonObject(value) ? renamed(value) : value;
  });
}

function outcomeSchema({ code, messages }: Outcome): JsonObject {
  return {
    type: 'object',
    required: ['code', 'description'],
    properties: { code: { const: code }, description: { enum: [...messages] } },
  };
}

/**
 * The schema of an answer's body as the bridge hands it on: where the page documents encryption, an object whose
 * `encData` is the opened message; the envelope of such an answer may stand inside or beside (ambiguity
 * `envelope-of-encrypted-answers`).
 *
 * @param schema of the body as the document has it
 * @param beyond what the message must be besides
 */
export function answerSchema(
  schema: JsonObject,
  outcome?: Outcome,
  beyond: readonly JsonObject[] = [],
): JsonObject {
  const message = objectAt(schema, 'properties', 'encData', 'contentSchema');
  const all = (one: JsonObject): JsonObject => (beyond.length === 0 ? one : { allOf: [one, ...beyond] });
  if (Object.keys(message).length === 0) return all(plainSchema(schema, outcome));
  const name = Object.entries(objectAt(message, 'properties')).find(
    ([, property]) => objectAt(property)['x-envelope'] === true,
  )?.[0];
  const inside = all(plainSchema(message, outcome));
  const sealed = (one: JsonObject): JsonObject => ({
    type: 'object',
    required: ['encData'],
    properties: { encData: one },
  });
  if (name === undefined) return sealed(inside);
  const envelopeAlone = {
    type: 'object',
    required: [name],
    properties: { [name]: objectAt(message, 'properties', name) },
  };
  const messageAlone = {
    ...message,
    required: requiredBut(message, name),
    properties: without(objectAt(message, 'properties'), name),
  };
  return {
    anyOf: [
      sealed(inside),
      { allOf: [sealed(all(plainSchema(messageAlone))), plainSchema(envelopeAlone, outcome)] },
    ],
  };
}

/**
 * The schema in the words of OpenAPI 3.0, which has no `const`, no `if` and no `then`; what it allows is the same.
 */
export function inOpenApi30(schema: JsonObject): JsonObject {
  const plain: Record<string, JsonValue> = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'const') plain.enum = [value];
    else if (key === 'properties')
      plain[key] = mapValues(objectAt(value), (item) => inOpenApi30(objectAt(item)));
    else if (several.includes(key))
      plain[key] = listAt(schema, key).map((item) => inOpenApi30(objectAt(item)));
    else if (key === 'if' || key === 'then') continue;
    else plain[key] = single.includes(key) && isJsonObject(value) ? inOpenApi30(value) : value;
  }
  if (!('if' in schema)) return plain;
  const either = {
    anyOf: [{ not: inOpenApi30(objectAt(schema, 'if')) }, inOpenApi30(objectAt(schema, 'then'))],
  };
  return Object.keys(plain).length === 0 ? either : { allOf: [plain, either] };
}

/** The document with every reference replaced by what it points to; words beside a reference are kept. */
export function resolved(document: JsonObject, value: JsonValue = document): JsonValue {
  if (Array.isArray(value)) return value.map((item: JsonValue) => resolved(document, item));
  if (!isJsonObject(value)) return value;
  const reference = textAt(value, '$ref');
  if (reference === undefined) return mapValues(value, (item) => resolved(document, item));
  const target = objectAt(resolved(document, objectAt(document, ...reference.replace('#/', '').split('/'))));
  const beside = objectAt(resolved(document, without(value, '$ref')));
  const own = Object.keys(beside).filter((key) => !key.startsWith('x-') && key !== 'description');
  if (own.length === 0) return { ...target, ...beside };
  const marks = Object.fromEntries(Object.entries(beside).filter(([key]) => key.startsWith('x-')));
  const rules =
    own.length === 1 && 'allOf' in beside
      ? listAt(beside, 'allOf')
      : [without(beside, ...Object.keys(marks))];
  return { ...marks, allOf: [target, ...rules] };
}
