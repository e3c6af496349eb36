import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { fromPointer } from '../json/json.ts';
import { entryAt, plain } from '../yaml/located.ts';
import { didYouMean } from '../yaml/nearest.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import type { ContractProblem } from './error.ts';
import type { Written } from './written/documents.ts';

/** A YAML file whose value has a shape, and the place of each part of it. */
export interface DocumentFile<T> {
  readonly value: T;
  /** The file as messages name it, relative to the project. */
  readonly shownAs: string;
  /** `file:line:column` of the value at a path, or of the nearest part that is there. */
  readonly placeOf: (path: readonly string[]) => string;
}

const ajv = new Ajv2020({
  allErrors: true,
  strictRequired: false,
  strictTypes: false,
  verbose: true,
  validateFormats: false,
});
ajv.addKeyword({
  keyword: 'x-exact-number',
  schemaType: 'boolean',
  validate: (_: boolean, value: unknown) => typeof value === 'number' || typeof value === 'bigint',
});

const folder = path.resolve(import.meta.dirname, '../../specs/schemas');

/** A check that a value has the shape of a kind of document, by the published schema. */
function validatorOf<Kind extends keyof Written>(kind: Kind): ValidateFunction<Written[Kind]> {
  const name = `${kind}.schema.json`;
  const known = ajv.getSchema<Written[Kind]>(name);
  if (known) return known;
  ajv.addSchema(JSON.parse(readFileSync(path.join(folder, name), 'utf8')));
  return validatorOf(kind);
}

/**
 * Reads a YAML file and holds it against the shape of its kind; integers keep every digit.
 *
 * @param root the folder that file names in messages are relative to
 */
export function readDocument<Kind extends keyof Written>(
  file: string,
  kind: Kind,
  root: string,
): DocumentFile<Written[Kind]> | { readonly problems: readonly ContractProblem[] } {
  const shownAs = path.relative(root, file);
  const read = readYaml(file, shownAs);
  if ('problems' in read) return { problems: read.problems };
  const placeOf = (at: readonly string[]): string => {
    for (let length = at.length; length > 0; length -= 1) {
      const entry = entryAt(read.root, at.slice(0, length));
      if (entry) return entry.at.place;
    }
    return read.root.at.place;
  };
  const value: unknown = plain(read.root);
  const validate = validatorOf(kind);
  if (validate(value)) return { value, shownAs, placeOf };
  const problems = (validate.errors ?? []).filter(isTelling).map((error): ContractProblem => {
    const at = fromPointer(error.instancePath);
    const extra: unknown = error.params.additionalProperty;
    return {
      place: placeOf(typeof extra === 'string' ? [...at, extra] : at),
      message: describeError(error),
    };
  });
  return { problems };
}

/** Errors of branches say the same again. */
function isTelling(error: ErrorObject): boolean {
  return !['if', 'oneOf', 'anyOf', 'propertyNames'].includes(error.keyword);
}

function describeError(error: ErrorObject): string {
  const at = error.instancePath === '' ? 'the document' : error.instancePath;
  const params: Readonly<Record<string, unknown>> = error.params;
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(params.additionalProperty);
      const known = knownKeys(error.parentSchema);
      return `unknown key "${key}"${didYouMean(key, known)}; known are ${known.join(', ')}`;
    }
    case 'required':
      return `${at} lacks "${String(params.missingProperty)}"`;
    case 'enum':
    case 'const': {
      const allowed: unknown = params.allowedValues ?? [params.allowedValue];
      const came = error.propertyName ?? String(error.data);
      return `${at} is "${came}", expected ${Array.isArray(allowed) ? allowed.map(String).join(', ') : String(allowed)}`;
    }
    case 'x-exact-number':
      return `${at} must be a number`;
    default:
      return `${error.propertyName === undefined ? at : `key "${error.propertyName}" of ${at}`} ${error.message ?? 'is not allowed'}`;
  }
}

function knownKeys(schema: unknown): string[] {
  const properties: unknown =
    typeof schema === 'object' && schema !== null && 'properties' in schema ? schema.properties : undefined;
  return typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
}
