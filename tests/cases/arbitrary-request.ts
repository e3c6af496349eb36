import type { Schema } from '../../src/contract/schema.ts';
import type { SourceMap } from '../../src/contract/written/openapi.ts';
import type { JsonValue } from '../../src/json/json.ts';
import { fc } from '../property.ts';
import { broken } from './validator.ts';

/** A request as some page might document it, and a body that fits. */
export interface ArbitraryRequest {
  readonly schema: Schema;
  readonly body: JsonValue;
}

/** The lines of every field, on the page that an invented API borrows. */
function sourced(page: string): { readonly 'x-source': SourceMap } {
  return { 'x-source': { [page]: { name: 1 } } };
}

const names = ['userId', 'once', 'limits', 'status', 'list', 'values', 'info', 'memo'] as const;
const words = ['SUSPEND', 'RESUME', '0', '1', '07', 'A', '카드', 'B C'] as const;

/** The limits of one value, several at a place. */
const leaves: fc.Arbitrary<Schema> = fc.oneof(
  text(),
  listed(),
  fc
    .constantFrom<Schema>(
      { type: 'string', pattern: '^[0-9]{4}-[0-9]{2}$' },
      { type: 'string', pattern: '^[0-9]{4}-[0-9]{2}$', minLength: 7, maxLength: 7 },
      { type: 'string', pattern: '^[A-Z]{2}[0-9]+$', minLength: 3, maxLength: 9 },
      { type: 'string', pattern: '^[0-9]+$', minLength: 1, maxLength: 19 },
      { type: 'string', format: 'yymm', minLength: 4, maxLength: 4 },
      { type: 'string', format: 'yymm' },
      { type: 'string' },
      { type: 'string', minLength: 1 },
      { type: 'string', maxLength: 9999999999 },
      { type: 'string', const: 'KRW', maxLength: 3 },
      { type: 'boolean' },
      { type: 'number' },
      { type: 'number', minimum: 0.5, maximum: 99.95 },
      { type: 'integer', minimum: 1, maximum: 9999999999999999999n },
      { type: 'integer', maximum: 20 },
      {
        type: 'integer',
        anyOf: [
          { minimum: 1, maximum: 99 },
          { minimum: 1, maximum: 9999999999999999999n },
        ],
      },
      {
        type: 'string',
        anyOf: [
          { minLength: 22, maxLength: 22 },
          { minLength: 1, maxLength: 22 },
        ],
      },
      { type: 'string', anyOf: [{ maxLength: 5 }, {}] },
    )
    .map(interpreted),
);

function text(): fc.Arbitrary<Schema> {
  return fc
    .tuple(fc.nat(4), fc.nat(20))
    .map(([minLength, more]) => ({ type: 'string', minLength, maxLength: minLength + more + 1 }));
}

/** An enum alone, or with a length that fits all its values closely or loosely. */
function listed(): fc.Arbitrary<Schema> {
  return fc
    .tuple(fc.uniqueArray(fc.constantFrom(...words), { minLength: 1, maxLength: 4 }), fc.nat(2))
    .map(([values, slack]): Schema => {
      const lengths = values.map((value) => [...value].length);
      const [minLength, maxLength] = [Math.min(...lengths), Math.max(...lengths) + slack];
      return { type: 'string', enum: values, ...(slack < 2 && { minLength, maxLength }) };
    });
}

function interpreted(schema: Schema): Schema {
  const { anyOf } = schema;
  return anyOf
    ? {
        ...schema,
        anyOf: anyOf.map((part, index) => ({ ...part, 'x-interpretation': `some-place.${index}` })),
      }
    : schema;
}

const counts = fc.constantFrom<Pick<Schema, 'minItems' | 'maxItems'>>(
  {},
  { minItems: 1 },
  { maxItems: 2 },
  { minItems: 2, maxItems: 3 },
);

