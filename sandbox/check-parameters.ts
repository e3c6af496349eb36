import { formats } from '../src/contract/formats.ts';
import type { Schema } from '../src/contract/schema.ts';
import { compareNumbers, getMember, isJsonNumber, type JsonValue } from '../src/json/json.ts';
import { assumedOf } from './assumed.ts';
import type { ParameterAspect } from './checks.ts';
import { demand } from './demand.ts';
import { ownCodes, Refusal } from './own-codes.ts';
import { registrationRequest } from './registration-request.ts';
import type { Situation } from './stages.ts';

/**
 * The stage of the parameters: each field of the request within its documented limits. Unknown fields are accepted.
 * Written apart from the contract's own check of bodies, so that one mistake does not hide in suite and sandbox alike.
 *
 * @throws {Refusal} for the first field that breaks one
 */
export function checkParameters(at: Situation): void {
  const schema = at.api.id === 'ars-register' ? registrationRequest : at.api.request.body.schema;
  for (const [name, written] of Object.entries(schema.properties ?? {})) {
    const limits = assumedOf(written, at.contract);
    const value = getMember(at.parameters ?? {}, name);
    const check = (aspect: ParameterAspect, holds: boolean) =>
      demand(at, `parameter.${name}.${aspect}`, holds, () => refusalOf(at, name, aspect));
    if (value === undefined) {
      check('presence', schema.required?.includes(name) !== true);
      continue;
    }
    check('type', hasType(value, limits));
    if (typeof value === 'string') {
      const length = [...value].length;
      check('length', length >= (limits.minLength ?? 0) && length <= (limits.maxLength ?? length));
      check('form', limits.format === undefined || formats[limits.format](value));
    } else if (isJsonNumber(value)) {
      const { minimum = value, maximum = value } = limits;
      check('range', compareNumbers(value, minimum) >= 0 && compareNumbers(value, maximum) <= 0);
    }
  }
}

function hasType(value: JsonValue, { type }: Schema): boolean {
  if (type === 'integer') return typeof value === 'bigint' || Number.isInteger(value);
  if (type === 'number') return isJsonNumber(value);
  return type === undefined || typeof value === type;
}

/** An API that documents 000_002 answers every bad parameter with it and its message; the others by the general codes. */
function refusalOf({ api }: Situation, name: string, aspect: ParameterAspect): Refusal {
  const row = api.codes.find(({ code }) => code === ownCodes.badValue.code);
  const message = row?.messages[0]?.text;
  if (row && message !== undefined)
    return new Refusal({ status: row.status, code: row.code, description: message });
  if (aspect === 'presence') return new Refusal(ownCodes.requiredMissing, name);
  return new Refusal(aspect === 'length' ? ownCodes.wrongLength : ownCodes.badValue, name);
}
