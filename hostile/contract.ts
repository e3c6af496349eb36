import { contractFolders, loadContract } from '../src/contract/load.ts';
import { sharedContract } from '../src/contract/shared-contract.ts';
import { isJsonArray, isJsonObject, type JsonValue, stringifyJson } from '../src/json/json.ts';
import type { Profile } from '../src/target/profile.ts';
import { root } from './tools.ts';

/** The documents, for rows that call functions in this process. */
export const contract = sharedContract(process.env, () => loadContract(contractFolders(root)));

/** Every value of a profile's test data, with the name of its field. */
export function preparedValues(
  profile: Profile,
): readonly { readonly name: string; readonly text: string }[] {
  return [...profile.testData.values()].flatMap((body) => valuesIn('', body));
}

function valuesIn(name: string, value: JsonValue): readonly { name: string; text: string }[] {
  if (isJsonArray(value)) return value.flatMap((item) => valuesIn(name, item));
  if (isJsonObject(value)) return Object.entries(value).flatMap(([own, member]) => valuesIn(own, member));
  return [{ name, text: typeof value === 'string' ? value : stringifyJson(value) }];
}
