import { clauseId } from '../contract/clauses.ts';
import type { Case } from './case.ts';
import { changedCase } from './changed-case.ts';
import { messageMutations } from './mutations/message.ts';
import type { CaseSource } from './prepared.ts';

/** What no page promises and a good server does all the same: SHOULD, and apart from the verdict. */
export function robustnessCases(source: CaseSource): readonly Case[] {
  const clause = clauseId.graceful(source.api.id);
  const { correlationId } = source.api.platform.headers;
  return messageMutations(correlationId).map((mutation) =>
    changedCase(source, {
      kind: 'robustness',
      name: mutation.name,
      title: mutation.title,
      level: 'SHOULD',
      clauses: [clause],
      mutation,
      expectation: { kind: 'graceful', clause, control: source.control },
    }),
  );
}