function schemas(page: string, depth: number): fc.Arbitrary<Schema> {
  const own = leaves.map((schema): Schema => ({ ...schema, ...sourced(page) }));
  if (depth === 0) return own;
  const below = schemas(page, depth - 1);
  return fc.oneof(
    { weight: 3, arbitrary: own },
    { weight: 2, arbitrary: objects(page, depth - 1) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(below, counts)
        .map(([items, limits]): Schema => ({ type: 'array', items, ...limits, ...sourced(page) })),
    },
  );
}

function objects(page: string, depth: number): fc.Arbitrary<Schema> {
  return fc
    .tuple(
      fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 4 }),
      fc.infiniteStream(schemas(page, depth)),
      fc.infiniteStream(fc.boolean()),
      fc.nat(3),
    )
    .map(([chosen, children, coins, kind]): Schema => {
      const properties = Object.fromEntries(chosen.map((name) => [name, take(children)]));
      const required = chosen.filter(() => take(coins));
      const whole: Schema = { type: 'object', properties, required, ...sourced(page) };
      return kind === 0 ? conditional(whole, page) : whole;
    });
}

/** With a field that is there for one way of paying alone, and one whose condition the page gives in words. */
function conditional(schema: Schema, page: string): Schema {
  const kind: Schema = { type: 'string', enum: ['CARD', 'BANK'], ...sourced(page) };
  const card: Schema = { type: 'string', minLength: 4, maxLength: 4, ...sourced(page) };
  const inWords: Schema = { type: 'boolean', 'x-source': { [page]: { name: 1, condition: 2 } } };
  return {
    ...schema,
    properties: { ...schema.properties, kind, card, inWords },
    required: [...(schema.required ?? []), 'kind'],
    allOf: [{ if: { properties: { kind: { const: 'CARD' } } }, then: { required: ['card'] } }],
  };
}

function take<T>(stream: Iterator<T>): T {
  const { value, done } = stream.next();
  if (done) throw new Error('the stream has no end');
  return value;
}

/** Values that fit, most of them with what is optional left out. */
function instances(schema: Schema): fc.Arbitrary<JsonValue> {
  const limits = schema.anyOf?.[0] ? { ...schema, ...schema.anyOf[0] } : schema;
  const { type, minLength = 0, maxLength, minimum, maximum, pattern, minItems = 0, maxItems } = limits;
  const values = limits.const === undefined ? limits.enum : [limits.const];
  if (values) return fc.constantFrom(...values);
  if (pattern !== undefined) {
    return fc
      .stringMatching(new RegExp(pattern))
      .filter((one) => one.length >= minLength && one.length <= (maxLength ?? 99));
  }
  if (limits.format) return fc.constantFrom('3001', '9912');
  if (type === 'boolean') return fc.boolean();
  if (type === 'string') {
    const most = Math.min(maxLength ?? minLength + 5, minLength + 30);
    return fc.string({ unit: fc.constantFrom(...'019aZ가'), minLength, maxLength: most });
  }
  if (type === 'integer' || type === 'number') {
    const least = minimum === undefined ? -5n : BigInt(Math.ceil(Number(minimum)));
    const most = typeof maximum === 'bigint' ? maximum : BigInt(Math.floor(Number(maximum ?? 20)));
    return fc.bigInt({ min: least, max: most }).map((one) => (one < 2n ** 53n ? Number(one) : one));
  }
  if (schema.items) {
    return fc.array(instances(schema.items), { minLength: minItems, maxLength: maxItems ?? minItems + 2 });
  }
  const properties = Object.entries(schema.properties ?? {});
  return fc.record(Object.fromEntries(properties.map(([name, child]) => [name, instances(child)])), {
    requiredKeys: [...(schema.required ?? [])],
  });
}

/** @param page the page that an invented API borrows */
export function arbitraryRequests(page: string): fc.Arbitrary<ArbitraryRequest> {
  return objects(page, 2).chain((schema) =>
    instances(schema)
      .filter((body) => broken(schema, body).length === 0)
      .map((body) => ({ schema, body })),
  );
}
