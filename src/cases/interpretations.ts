import { breachesOf } from '../contract/body-check.ts';
import type { Schema } from '../contract/schema.ts';
import type { JsonValue } from '../json/json.ts';

/** The interpretation that a value needs and the one that it breaks, when it lies between the two. */
export function interpretationThatAllows(
  schema: Schema,
  value: JsonValue | undefined,
): readonly [string, string] | undefined {
  if (value === undefined || !schema.anyOf) return undefined;
  const fits = schema.anyOf.map((part) => breachesOf(part, value).length === 0);
  const accepting = schema.anyOf.find((_, index) => fits[index])?.['x-interpretation'];
  const rejecting = schema.anyOf.find((_, index) => !fits[index])?.['x-interpretation'];
  return accepting && rejecting ? [accepting, rejecting] : undefined;
}
