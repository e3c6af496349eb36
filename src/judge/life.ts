import { clauseId } from '../contract/clauses.ts';
import { getPointer } from '../json/json.ts';
import { isSameNumber } from './account-number.ts';
import type { CheckId } from './check.ts';
import { Evidence, type Judgement, unjudged } from './evidence.ts';
import { endOf, type Inquired, isUnderWay, judgeInquiries } from './inquiries.ts';
import { answeredBy, type Reply, shownReply, success, textAt } from './reply.ts';

/** A registration that was asked for. */
export interface Registration {
  /** As far as the request had them. */
  readonly account: { readonly number: string | undefined; readonly bankCode: string | undefined };
  readonly reply: Reply;
  /** Undefined when it was refused, or accepted where it must not be. */
  readonly inquired: Inquired | undefined;
}

/** What was seen of the life of an account, step by step; a step that was not reached is undefined. */
export interface Life {
  /** Why no usable answer came at some step, if so. */
  readonly trouble: string | undefined;
  readonly registered: Registration | undefined;
  /** Other registrations of the same member, sent at once: of the same account and of another one. */
  readonly meanwhile: readonly Registration[];
  /** The registration of another member, sent at once too. */
  readonly neighbour: Registration | undefined;
  readonly info: Reply | undefined;
  /** A later registration of the same member with another account, and what is shown then. */
  readonly changed: Registration | undefined;
  readonly changedInfo: Reply | undefined;
  /** The other member's account before and after the deletion. */
  readonly neighbourInfo: Reply | undefined;
  readonly deleted: Reply | undefined;
  readonly infoAfterwards: Reply | undefined;
  readonly neighbourAfterwards: Reply | undefined;
  /** A second look after the deletion. */
  readonly infoAtLast: Reply | undefined;
}

/** A life of which nothing has been seen yet. */
export const unlived: Life = {
  trouble: undefined,
  registered: undefined,
  meanwhile: [],
  neighbour: undefined,
  info: undefined,
  changed: undefined,
  changedInfo: undefined,
  neighbourInfo: undefined,
  deleted: undefined,
  infoAfterwards: undefined,
  neighbourAfterwards: undefined,
  infoAtLast: undefined,
};

const inProgress = '002_013';

/** Judges the life of an account by the promises over time. */
export function judgeLife(life: Life): Judgement {
  const { registered, neighbour, changed, trouble } = life;
  if (registered?.reply.code !== success || numberOf(registered) === undefined) return judgeNoStart(life);
  const evidence = new Evidence();
  for (const { claim } of claiming(life)) if (claim) evidence.adds(claim);
  judgeOneAtATime(life, evidence);
  const own = ownRegistrations(life);
  for (const one of [...own, changed, neighbour]) {
    const soon = one === registered || one === changed;
    if (one?.inquired) judgeInquiries(one.inquired, soon, evidence);
  }
  judgeNumbers([...own, changed, neighbour], evidence);
  if (!isUnclear(life)) {
    judgeShown(own, life.info, evidence);
    judgeChange(own, changed, evidence);
    if (changed?.inquired) judgeShown([...own, changed], life.changedInfo, evidence);
  }
  if (neighbour) judgeShown([neighbour], life.neighbourInfo, evidence);
  judgeDeletion(life, evidence);
  const judgement = evidence.judgement();
  if (!trouble) return judgement;
  return judgement.outcome === 'violates'
    ? { ...judgement, trouble }
    : { ...judgement, outcome: 'target-error', reason: trouble };
}

/** A first registration that was refused, or that can't be followed. */
function judgeNoStart({ trouble, registered }: Life): Judgement {
  if (!registered) return unjudged('target-error', trouble ?? 'no answer');
  const { reply } = registered;
  const came =
    reply.code === success
      ? `accepted (${shownReply(reply)}) without a processing number: bankAccRegNo is missing, so that it can't be inquired`
      : `answered with ${shownReply(reply)}`;
  const reason = `a fresh registration was ${came}; nothing over time can be seen`;
  // What the answer breaks by itself is told all the same, and is told nowhere else.
  const broken = reply.claim?.outcome === 'violates' ? reply.claim : undefined;
  return broken ? { ...broken, trouble: reason } : unjudged('setup-error', reason);
}

