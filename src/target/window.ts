import { writtenTime } from '../wire/clock.ts';

export const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

export type Weekday = (typeof weekdays)[number];

/** The hours in which a target may be tested, in the time zone of its profile. */
export interface Window {
  /** `22:00`, the first minute of it. */
  readonly from: string;
  /** `05:00`, the first minute behind it; of the next day where it is not later than `from`. */
  readonly to: string;
  /** The days on which it begins; undefined: every day. */
  readonly days?: readonly Weekday[];
}

/** Whether a moment lies within. */
export function isWithin({ from, to, days = weekdays }: Window, date: Date, timeZone: string): boolean {
  const today = dayIn(date, timeZone);
  const time = timeIn(date, timeZone);
  const beginsOn = (index: number) => days.some((one) => one === weekdays[index]);
  if (from < to) return beginsOn(today) && from <= time && time < to;
  return (time >= from && beginsOn(today)) || (time < to && beginsOn((today + 6) % 7));
}

/** `sat 21:15` */
export function nowText(date: Date, timeZone: string): string {
  return `${weekdays[dayIn(date, timeZone)]} ${timeIn(date, timeZone)}`;
}

function timeIn(date: Date, timeZone: string): string {
  return writtenTime('HHmm', date, timeZone).replace(/^../, '$&:');
}

/** From 0, which is Sunday. */
function dayIn(date: Date, timeZone: string): number {
  const day = writtenTime('yyyyMMdd', date, timeZone).replace(/^(....)(..)/, '$1-$2-');
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}

/** `22:00 to 05:00 KST on mon, tue` */
export function windowText({ from, to, days }: Window, timeZone: string): string {
  return `${from} to ${to} ${timeZone}${days === undefined ? '' : ` on ${days.join(', ')}`}`;
}
