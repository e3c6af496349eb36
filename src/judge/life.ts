import { clauseId } from '../contract/clauses.ts';
import { getPointer, isJsonObject, type JsonValue } from '../wire/json.ts';
import { answeredWith } from './answer.ts';
import { Evidence, type Judgement, unjudged } from './evidence.ts';
import type { Answered } from './finding.ts';

/** One answer on the way, reduced to what the promises over time speak of. */
export interface Reply {
  readonly status: number;
  /** Undefined when there was none that is text. */
  readonly code: string | undefined;
  readonly body: JsonValue;
  /** What the answer is by what it claims to be; undefined when it has no documented code. */
  readonly claim?: Judgement | undefined;
}

/** What was seen of the life of an account, step by step; a step that was not reached is undefined. */
export interface Life {
  /** Why no answer came at some step, if so. */
  readonly trouble: string | undefined;
  readonly registered: Reply | undefined;
  /** A second registration of the same member, at once. */
  readonly meanwhile: Reply | undefined;
  readonly inquiries: readonly Reply[];
  /** Milliseconds for which the registration was inquired. */
  readonly waited: number;
  readonly info: Reply | undefined;
  /** A later registration of the same member with another account, its inquiries, and what is shown then. */
  readonly changed: Reply | undefined;
  readonly changedInquiries: readonly Reply[];
  readonly changedInfo: Reply | undefined;
  readonly deleted: Reply | undefined;
  readonly infoAfterwards: Reply | undefined;
  /** The bank accounts that the two registrations sent. */
  readonly accounts: readonly [string | undefined, string | undefined];
}

const success = '000_000';

/** From each status to those that may follow it. Source: feed 000, lines 165 to 169. */
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

/** Whether a registration has come to its end: a final status, or a failure told by its code. */
export function hasEnded(reply: Reply | undefined): boolean {
  if (!reply) return false;
  if (reply.code !== success) return true;
  return /^(?:ARS_AUTH_FAILED|BANK_ACC_REG_FAILED|BANK_ACC_REGISTERED)$/.test(statusOf(reply));
}

/** Judges the life of an account by the promises over time. */
export function judgeLife(life: Life): Judgement {
  const evidence = new Evidence();
  const number = numberOf(life.registered);
  if (life.registered?.code !== success || number === undefined) {
    return unjudged(
      life.trouble ? 'target-error' : 'setup-error',
      life.trouble ??
        `a fresh registration was answered with ${shown(life.registered)}; nothing over time can be seen`,
    );
  }
  for (const reply of repliesOf(life)) if (reply.claim) evidence.adds(reply.claim);
  if (life.meanwhile) {
    evidence.check(
      life.meanwhile.code === '002_013' || hasEnded(life.inquiries[0]),
      clauseId.behaviour('ars-register', 'one-at-a-time'),
      '/response/code',
      '002_013 while the first registration is under way',
      shown(life.meanwhile),
      answered(life.meanwhile),
    );
  }
  judgeInquiries(life.inquiries, life.waited, evidence);
  const other = numberOf(life.changed);
  if (other !== undefined && other !== '') {
    evidence.check(
      other !== number,
      clauseId.behaviour('ars-register', 'number-is-unique'),
      '/bankAccRegNo',
      'another number than that of the registration before',
      'the same number',
      answered(life.changed),
    );
  }
  judgeShown(life.inquiries, life.info, life.accounts[0], evidence);
  judgeInquiries(life.changedInquiries, life.waited, evidence);
  judgeShown(life.changedInquiries, life.changedInfo, life.accounts[1], evidence);
  if (life.deleted?.code === success && life.infoAfterwards) {
    const isFailure = life.infoAfterwards.code !== success;
    evidence.shows(`account-of-a-member-without-one.${isFailure ? 'failure' : 'success-without-account'}`);
    evidence.check(
      isFailure || accountOf(life.infoAfterwards) === undefined,
      clauseId.behaviour('account-delete', 'account-is-gone'),
      '/accountInfo',
      'no account after its deletion',
      `${shown(life.infoAfterwards)} and an account`,
      answered(life.infoAfterwards),
    );
  }
  if (life.trouble) {
    const judgement = evidence.judgement();
    return judgement.outcome === 'violates'
      ? { ...judgement, trouble: life.trouble }
      : { ...judgement, outcome: 'target-error', reason: life.trouble };
  }
  return evidence.judgement();
}

