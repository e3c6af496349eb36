import schema from '../../../reports/ledger.schema.json' with { type: 'json' };
import { guardOf } from '../../json/guard.ts';
import type { CaseRecord, LedgerFooter, LedgerHeader } from '../../record/record.ts';

export const isHeader = guardOf<LedgerHeader>(schema, '#/$defs/header');
export const isCaseRecord = guardOf<CaseRecord>(schema, '#/$defs/case');
export const isFooter = guardOf<LedgerFooter>(schema, '#/$defs/footer');

/** The value of a line of JSON; undefined where it is torn. */
export function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
