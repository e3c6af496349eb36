import { apiOfClause } from '../../contract/clauses.ts';
import type { Untested } from '../../contract/untested.ts';
import { TODO } from '../open-places.ts';
import { Additions, indent, scalar } from './yaml-text.ts';

/**
 * `specs/untested.yaml` with an entry for clauses that no case tests: the reason that the same clause of another API has,
 * or an open place.
 *
 * @param text the file as it is
 * @param clauses ids of clauses of the new API
 */
export function withReasons(
  text: string,
  { reasons }: Pick<Untested, 'reasons'>,
  clauses: readonly string[],
): string {
  const known = new Map<string, string>();
  for (const [id, reason] of reasons) known.set(shared(id), reason);
  const byReason = new Map<string, string[]>();
  for (const id of clauses) {
    const reason = known.get(shared(id)) ?? `${TODO}: why nothing tests it.`;
    byReason.set(reason, [...(byReason.get(reason) ?? []), id]);
  }
  const additions = new Additions(text);
  for (const [reason, ids] of byReason) {
    const entry = [...ids.map((id) => `- ${scalar(id)}`)];
    additions.append(['untested'], ['- clauses:', ...indent(entry, 4), `  reason: ${scalar(reason)}`]);
  }
  return additions.toString();
}

/** A clause id without its API. */
function shared(id: string): string {
  return id.slice(apiOfClause(id).length);
}
