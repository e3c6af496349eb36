import { isTranTime } from '../wire/clock.ts';
import type { Format } from './schema.ts';

/** Whether a text has the form that a page gives it. */
export const formats: Readonly<Record<Format, (text: string) => boolean>> = {
  'correlation-id': isCorrelationId,
  'compact-date-time': isTranTime,
  yymm: isYearMonth,
};

/** What each form looks like, for messages to a person. */
export const formatNames: Readonly<Record<Format, string>> = {
  'correlation-id': 'yyMMddHHmmss-xxxxxxx with seven hex digits',
  'compact-date-time': 'yyyyMMddHHmmss',
  yymm: 'YYMM',
};

/** `yyMMddHHmiSS-xxxxxxx`, seven hex digits of either case. Source: page 000, lines 49 and 50. */
export function isCorrelationId(text: string): boolean {
  const match = /^(\d{12})-[0-9A-Fa-f]{7}$/.exec(text);
  return match?.[1] !== undefined && isTranTime(`20${match[1]}`);
}

/** `YYMM`. Source: page 004, line 148. */
export function isYearMonth(text: string): boolean {
  return /^\d{2}(0[1-9]|1[0-2])$/.test(text);
}
