import { clauseId } from '../contract/clauses.ts';
import { type Case, encryptionChanges } from './case.ts';
import { badValueCodes, changedCase } from './changed-case.ts';
import type { CaseSource } from './prepared.ts';

/** What a target must not take for a body that is encrypted as documented. */
export function encryptionCases(source: CaseSource): readonly Case[] {
  const { api, control } = source;
  if (!api.request.body.encrypted) return [];
  const level = api.request.body.facts ? 'MUST' : 'SHOULD';
  const clause = clauseId.requestEncryption(api.id);
  return encryptionChanges.map((how) =>
    changedCase(source, {
      kind: 'encryption',
      level,
      name: how,
      title: `message encryption: ${how.replaceAll('-', ' ')}`,
      clauses: [clause],
      change: { on: 'encryption', how },
      expectation: { kind: 'rejected', level, clause, codes: badValueCodes, only: false, control },
    }),
  );
}
