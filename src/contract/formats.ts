import type { Format } from './schema.ts';

/** Whether a text has the form that a page gives it. */
export const formats: Readonly<Record<Format, (text: string) => boolean>> = {
  'correlation-id': isCorrelationId,
  'compact-date-time': isCompactDateTime,
  yymm: isYearMonth,
};

/** What each form looks like, for messages to a person. */
export const formatNames: Readonly<Record<Format, string>> = {
  'correlation-id': 'yyMMddHHmmss-xxxxxxx with seven hex digits',
  'compact-date-time': 'yyyyMMddHHmmss',
  yymm: 'YYMM',
};

/** `yyMMddHHmiSS-xxxxxxx`, seven hex digits of either case. Source: feed 000, lines 49 and 50. */
export function isCorrelationId(text: string): boolean {
  const match = /^(\d{12})-[0-9A-Fa-f]{7}$/.exec(text);
  return match?.[1] !== undefined && isCompactDateTime(`20${match[1]}`);
}

/** `yyyyMMddHHmmss`: a date of the calendar and a time of the day. Source: feed 000, line 97. */
export function isCompactDateTime(text: string): boolean {
  const match = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(text);
  if (!match) return false;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  const inCalendar = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  // A leap second is a time of the day.
  return inCalendar && month >= 1 && hour <= 23 && minute <= 59 && second <= 60;
}

/** `YYMM`. Source: feed 004, line 148. */
export function isYearMonth(text: string): boolean {
  return /^\d{2}(0[1-9]|1[0-2])$/.test(text);
}