/** Whether the first registration was still under way when all that was sent at once had been answered. */
function wasUnderWay({ registered }: Life): boolean {
  return isUnderWay(registered?.inquired?.replies[0]);
}

/** A second registration was accepted and not followed: what becomes of the member's account is anybody's guess. */
function isUnclear({ meanwhile }: Life): boolean {
  return meanwhile.some(({ reply, inquired }) => reply.code === success && inquired === undefined);
}

function judgeOneAtATime(life: Life, evidence: Evidence): void {
  const clause = clauseId.behaviour('ars-register', 'one-at-a-time');
  if (wasUnderWay(life)) {
    for (const { reply } of life.meanwhile) {
      evidence.check(
        'workflow.same-member',
        reply.code === inProgress,
        clause,
        '/response/code',
        `${inProgress} while the first registration is under way`,
        shownReply(reply),
        answeredBy(reply),
      );
    }
  }
  const { neighbour } = life;
  if (neighbour?.reply.code !== inProgress) return;
  evidence.breaks(
    'workflow.other-member',
    clause,
    '/response/code',
    `no ${inProgress} for a member none of whose registrations is under way`,
    shownReply(neighbour.reply),
    answeredBy(neighbour.reply),
  );
}

/** The registrations of the member that were accepted rightly before the change, in their order. */
function ownRegistrations({ registered, meanwhile }: Life): readonly Registration[] {
  return [registered, ...meanwhile].filter((one) => one?.inquired !== undefined).flatMap((one) => one ?? []);
}

function judgeNumbers(registrations: readonly (Registration | undefined)[], evidence: Evidence): void {
  const given = new Set<string>();
  for (const one of registrations) {
    const number = one && numberOf(one);
    if (!one || one.reply.code !== success || number === undefined) continue;
    if (given.size > 0) {
      evidence.check(
        'workflow.number-is-unique',
        !given.has(number),
        clauseId.behaviour('ars-register', 'number-is-unique'),
        '/bankAccRegNo',
        'another number than that of the registration before',
        'the same number',
        answeredBy(one.reply),
      );
    }
    given.add(number);
  }
}

/** Only 002_013 denies it: what else a change may be refused for, as any registration, is not documented. */
function judgeChange(
  before: readonly Registration[],
  changed: Registration | undefined,
  evidence: Evidence,
): void {
  const ends = before.map(({ inquired }) => endOf(inquired));
  if (!changed || ends.includes(undefined) || !ends.includes('registered')) return;
  const { reply } = changed;
  const clause = clauseId.behaviour('ars-register', 'registered-account-is-changed');
  if (reply.code === inProgress) {
    evidence.breaks(
      'workflow.change',
      clause,
      '/response/code',
      `${success} for another account, since the registration before has ended`,
      shownReply(reply),
      answeredBy(reply),
    );
  } else if (endOf(changed.inquired) === 'registered') evidence.keeps(clause);
}

/** Holds what account-info shows against the registrations before it, the last of which counts. */
function judgeShown(
  registrations: readonly Registration[],
  info: Reply | undefined,
  evidence: Evidence,
): void {
  const last = registrations.at(-1);
  const ends = registrations.map(({ inquired }) => endOf(inquired));
  if (!info || !last || ends.includes(undefined)) return;
  // An answer that is broken in itself is told by its own clauses.
  if ((info.claim?.findings.length ?? 0) > 0) return;
  const seen = accountOf(info);
  if (info.code !== success && seen !== undefined) return;
  const clause = clauseId.behaviour('account-info', 'shows-registered-account');
  const place = '/accountInfo/bankAccount';
  if (ends.at(-1) === 'failed') {
    const before = registrations.findLast((_, index) => ends[index] === 'registered');
    // Of a change that has failed the masked part may be all that tells the two accounts apart.
    const isBefore = before !== undefined && matches(seen, before) !== false;
    if (isBefore || matches(seen, last) !== true) return;
    evidence.breaks(
      'workflow.failed-account',
      clause,
      place,
      'no account whose registration has failed',
      'that account',
      answeredBy(info),
    );
    return;
  }
  if (info.code !== success) {
    evidence.breaks(
      'workflow.account-shown',
      clause,
      '/response/code',
      `${success} for a member with a registered account`,
      shownReply(info),
      answeredBy(info),
    );
    return;
  }
  const isShown = evidence.check(
    'workflow.account-number',
    seen !== undefined && matches(seen, last) !== false,
    clause,
    place,
    'the account that was registered last',
    seen === undefined ? 'no account' : 'another account',
    answeredBy(info),
  );
  const bankCode = textAt(getPointer(info.body, '/accountInfo/bankCode'));
  if (!isShown || last.account.bankCode === undefined || bankCode === undefined) return;
  evidence.check(
    'workflow.account-bank',
    bankCode === last.account.bankCode,
    clause,
    '/accountInfo/bankCode',
    'the bank code of the account that was registered last',
    'another bank code',
    answeredBy(info),
  );
}

