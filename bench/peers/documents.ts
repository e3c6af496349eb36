import path from 'node:path';
import type { JsonObject, JsonValue } from '../../src/json/json.ts';
import { root } from '../../src/run/settings.ts';
import { readExactYaml } from './exact-yaml.ts';
import { listAt, mapValues, objectAt, textAt, without } from './json-tree.ts';
import { answerSchema, inOpenApi30, plainSchema, resolved } from './plain-schema.ts';

/** One operation of the project's document, references resolved, otherwise as written. */
export interface Operation {
  readonly id: string;
  /** Below the base URL. */
  readonly path: string;
  readonly written: JsonObject;
}

/** The examples of an operation's request. */
export interface Examples {
  /** Header name → value. */
  readonly headers: ReadonlyMap<string, string>;
  /** Scenario → body. */
  readonly bodies: ReadonlyMap<string, JsonValue>;
}

const json = 'application/json';

/** The operations of `openapi/konaplate.yaml`. */
export function readOperations(file = path.join(root, 'openapi/konaplate.yaml')): readonly Operation[] {
  const document = readExactYaml(file);
  const whole = objectAt(resolved(document));
  return Object.entries(objectAt(whole, 'paths')).map(([where, item]) => {
    const written = objectAt(item, 'post');
    return { id: textAt(written, 'operationId') ?? where, path: where, written };
  });
}

/** The schema of an operation's request body in plain form: that of the message where the page has it encrypted. */
export function requestSchema({ written }: Operation): JsonObject {
  const schema = objectAt(written, 'requestBody', 'content', json, 'schema');
  const message = objectAt(schema, 'properties', 'encData', 'contentSchema');
  return plainSchema(Object.keys(message).length > 0 ? message : schema);
}

/** The schema of an answer as the document has it: of that status, or of the range it is in, or of any other. */
export function writtenAnswer({ written }: Operation, status: string): JsonObject {
  const responses = objectAt(written, 'responses');
  const found = [status, `${status.slice(0, 1)}XX`, 'default'].find((key) => key in responses);
  return objectAt(responses, found ?? 'default', 'content', json, 'schema');
}

/** The request headers of an operation as parameters. */
export function parametersOf({ written }: Operation): readonly JsonObject[] {
  return listAt(written, 'parameters').map((one) => objectAt(one));
}

/**
 * The plain document that the peers read: bodies as they are before encryption and after decryption, every constraint
 * kept, no extension, examples from the embedded target's prepared data. Security schemes are left out, since their two
 * headers are among the parameters.
 */
export function plainDocument(
  operations: readonly Operation[],
  examplesOf: (operation: Operation) => Examples,
  { version, server }: { readonly version: '3.0.3' | '3.1.0'; readonly server: string },
): JsonObject {
  const worded = (schema: JsonObject): JsonObject => (version === '3.0.3' ? inOpenApi30(schema) : schema);
  return {
    openapi: version,
    info: { title: 'Konaplate Open API in plain form', version: '1.0.0' },
    servers: [{ url: server }],
    paths: Object.fromEntries(
      operations.map((operation) => [
        operation.path,
        { post: plainOperation(operation, examplesOf(operation), worded) },
      ]),
    ),
  };
}

function plainOperation(
  operation: Operation,
  { headers, bodies }: Examples,
  worded: (schema: JsonObject) => JsonObject,
): JsonObject {
  const { written, id } = operation;
  const [first] = bodies.values();
  return {
    operationId: id,
    summary: textAt(written, 'summary') ?? id,
    tags: listAt(written, 'tags'),
    parameters: parametersOf(operation).map((parameter) => {
      const example = headers.get(textAt(parameter, 'name') ?? '');
      return {
        ...plainHeader(parameter, worded),
        // Left out for callbacks only, and none of these is one.
        ...(parameter['x-presence'] === 'conditional' && { required: true }),
        ...(example !== undefined && { example }),
      };
    }),
    requestBody: {
      required: true,
      content: {
        [json]: { schema: worded(requestSchema(operation)), ...(first !== undefined && { example: first }) },
      },
    },
    responses: mapValues(objectAt(written, 'responses'), (response) => ({
      description: textAt(response, 'description') ?? '',
      ...('headers' in objectAt(response) && {
        headers: mapValues(objectAt(response, 'headers'), (header) => plainHeader(objectAt(header), worded)),
      }),
      content: { [json]: { schema: worded(answerSchema(objectAt(response, 'content', json, 'schema'))) } },
    })),
  };
}

function plainHeader(header: JsonObject, worded: (schema: JsonObject) => JsonObject): JsonObject {
  const plain = without(header, ...Object.keys(header).filter((key) => key.startsWith('x-')));
  const schema = plainSchema(objectAt(header, 'schema'));
  // An optional header that comes empty may count as left out.
  const open =
    header.required === true || 'in' in header
      ? schema
      : { type: 'string', anyOf: [without(schema, 'type'), { maxLength: 0 }] };
  return { ...plain, schema: worded(open) };
}
