import type { CaseRecord } from './record.ts';

/** The HTTP statuses by which a server says that it does not know, or does not let in, whoever asks. */
const refusals: readonly (number | undefined)[] = [401, 403];

/**
 * A target that refuses every prepared request as unauthorised was asked with the wrong credentials: that says nothing
 * of its promises. When it lets a single one in, a refusal of another is its own doing.
 */
export function withoutRefusedCredentials(cases: readonly CaseRecord[]): readonly CaseRecord[] {
  const answered = cases.filter(({ kind, answered: answer }) => kind === 'scenario' && answer !== undefined);
  const allRefused =
    answered.length > 0 && answered.every(({ answered: answer }) => refusals.includes(answer?.status));
  if (!allRefused) return cases;
  return cases.map((record) => {
    const broke = record.outcome === 'violates' || record.outcome === 'waived';
    if (!broke || !refusals.includes(record.answered?.status)) return record;
    const { status, code } = record.answered ?? {};
    return {
      ...record,
      outcome: 'setup-error',
      reason: `the target refused the credentials: HTTP ${status}${code === undefined ? '' : ` with ${code}`} to every prepared request; check aspId, accessKey, secretKey, cryptoKeyId, timeZone and wire.tokenPadding of the profile`,
      findings: [],
    };
  });
}
