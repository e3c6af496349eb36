import { type Field, fieldsOf, type Schema } from '../../src/contract/schema.ts';
import type { JsonObject, JsonValue } from '../../src/json/json.ts';
import type { ParameterAspect } from '../checks.ts';
import { withField } from '../edit-field.ts';
import { anyInterpretation, breachesOf } from './check-value.ts';

/** A request that breaks one documented limit and no other, whatever the interpretation. */
export interface BrokenRequest {
  readonly request: JsonObject;
  readonly path: string;
  readonly aspect: ParameterAspect;
}

/** Every way to break one limit of one field of a request, in the order of the fields. */
export function brokenRequests(request: JsonObject, schema: Schema): readonly BrokenRequest[] {
  return fieldsOf(schema).flatMap((field) =>
    breaksOf(field).flatMap(({ aspect, edit }): readonly BrokenRequest[] => {
      const broken = withField(request, field.path, edit, 'first');
      const [breach, ...others] = breachesOf(broken, schema, anyInterpretation);
      const isThis = breach?.path === field.path && breach.aspect === aspect && others.length === 0;
      return isThis ? [{ request: broken, path: field.path, aspect }] : [];
    }),
  );
}

interface Break {
  readonly aspect: ParameterAspect;
  readonly edit: (value: JsonValue | undefined) => JsonValue | undefined;
}

function breaksOf({ schema, required, name }: Field): readonly Break[] {
  const limits = [schema, ...(schema.anyOf ?? [])];
  const set = (aspect: ParameterAspect, value: JsonValue): Break => ({ aspect, edit: () => value });
  const text = (aspect: ParameterAspect, change: (value: string) => string): Break => ({
    aspect,
    edit: (value) => (typeof value === 'string' ? change(value) : value),
  });
  const greatest = Math.max(...limits.flatMap(({ maxLength }) => maxLength ?? []));
  const least = Math.min(...limits.flatMap(({ minLength }) => minLength ?? []));
  return [
    ...limits.flatMap(({ minimum }) =>
      minimum === undefined ? [] : set('range', exact(BigInt(minimum) - 1n)),
    ),
    ...limits.flatMap(({ maximum }) =>
      maximum === undefined ? [] : set('range', exact(BigInt(maximum) + 1n)),
    ),
    // A text of the right length that is no value, so that nothing but its words or its form is wrong.
    text('enum', (value) => value.replaceAll(/./gu, 'X')),
    text('form', (value) => `${value.slice(0, -1)}~`),
    ...(Number.isFinite(greatest) ? [text('length', (value) => value.padEnd(greatest + 1, '0'))] : []),
    ...(Number.isFinite(least) ? [text('length', (value) => value.slice(0, Math.max(0, least - 1)))] : []),
    set('type', schema.type === 'string' ? 7 : 'text'),
    ...(required && name !== '[]' ? [{ aspect: 'presence', edit: () => undefined } as const] : []),
  ];
}

function exact(value: bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
