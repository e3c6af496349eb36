import type { Outcome } from '../../judge/finding.ts';
import type { CaseRecord } from '../../record/record.ts';

/** A mistake of the profile that every answer shows, so that none of them says anything of the target's promises. */
interface Mistake {
  /** The HTTP statuses by which a server tells it. */
  readonly statuses: readonly (number | undefined)[];
  /** Whether an answer of one of them may tell it. */
  readonly mayTell: (record: CaseRecord) => boolean;
  /** The outcomes that it explains. */
  readonly explains: readonly Outcome[];
  readonly reason: (shown: string) => string;
}

const mistakes: readonly Mistake[] = [
  {
    statuses: [401, 403],
    mayTell: () => true,
    // A page of something before the platform says nothing of credentials.
    explains: ['violates', 'waived'],
    reason: (shown) =>
      `the target refused the credentials: ${shown} to every prepared request; check aspId, accessKey, secretKey, cryptoKeyId, timeZone and wire.tokenPadding of the profile`,
  },
  {
    statuses: [404, 405],
    mayTell: ({ answered, expected }) => typeof expected === 'string' || answered?.code !== expected.code,
    explains: ['violates', 'waived', 'target-error'],
    reason: (shown) =>
      `nothing of the API is where baseUrl leads: ${shown} to every prepared request; check its path, such as https://host/open-api`,
  },
];

/**
 * A target that answers every prepared request with the same refusal was asked in the wrong way, which says nothing of
 * its promises. When it answers a single one otherwise, a refusal of another is its own doing.
 */
export function withoutWrongSetup(cases: readonly CaseRecord[]): readonly CaseRecord[] {
  const answered = cases.filter(({ kind, answered: answer }) => kind === 'scenario' && answer !== undefined);
  const mistake = mistakes.find(
    ({ statuses, mayTell }) =>
      answered.length > 0 &&
      answered.every((record) => statuses.includes(record.answered?.status) && mayTell(record)),
  );
  if (!mistake) return cases;
  return cases.map((record) => {
    if (!mistake.explains.includes(record.outcome)) return record;
    if (!mistake.statuses.includes(record.answered?.status)) return record;
    const { status, code } = record.answered ?? {};
    const shown = `HTTP ${status}${code === undefined ? '' : ` with ${code}`}`;
    return { ...record, outcome: 'setup-error', reason: mistake.reason(shown), findings: [] };
  });
}
