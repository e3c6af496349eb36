import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/**
 * A guard that a value is what a published schema says. It is compiled when it is first asked, since most processes
 * never ask.
 *
 * @param place of the part of the schema that is meant, as a fragment; the whole schema unless told
 */
export function guardOf<T>(schema: { readonly $id: string }, place = ''): (value: unknown) => value is T {
  let validate: ValidateFunction<T> | undefined;
  return (value): value is T => {
    validate ??= new Ajv2020({ allowUnionTypes: true })
      .addSchema(schema)
      .getSchema<T>(`${schema.$id}${place}`);
    if (validate === undefined) throw new Error(`${schema.$id} has no ${place}`);
    return validate(value);
  };
}
