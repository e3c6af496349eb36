import type { CaseRecord } from '../report/record.ts';
import type { Redactor } from './redactor.ts';

/** The texts of a record, redacted: a finding quotes the answer of a target. Exchanges are redacted where they are made. */
export function redactRecord(record: CaseRecord, redactor: Redactor): CaseRecord {
  return {
    ...record,
    reason: redactor.answer(record.reason),
    notes: record.notes.map((note) => redactor.text(note)),
    ...(record.trouble !== undefined && { trouble: redactor.answer(record.trouble) }),
    findings: record.findings.map((finding) => ({
      ...finding,
      place: redactor.text(finding.place),
      expected: redactor.text(finding.expected),
      actual: redactor.answer(finding.actual),
    })),
  };
}
