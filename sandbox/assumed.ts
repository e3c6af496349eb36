import type { Contract } from '../src/contract/model.ts';
import type { Schema } from '../src/contract/schema.ts';

/** The schema with its alternatives narrowed to the interpretation that the register of ambiguities assumes; the sandbox follows that one. */
export function assumedOf(schema: Schema, contract: Contract): Schema {
  const chosen = schema.anyOf?.find((option) =>
    contract.ambiguities.some(({ id, assumed }) => option['x-interpretation'] === `${id}.${assumed}`),
  );
  return chosen ? { ...schema, ...chosen } : schema;
}
