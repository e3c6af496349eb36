import type { JsonNumber } from './json-number.ts';

/** Any JSON value, numbers exact. Treated as immutable everywhere. */
export type JsonValue = null | boolean | string | JsonNumber | JsonArray | JsonObject;
export type JsonArray = readonly JsonValue[];
export interface JsonObject {
  readonly [key: string]: JsonValue;
}
