import type { Shape } from '../json/define.ts';
import type { Finding } from './finding.ts';
import type { waiver } from './written.ts';

/** A known deviation of a target, which for some time does not count against it. */
export type Waiver = Shape<typeof waiver>;

/** Whether a finding is the failure that a waiver describes, whatever the day. */
export function fits({ clause, observed }: Waiver, finding: Finding): boolean {
  const { code, place, status } = observed;
  return (
    finding.clause === clause &&
    (finding.outcome === 'violates' || finding.outcome === 'waived') &&
    [code, place, status].some((one) => one !== undefined) &&
    (code === undefined || code === finding.answered?.code) &&
    (place === undefined || place === finding.place) &&
    (status === undefined || status === finding.answered?.status)
  );
}

/** Whether the last day of a waiver is over. @param moment ISO 8601, UTC */
export function isExpired({ expires }: Waiver, moment: string): boolean {
  return moment.slice(0, expires.length) > expires;
}

/**
 * The findings, with every broken promise `waived` that a waiver covers at that moment. What is no broken promise can't
 * be waived: no missing answer, no fault of the suite, and no warning, which counts against nobody.
 */
export function waive(
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  moment: string,
): readonly Finding[] {
  return findings.map((finding) => {
    if (finding.outcome !== 'violates') return finding;
    const waiver = waivers.findIndex((one) => fits(one, finding) && !isExpired(one, moment));
    return waiver === -1 ? finding : { ...finding, outcome: 'waived', waiver };
  });
}
