import { stringify } from 'yaml';
import type { Finding } from '../../judge/finding.ts';

/** How long a deviation is taken for known, unless a person writes another day. */
const days = 30;

/**
 * Waivers of some findings as YAML, ready to be pasted into the profile of the target: one for each clause and place.
 * Empty when none of them can be waived.
 *
 * @param moment from which the days are counted, ISO 8601
 */
export function waiverText(findings: readonly Finding[], reason: string, moment: string): string {
  const broken = findings.filter(({ outcome }) => outcome === 'violates');
  const each = new Map(
    broken.map(({ clause, place }) => [JSON.stringify([clause, place]), { clause, observed: { place } }]),
  );
  if (each.size === 0) return '';
  const expires = new Date(Date.parse(moment) + days * 86_400_000).toISOString().slice(0, 10);
  const waivers = [...each.values()].map((one) => ({
    ...one,
    reason,
    owner: 'the team that ends the deviation',
    expires,
  }));
  return stringify({ waivers }, { lineWidth: 0, defaultStringType: 'PLAIN' });
}
