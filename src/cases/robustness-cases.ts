import { clauseId } from '../contract/clauses.ts';
import { type Case, messageChanges } from './case.ts';
import { changedCase } from './changed-case.ts';
import type { CaseSource } from './prepared.ts';

/** What no page promises and a good server does all the same: SHOULD, and apart from the verdict. */
export function robustnessCases(source: CaseSource): readonly Case[] {
  return messageChanges.map((how) =>
    changedCase(source, {
      kind: 'robustness',
      name: how,
      title: how.replaceAll('-', ' '),
      level: 'SHOULD',
      clauses: [clauseId.graceful(source.api.id)],
      change: { on: 'message', how },
      expectation: { kind: 'graceful', clause: clauseId.graceful(source.api.id), control: source.control },
    }),
  );
}
