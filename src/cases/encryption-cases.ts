import { clauseId } from '../contract/clauses.ts';
import type { Case } from './case.ts';
import { changedCase } from './changed-case.ts';
import { encryptionMutations } from './mutations/encryption.ts';
import type { CaseSource } from './prepared.ts';

/** What a target must not take for a body that is encrypted as documented. */
export function encryptionCases(source: CaseSource): readonly Case[] {
  const { api, control } = source;
  if (!api.request.body.encrypted) return [];
  const level = api.request.body.facts ? 'MUST' : 'SHOULD';
  const clause = clauseId.requestEncryption(api.id);
  const codes = api.platform.badValueCodes;
  return encryptionMutations.map((mutation) =>
    changedCase(source, {
      kind: 'encryption',
      level,
      name: mutation.name,
      title: mutation.title,
      clauses: [clause],
      mutation,
      expectation: { kind: 'rejected', level, clause, codes, only: false, control },
    }),
  );
}