function matches(seen: string | undefined, { account }: Registration): boolean | undefined {
  return seen === undefined || account.number === undefined ? undefined : isSameNumber(seen, account.number);
}

function judgeDeletion(life: Life, evidence: Evidence): void {
  const { changed, deleted, infoAfterwards, infoAtLast, neighbourInfo, neighbourAfterwards } = life;
  if (deleted?.code !== success) return;
  const clause = clauseId.behaviour('account-delete', 'account-is-gone');
  const had = accountOf(neighbourInfo);
  if (had !== undefined && neighbourAfterwards && accountOf(neighbourAfterwards) === undefined) {
    evidence.breaks(
      'workflow.deleted-of-one-member',
      clause,
      '/accountInfo',
      'the account of another member, as before the deletion',
      `${shownReply(neighbourAfterwards)} and no account`,
      answeredBy(neighbourAfterwards),
    );
  }
  // An account may still come of a registration that is under way.
  const accepted = [...ownRegistrations(life), ...(changed?.reply.code === success ? [changed] : [])];
  if (isUnclear(life) || accepted.some(({ inquired }) => endOf(inquired) === undefined)) return;
  if (!infoAfterwards) return;
  evidence.shows(
    `account-of-a-member-without-one.${infoAfterwards.code === success ? 'success-without-account' : 'failure'}`,
  );
  const look = (check: CheckId, reply: Reply, expected: string): boolean => {
    if (accountOf(reply) === undefined) return true;
    evidence.breaks(
      check,
      clause,
      '/accountInfo',
      expected,
      `${shownReply(reply)} and an account`,
      answeredBy(reply),
    );
    return false;
  };
  const wasThere = accountOf(life.changedInfo ?? life.info) !== undefined;
  const isGone = look('workflow.deleted-at-once', infoAfterwards, 'no account after its deletion');
  if (
    !isGone ||
    !infoAtLast ||
    !look('workflow.deleted-for-good', infoAtLast, 'no account at a second look after its deletion')
  )
    return;
  if (wasThere) evidence.keeps(clause);
}

/** The answers that are judged by what they claim to be, save where another promise tells what is wrong with them. */
function claiming(life: Life): readonly Reply[] {
  const { registered, meanwhile, neighbour, changed, deleted, info, changedInfo, neighbourInfo } = life;
  const rightly = meanwhile.filter(({ reply }) => reply.code !== success || !wasUnderWay(life));
  const registrations = [registered, ...rightly, changed, neighbour].filter((one) => one !== undefined);
  const looks = [
    [info, ownRegistrations(life).at(-1)],
    [changedInfo, changed],
    [neighbourInfo, neighbour],
  ] as const;
  return [
    ...registrations.flatMap(({ reply, inquired }) => [reply, ...(inquired?.replies ?? [])]),
    // What answers a member without an account is not documented.
    ...looks.flatMap(([reply, registration]) =>
      reply && (endOf(registration?.inquired) === 'registered' || accountOf(reply) !== undefined)
        ? [reply]
        : [],
    ),
    ...(deleted ? [deleted] : []),
  ];
}

function numberOf({ reply }: Registration): string | undefined {
  return textAt(getPointer(reply.body, '/bankAccRegNo'));
}

function accountOf(reply: Reply | undefined): string | undefined {
  return reply && textAt(getPointer(reply.body, '/accountInfo/bankAccount'));
}
