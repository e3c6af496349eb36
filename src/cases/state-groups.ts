import type { WorkflowDocument } from '../contract/arazzo/model.ts';

/**
 * The id of an API → that of the group whose requests see each other's effects, for those that workflows speak of: the
 * APIs of a workflow, and of all others with which it has an API in common. Every other API is one by itself.
 */
export function stateGroups(
  documents: readonly Pick<WorkflowDocument, 'id' | 'apis'>[],
): ReadonlyMap<string, string> {
  const groups = new Map<string, string>();
  for (const { id, apis } of documents) {
    const joined = new Set(apis.flatMap((api) => groups.get(api) ?? []));
    for (const [api, group] of groups) if (joined.has(group)) groups.set(api, id);
    for (const api of apis) groups.set(api, id);
  }
  return groups;
}
