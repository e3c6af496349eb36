import { clauseId } from '../contract/clauses.ts';
import { formats } from '../contract/formats.ts';
import { allowed } from '../contract/limits.ts';
import type { Api, Header } from '../contract/model.ts';
import type { RawHeader } from '../wire/exchange.ts';
import { headerValues } from '../wire/headers.ts';
import type { CheckId } from './check.ts';
import type { Evidence } from './evidence.ts';
import { showLength, showValue } from './value.ts';

type HeaderChecks = Readonly<Record<'presence' | 'length' | 'form', CheckId>>;

const ofAnswer: HeaderChecks = {
  presence: 'header.presence',
  length: 'header.length',
  form: 'header.form',
};

/** What the headers of a rejection are judged as. */
export const ofRejection: HeaderChecks = {
  presence: 'rejection.header',
  length: 'rejection.header',
  form: 'rejection.header',
};

/** Judges the documented headers of an answer: there when required, of their length and form. */
export function judgeHeaders(
  api: Api,
  documented: readonly Header[],
  received: readonly RawHeader[],
  evidence: Evidence,
  checks: HeaderChecks = ofAnswer,
): void {
  for (const header of documented) {
    // An optional header sent empty counts as left out (the pages leave that open).
    const values = headerValues(received, header.name).filter(
      (value) => value !== '' || header.presence === 'required',
    );
    const place = `header ${header.name}`;
    if (values.length === 0) {
      if (header.presence === 'required') {
        evidence.breaks(
          checks.presence,
          clauseId.responseHeader(api.id, header.name, 'presence'),
          place,
          'a value',
          'missing',
        );
      } else {
        // That it may be left out is kept by leaving it out.
        evidence.keeps(clauseId.responseHeader(api.id, header.name, 'presence'));
      }
      continue;
    }
    evidence.keeps(clauseId.responseHeader(api.id, header.name, 'presence'));
    for (const value of values) judgeValue(api, header, value, evidence, checks);
  }
}

function judgeValue(
  api: Api,
  { name, schema, sensitivity }: Header,
  value: string,
  evidence: Evidence,
  checks: HeaderChecks,
): void {
  const place = `header ${name}`;
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, format } = schema;
  if (schema.minLength !== undefined || schema.maxLength !== undefined) {
    const length = [...value].length;
    const holds = evidence.check(
      checks.length,
      length >= minLength && length <= maxLength,
      clauseId.responseHeader(api.id, name, 'length'),
      place,
      allowed(schema, 'length'),
      showLength(value, sensitivity),
    );
    // A wrong length breaks the form too: one finding for one fault.
    if (!holds) return;
  }
  if (format) {
    evidence.check(
      checks.form,
      formats[format](value),
      clauseId.responseHeader(api.id, name, 'form'),
      place,
      allowed(schema, 'form'),
      showValue(value, sensitivity),
    );
  }
}
