import { loadContract, namedFolders } from '../contract/load.ts';
import type { Api, Contract, Effect } from '../contract/model.ts';
import { root } from './settings.ts';

const fromLeast: readonly Effect[] = ['reads', 'writes', 'deletes'];

/**
 * Documents of another folder, in which no operation does less than the project's own say of its path: a draft that is
 * wrong in this must not make a run write where it may not.
 *
 * @param folder that of the documents
 */
export function withOwnEffects(documents: Contract, folder: string): Contract {
  if (folder === root) return documents;
  const { apis } = loadContract(namedFolders(root));
  return { ...documents, apis: documents.apis.map((api) => ({ ...api, effect: mostOf(api, apis) })) };
}

function mostOf({ path, effect }: Api, apis: readonly Api[]): Effect {
  const known = apis.find((one) => one.path === path)?.effect ?? 'reads';
  return fromLeast.indexOf(known) > fromLeast.indexOf(effect) ? known : effect;
}