function judgeInquiries(inquiries: readonly Reply[], waited: number, evidence: Evidence): void {
  const [first] = inquiries;
  const last = inquiries.at(-1);
  if (!first || !last) return;
  const known = evidence.check(
    first.code !== '002_019',
    clauseId.behaviour('ars-register', 'number-is-inquiry-input'),
    '/response/code',
    'an answer to the number of a registration',
    shown(first),
    answered(first),
  );
  if (!known) return;
  if (first.code === success) {
    evidence.shows(
      `register-success-means.${statusOf(first) === 'BANK_ACC_REGISTERED' ? 'registered' : 'accepted'}`,
    );
  }
  let before = '';
  for (const reply of inquiries) {
    if (reply.code !== success) {
      evidence.shows('failed-registration.code');
      break;
    }
    const status = statusOf(reply);
    // A status that is none is the finding of the field's own clauses.
    if (!Object.hasOwn(next, status)) return;
    if (/FAILED$/.test(status)) evidence.shows('failed-registration.status');
    const allowed = next[before];
    const clause = clauseId.behaviour('ars-inquiry', 'statuses-never-go-back');
    if (allowed && !allowed.includes(status)) {
      evidence.breaks(clause, '/status', `${allowed.join(' or ')} after ${before}`, status, answered(reply));
      return;
    }
    evidence.keeps(clause);
    evidence.sees(clauseId.responseField('ars-inquiry', 'status', 'enum'), status);
    before = status;
  }
  evidence.check(
    hasEnded(last),
    clauseId.behaviour('ars-inquiry', 'comes-to-an-end'),
    '/status',
    'a final status',
    `${statusOf(last)} still after ${Math.round(waited)} ms (timeouts.registration of the profile)`,
    answered(last),
  );
}

function judgeShown(
  inquiries: readonly Reply[],
  info: Reply | undefined,
  account: string | undefined,
  evidence: Evidence,
): void {
  const last = inquiries.at(-1);
  if (!info || !last || statusOf(last) !== 'BANK_ACC_REGISTERED') return;
  const clause = clauseId.behaviour('account-info', 'shows-registered-account');
  // An answer that is broken in itself is told by its own clauses.
  if (info.code === undefined || (info.claim?.findings.length ?? 0) > 0) return;
  if (info.code !== success && accountOf(info) !== undefined) return;
  if (info.code !== success) {
    evidence.breaks(
      clause,
      '/response/code',
      `${success} for a member with a registered account`,
      shown(info),
      answered(info),
    );
    return;
  }
  const seen = accountOf(info);
  // A platform may show part of the number only.
  const comparable = account !== undefined && seen?.includes('*') !== true;
  evidence.check(
    comparable ? seen === account : seen !== undefined,
    clause,
    '/accountInfo/bankAccount',
    'the account that was registered last',
    seen === undefined ? 'no account' : 'another account',
    answered(info),
  );
}

/**
 * The answers that are judged by what they claim to be. What answers a member without an account is not documented, and
 * a second registration that is accepted is told as such.
 */
function repliesOf(life: Life): readonly Reply[] {
  const { registered, meanwhile, inquiries, info, changed, changedInquiries, changedInfo, deleted } = life;
  const refused = meanwhile?.code === success ? undefined : meanwhile;
  const single = [registered, refused, info, changed, changedInfo, deleted];
  return [...single.filter((reply) => reply !== undefined), ...inquiries, ...changedInquiries];
}

function numberOf(reply: Reply | undefined): string | undefined {
  const number = reply && getPointer(reply.body, '/bankAccRegNo');
  return typeof number === 'string' ? number : undefined;
}

function statusOf({ body }: Reply): string {
  const status = isJsonObject(body) ? getPointer(body, '/status') : undefined;
  return typeof status === 'string' ? status : 'no status';
}

function accountOf({ body }: Reply): string | undefined {
  const account = getPointer(body, '/accountInfo/bankAccount');
  return typeof account === 'string' && account !== '' ? account : undefined;
}

function answered(reply: Reply | undefined): Answered | undefined {
  return reply && answeredWith(reply.status, reply.code);
}

function shown(reply: Reply | undefined): string {
  if (!reply) return 'nothing';
  return `HTTP ${reply.status}${reply.code === undefined ? ' and no code' : ` with ${reply.code}`}`;
}
