import { reasonOf } from '../judge/evidence.ts';
import type { Finding } from '../judge/finding.ts';
import type { CaseRecord } from '../record/record.ts';
import type { Redactor } from './redactor.ts';

/** The texts of a record, redacted: a finding quotes the answer of a target. Exchanges are redacted where they are made. */
export function redactRecord(record: CaseRecord, redactor: Redactor): CaseRecord {
  const findings = record.findings.map((finding) => redactFinding(finding, redactor));
  return {
    ...record,
    reason: record.reason === reasonOf(record.findings) ? reasonOf(findings) : redactor.answer(record.reason),
    notes: record.notes.map((note) => redactor.text(note)),
    ...(record.made && { made: record.made.map((line) => redactor.answer(line)) }),
    ...(record.gone && { gone: record.gone.map((line) => redactor.answer(line)) }),
    ...(record.left && { left: record.left.map((line) => redactor.answer(line)) }),
    ...(record.trouble !== undefined && { trouble: redactor.answer(record.trouble) }),
    findings,
  };
}

function redactFinding(finding: Finding, redactor: Redactor): Finding {
  const { place, expected, actual } = finding;
  return {
    ...finding,
    place: redactor.text(place),
    expected: redactor.text(expected),
    // A status is no verification code, whatever its digits.
    actual: place === 'HTTP status' ? redactor.text(actual) : redactor.answer(actual),
  };
}
