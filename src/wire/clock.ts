/**
 * Zones of three letters and the IANA zone each means. Only zones without daylight saving and with one meaning: CST, IST
 * and PST have several.
 */
const ZONES: ReadonlyMap<string, string> = new Map([
  ['UTC', 'UTC'],
  ['GMT', 'UTC'],
  ['KST', 'Asia/Seoul'],
  ['JST', 'Asia/Tokyo'],
  ['HKT', 'Asia/Hong_Kong'],
  ['SGT', 'Asia/Singapore'],
  ['ICT', 'Asia/Bangkok'],
  ['WIB', 'Asia/Jakarta'],
]);

/** The zone names this room knows, for messages and checks. */
export const ZONE_NAMES: readonly string[] = [...ZONES.keys()];

const formatters = new Map<string, Intl.DateTimeFormat>();

/** The IANA name of a zone. An unknown one is a RangeError. */
export function ianaZone(zone: string): string {
  const timeZone = ZONES.get(zone);
  if (timeZone === undefined) {
    throw new RangeError(`unknown time zone ${JSON.stringify(zone)}; known are ${ZONE_NAMES.join(', ')}`);
  }
  return timeZone;
}

function formatter(zone: string): Intl.DateTimeFormat {
  const timeZone = ianaZone(zone);
  let found = formatters.get(zone);
  if (found === undefined) {
    const digits = '2-digit';
    found = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: digits,
      day: digits,
      hour: digits,
      minute: digits,
      second: digits,
    });
    formatters.set(zone, found);
  }
  return found;
}

/**
 * The moment in a zone as yyyyMMddHHmmss, 14 digits. Independent of the machine's own zone. An unknown zone or an invalid
 * date is a RangeError.
 */
export function tranTime(date: Date, zone: string): string {
  const second = Math.floor(date.getTime() / 1000);
  if (latest?.second !== second || latest.zone !== zone)
    latest = { second, zone, text: digitsOf(date, zone) };
  return latest.text;
}

/** A request has its time at three places, and formatting it takes as long as signing. */
let latest: { readonly second: number; readonly zone: string; readonly text: string } | undefined;

function digitsOf(date: Date, zone: string): string {
  const parts = new Map(
    formatter(zone)
      .formatToParts(date)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes, length: number) =>
    (parts.get(type) ?? '').padStart(length, '0');
  return [
    part('year', 4),
    ...(['month', 'day', 'hour', 'minute', 'second'] as const).map((type) => part(type, 2)),
  ].join('');
}

const longest = 'yyyyMMddHHmmssSSS';
const layoutParts = ['yyyy', 'MM', 'dd', 'HH', 'mm', 'ss', 'SSS'];

/** The moment in a zone by a layout of `yyyy`, `MM`, `dd`, `HH`, `mm`, `ss` and `SSS`. Errors as {@link tranTime}. */
export function writtenTime(layout: string, date: Date, zone: string): string {
  const digits = tranTime(date, zone) + String(date.getUTCMilliseconds()).padStart(3, '0');
  return rearranged(digits, longest, layout);
}

/** Whether a text is a {@link writtenTime}: digits naming a moment of the calendar. */
export function isWrittenTime(layout: string, text: string): boolean {
  return (
    text.length === layout.length &&
    /^\d+$/.test(text) &&
    isTranTime(rearranged(text, layout, longest).slice(0, 14))
  );
}

/** The digits of one layout as another one has them. */
function rearranged(digits: string, from: string, to: string): string {
  return to.replaceAll(new RegExp(layoutParts.join('|'), 'g'), (part) => {
    const at = from.indexOf(part);
    return at === -1 ? '0'.repeat(part.length) : digits.slice(at, at + part.length);
  });
}

/**
 * A correlation id: yyMMddHHmmss-xxxxxxx with 7 lower-case hex digits, 20 characters. `random` gives numbers in
 * [0, 1); pass a seeded one to repeat a run. Errors as {@link tranTime}.
 */
export function correlationId(date: Date, zone: string, random: () => number): string {
  const suffix = Math.floor(random() * 16 ** 7)
    .toString(16)
    .padStart(7, '0');
  return `${tranTime(date, zone).slice(2)}-${suffix}`;
}

/** Whether a text is a {@link tranTime}: 14 digits naming a moment of the calendar. */
export function isTranTime(text: string): boolean {
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text);
  if (match === null) return false;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  const lastDay = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  return (
    month >= 1 && month <= 12 && day >= 1 && day <= lastDay && hour <= 23 && minute <= 59 && second <= 59
  );
}
