import { reasonOf } from '../judge/evidence.ts';
import { type Finding, type Outcome, worstOf } from '../judge/finding.ts';
import { fits, isExpired, type Waiver, waive } from '../judge/waivers.ts';
import type { CaseRecord } from '../record/record.ts';
import type { Redactor } from '../redact/redactor.ts';

/** The waivers as they may be written down. */
export function redactWaivers(
  waivers: readonly Waiver[],
  redactor: Pick<Redactor, 'text' | 'answer'>,
): readonly Waiver[] {
  return waivers.map(({ observed, ...waiver }) => ({
    ...waiver,
    // As the place of a finding is, so that it still fits.
    observed: observed.place === undefined ? observed : { ...observed, place: redactor.text(observed.place) },
    at: redactor.text(waiver.at),
    reason: redactor.answer(waiver.reason),
    owner: redactor.answer(waiver.owner),
  }));
}

/**
 * A record with what the waivers cover waived. A case that breaks nothing else comes to `waived`, or to what would have
 * become of it without that: a warning, or the missing answer on which it broke off.
 *
 * @param record redacted, so that a waiver fits what a report shows
 * @param waivers redacted
 */
export function waiveRecord(record: CaseRecord, waivers: readonly Waiver[]): CaseRecord {
  if (record.outcome !== 'violates' || waivers.length === 0) return record;
  const findings = waive(record.findings, waivers, record.startedAt);
  const expired = waivers.filter(
    (one) => isExpired(one, record.startedAt) && findings.some((finding) => isOpen(finding, one)),
  );
  const notes = [
    ...record.notes,
    ...expired.map(
      ({ at, clause, owner, expires }) =>
        `the waiver of ${clause} (${at}, ${owner}) expired on ${expires} and covers this no more`,
    ),
  ];
  const outcome = worstOf(findings.map((finding) => finding.outcome));
  if (outcome !== 'violates' && record.trouble !== undefined) {
    return { ...record, findings, notes, outcome: 'target-error', reason: record.trouble };
  }
  return { ...record, findings, notes, outcome, reason: reasonFor(outcome, findings, waivers) };
}

function isOpen(finding: Finding, waiver: Waiver): boolean {
  return finding.outcome === 'violates' && fits(waiver, finding);
}

function reasonFor(outcome: Outcome, findings: readonly Finding[], waivers: readonly Waiver[]): string {
  const counting = findings.filter((finding) => finding.outcome === outcome);
  const waiver = waivers[counting[0]?.waiver ?? -1];
  const what = reasonOf(counting);
  return waiver && outcome === 'waived' ? `${waivedText(waiver)}: ${what}` : what;
}

/** `waived until 2026-12-31 (card team)` */
export function waivedText({ expires, owner }: Waiver): string {
  return `waived until ${expires} (${owner})`;
}
