import type { Contract } from '../../contract/model.ts';
import type { Finding, Outcome } from '../../judge/finding.ts';
import { brief, printable } from '../../printable.ts';
import type { CaseRecord } from '../../record/record.ts';
import { clauseText, sourceText } from './source.ts';

/** The most findings that are told in one message. */
const mostFindings = 50;

/** What it means that a case did not conform, in words. */
export const meaning: Readonly<
  Record<Exclude<Outcome, 'conforms' | 'waived' | 'warns' | 'violates'>, string>
> = {
  'not-exercised': 'nothing in the run showed it either way',
  'not-testable': 'the target has no data or capability for it',
  'setup-error': 'what must be true beforehand could not be brought about',
  'target-error': 'no usable answer came; this says nothing about what is documented',
  'harness-error': 'the suite itself failed; this says nothing about the target',
};

/**
 * Why a case did not conform, as text of several lines: what was expected and what came first, then for each broken
 * promise its clause, sentence, place and documented source. It is the message of the test's error.
 */
export function failureMessage(record: CaseRecord, contract: Contract): string {
  const { outcome, findings, reason, notes } = record;
  const broken = findings.filter((finding) => finding.outcome === 'violates');
  const more = broken.length - mostFindings;
  const head =
    broken.length > 0
      ? [
          ...broken
            .slice(0, mostFindings)
            .map(
              ({ place, expected, actual }) =>
                `${brief(place)}\n  expected  ${brief(expected)}\n  actual    ${brief(actual)}`,
            ),
          ...(more > 0 ? [`… and ${more} more, all of them in conformance.json`] : []),
        ]
      : [
          outcome === 'conforms' || outcome === 'warns' || outcome === 'waived' || outcome === 'violates'
            ? brief(reason)
            : `${outcome}: ${brief(reason)}\n(${meaning[outcome]})`,
        ];
  const parts = [
    ...head,
    ...(broken.length > 0 ? [promises(broken, contract)] : []),
    ...(notes.length > 0 ? [`Notes:\n${notes.map((note) => `- ${brief(note)}`).join('\n')}`] : []),
  ];
  return printable(parts.join('\n\n'), { lineBreaks: true });
}

function promises(broken: readonly Finding[], contract: Contract): string {
  const lines = [...new Set(broken.map(({ clause }) => clause))].map((clause) => {
    const { sentence, source } = clauseText(contract, clause);
    return `- ${sentence}\n  ${clause}, ${sourceText(source)}`;
  });
  return `Documented:\n${lines.join('\n')}`;
}
