import type { Exchange } from '../wire/exchange.ts';
import { headerValues } from '../wire/headers.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
/** A difference that nobody needs to know of: machines keep time to some seconds, and caches give out older answers. */
const usual = 5 * minute;

/** How far the clock of the target is from that of this machine, if that is worth a note. */
export function clockNote({ outcome, startedAt }: Exchange): string | undefined {
  if (!outcome.ok) return undefined;
  const [date = ''] = headerValues(outcome.response.headers, 'date');
  const difference = Date.parse(date) - startedAt;
  const size = Math.abs(difference);
  if (Number.isNaN(size) || size < usual) return undefined;
  const [amount, unit] = size < 2 * day ? [size / minute, 'minutes'] : [size / day, 'days'];
  const where = difference > 0 ? 'ahead of' : 'behind';
  const waivers =
    size < day ? '' : '; waivers expire by the clock of this machine, so one of the two decides wrongly';
  return `the clock of the target is ${Math.round(amount)} ${unit} ${where} that of this machine (header Date)${waivers}`;
}
