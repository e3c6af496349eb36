import { clauseId } from '../contract/clauses.ts';
import { getPointer } from '../json/json.ts';
import type { Evidence } from './evidence.ts';
import { answeredBy, type Reply, shownReply, success, textAt } from './reply.ts';

/** The inquiries of one registration, one behind the other. */
export interface Inquired {
  readonly replies: readonly Reply[];
  /** Milliseconds from the first of them to the last. */
  readonly waited: number;
  /** The profile's timeouts.registration was over before an end was told. */
  readonly gaveUp: boolean;
}

const unknownNumber = '002_019';

/** From each status to those that may follow it. Source: page 000, lines 165 to 169. */
const next: Readonly<Record<string, readonly string[]>> = {
  ARS_AUTH_IN_PROGRESS: [
    'ARS_AUTH_IN_PROGRESS',
    'ARS_AUTH_DONE',
    'ARS_AUTH_FAILED',
    'BANK_ACC_REG_FAILED',
    'BANK_ACC_REGISTERED',
  ],
  ARS_AUTH_DONE: ['ARS_AUTH_DONE', 'BANK_ACC_REG_FAILED', 'BANK_ACC_REGISTERED'],
  ARS_AUTH_FAILED: ['ARS_AUTH_FAILED'],
  BANK_ACC_REG_FAILED: ['BANK_ACC_REG_FAILED'],
  BANK_ACC_REGISTERED: ['BANK_ACC_REGISTERED'],
};

/** How a registration has ended by this answer: told by a final status, or by the code of a failure that the page has. */
export function endIn(reply: Reply | undefined): 'registered' | 'failed' | undefined {
  if (!reply) return undefined;
  if (reply.code !== success) {
    return reply.documented && reply.code !== unknownNumber ? 'failed' : undefined;
  }
  const status = statusOf(reply);
  if (status === 'BANK_ACC_REGISTERED') return 'registered';
  return status === 'ARS_AUTH_FAILED' || status === 'BANK_ACC_REG_FAILED' ? 'failed' : undefined;
}

/** Whether asking again would show nothing new: an end, an unknown number, or a status that no page has. */
export function isOver(reply: Reply | undefined): boolean {
  if (!reply) return false;
  if (reply.code === success && !Object.hasOwn(next, statusOf(reply))) return true;
  return endIn(reply) !== undefined || reply.code === unknownNumber;
}

/** Whether it tells a registration that goes on. */
export function isUnderWay(reply: Reply | undefined): boolean {
  return reply?.code === success && /^ARS_AUTH_(?:IN_PROGRESS|DONE)$/.test(statusOf(reply));
}

/** How a registration has ended; undefined when it has not, or when its answers contradict each other. */
export function endOf(inquired: Inquired | undefined): 'registered' | 'failed' | undefined {
  const { replies = [] } = inquired ?? {};
  const first = replies.findIndex((reply) => endIn(reply) !== undefined);
  const ends = first === -1 ? [] : replies.slice(first).map(endIn);
  return ends.every((end) => end === ends[0]) ? ends[0] : undefined;
}

/**
 * Judges the inquiries of one registration.
 *
 * @param soon whether the first of them came right behind it, so that it shows what its success means
 */
export function judgeInquiries(
  { replies, waited, gaveUp }: Inquired,
  soon: boolean,
  evidence: Evidence,
): void {
  const [first] = replies;
  const last = replies.at(-1);
  if (!first || !last) return;
  const known = evidence.check(
    'workflow.number-is-known',
    first.code !== unknownNumber,
    clauseId.behaviour('ars-register', 'number-is-inquiry-input'),
    '/response/code',
    'an answer to the number of a registration',
    shownReply(first),
    answeredBy(first),
  );
  if (!known) return;
  if (soon && first.code === success) {
    evidence.shows(`register-success-means.${endIn(first) === 'registered' ? 'registered' : 'accepted'}`);
  }
  if (!judgeOrder(replies, evidence)) return;
  const clause = clauseId.behaviour('ars-inquiry', 'comes-to-an-end');
  if (endIn(last) !== undefined) evidence.keeps(clause);
  // Polling that stopped for another reason shows nothing of an end.
  else if (gaveUp && last.code === success) {
    evidence.breaks(
      'workflow.end',
      clause,
      '/status',
      'a final status',
      `${statusOf(last)} still after ${Math.round(waited)} ms (timeouts.registration of the profile)`,
      answeredBy(last),
    );
  }
}

/** False when what follows can't be read: a status went back, or was none. */
function judgeOrder(replies: readonly Reply[], evidence: Evidence): boolean {
  const clause = clauseId.behaviour('ars-inquiry', 'statuses-never-go-back');
  let before = '';
  for (const reply of replies) {
    if (reply.code !== success) {
      if (endIn(reply) === 'failed') evidence.shows('failed-registration.code');
      break;
    }
    const status = statusOf(reply);
    // A status that is none is the finding of the field's own clauses.
    if (!Object.hasOwn(next, status)) return false;
    if (endIn(reply) === 'failed') evidence.shows('failed-registration.status');
    const allowed = next[before];
    if (allowed && !allowed.includes(status)) {
      evidence.breaks(
        'workflow.status-order',
        clause,
        '/status',
        `${allowed.join(' or ')} after ${before}`,
        status,
        answeredBy(reply),
      );
      return false;
    }
    evidence.keeps(clause);
    evidence.sees(clauseId.responseField('ars-inquiry', 'status', 'enum'), status);
    before = status;
  }
  return true;
}

function statusOf({ body }: Reply): string {
  return textAt(getPointer(body, '/status')) ?? 'no status';
}
