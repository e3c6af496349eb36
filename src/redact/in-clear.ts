import type { Contract, Sensitivity } from '../contract/model.ts';
import { fieldsOf, type Schema } from '../contract/schema.ts';

/** The fields of all bodies, and how each is kept from view; of a name that is marked twice, the first mark. */
export function markedFields(contract: Pick<Contract, 'apis'>): ReadonlyMap<string, Sensitivity | undefined> {
  const marks = new Map<string, Sensitivity | undefined>();
  for (const { name, schema } of bodyFields(contract)) {
    marks.set(name, marks.get(name) ?? schema['x-sensitive']);
  }
  return marks;
}

/** The documents as they are for a target that lists fields whose values are nobody's: without the marks of these. */
export function inClear(contract: Contract, names: readonly string[]): Contract {
  if (names.length === 0) return contract;
  const own = structuredClone(contract);
  for (const { name, schema } of bodyFields(own)) {
    const marked: { 'x-sensitive'?: Sensitivity } = schema;
    if (names.includes(name)) delete marked['x-sensitive'];
  }
  return own;
}

function bodyFields({
  apis,
}: Pick<Contract, 'apis'>): readonly { readonly name: string; readonly schema: Schema }[] {
  return apis.flatMap(({ request, responses }) =>
    [request.body, ...responses.map(({ body }) => body)].flatMap(({ schema }) => fieldsOf(schema)),
  );
}
