import { answeredText, setupMistake } from '../../judge/setup.ts';
import type { CaseRecord } from '../../record/record.ts';

/**
 * A target that answers every prepared request with the same refusal was asked in the wrong way, which says nothing of
 * its promises. When it answers a single one otherwise, a refusal of another is its own doing.
 */
export function withoutWrongSetup(cases: readonly CaseRecord[]): readonly CaseRecord[] {
  const mistake = setupMistake(
    cases.flatMap(({ kind, answered, expected }) =>
      kind === 'scenario' && answered !== undefined
        ? [{ answered, expected: typeof expected === 'string' ? undefined : expected.code }]
        : [],
    ),
  );
  if (!mistake) return cases;
  return cases.map((record) => {
    const { answered } = record;
    if (!mistake.explains.includes(record.outcome)) return record;
    if (answered === undefined || !mistake.statuses.includes(answered.status)) return record;
    const reason = mistake.says(`${answeredText(answered)} to every prepared request`);
    return { ...record, outcome: 'setup-error', reason, findings: [] };
  });
}
