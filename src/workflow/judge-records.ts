import type { OwnedRecord } from '../contract/arazzo/model.ts';
import { equalJson, getPointer, type JsonValue } from '../json/json.ts';
import type { CheckId } from '../judge/check.ts';
import type { Evidence } from '../judge/evidence.ts';
import { isSettled } from './judge-processes.ts';
import { isSameNumber } from './masked-text.ts';
import { endOf, type Placed, type Started, valuesIn } from './started.ts';
import { type Answer, answeredBy, keyOf, shownReply } from './trace.ts';

/** One look at a record, and what came before it that concerns its owner. */
interface Shown extends Placed {
  readonly owner: string | undefined;
  /** The processes of the owner that were accepted since the last request to remove it, in their order. */
  readonly made: readonly Started[];
  /** The last request to remove it before; one that was refused may have removed it all the same. */
  readonly removal: Placed | undefined;
}

/** What a trace has of one kind of record: every look at one, and every request to remove one. */
export interface Records {
  readonly record: OwnedRecord;
  readonly shown: readonly Shown[];
  readonly removals: readonly (Placed & { readonly owner: string | undefined })[];
}

/** @param all every process that makes such a record */
export function recordsIn(answers: readonly Placed[], record: OwnedRecord, all: readonly Started[]): Records {
  const { show, remove } = record;
  const ownerIn = ({ body }: Answer, pointer: string) => keyOf(getPointer(body, pointer));
  const removals = remove
    ? answers
        .filter(({ answer }) => answer.operation === remove.operation)
        .map((one) => ({ ...one, owner: ownerIn(one.answer, remove.owner) }))
    : [];
  const shown = answers
    .filter(({ answer }) => answer.operation === show.operation)
    .map((one): Shown => {
      const owner = ownerIn(one.answer, show.owner);
      const removal = removals.findLast((other) => other.owner === owner && other.at < one.at);
      const since = removal?.at ?? -1;
      const made = all.filter(
        (process) => process.accepted && process.owner === owner && since < process.at && process.at < one.at,
      );
      return { ...one, owner, made, removal };
    });
  return { record, shown, removals };
}

/** Whether an answer shows a record where one is documented to be: else nobody knows what it looks like. */
export function showsExpected({ record, removals }: Records, one: Shown): boolean {
  const last = one.made.at(-1);
  if (last === undefined && one.removal !== undefined) return false;
  if (identityIn(record, one.answer) !== undefined) return true;
  return last !== undefined && endOf(last) === 'succeeded' && !removals.some(({ at }) => at < one.at);
}

/** Judges what is shown of one kind of record. */
export function judgeRecords(records: Records, all: readonly Started[], evidence: Evidence): void {
  for (const one of records.shown) {
    const isMissing = identityIn(records.record, one.answer) === undefined;
    // That a removal took somebody else's record is told of the removal.
    const removed = records.removals.some(({ at }) => (one.made.at(-1)?.at ?? one.at) < at && at < one.at);
    if (!isMissing || !removed) judgeShown(records.record, one, all, evidence);
  }
  judgeReplacements(records.record, all, evidence);
  judgeRemovals(records, all, evidence);
}

/** Holds what is shown against the processes before it, the last of which counts. */
function judgeShown(
  record: OwnedRecord,
  { at, answer, made }: Shown,
  all: readonly Started[],
  evidence: Evidence,
): void {
  const { shown: clause } = record.promises;
  const last = made.at(-1);
  if (clause === undefined || !last || !made.every((one) => isSettled(one, all, at))) return;
  const { reply } = answer;
  // An answer that is broken in itself is told by its own clauses.
  if ((reply.claim?.findings.length ?? 0) > 0) return;
  const seen = identityIn(record, answer);
  if (!reply.success && seen !== undefined) return;
  const [identity, place] = identityOf(record);
  if (endOf(last) === 'failed') {
    const before = made.findLast((one) => endOf(one) === 'succeeded');
    // Of a change that has failed the masked part may be all that tells the two apart.
    const isBefore = before !== undefined && matches(record, seen, before) !== false;
    if (isBefore || matches(record, seen, last) !== true) return;
    evidence.breaks(
      'workflow.record-of-failure',
      clause,
      place,
      `no ${record.name} whose ${record.process} has failed`,
      `that ${record.name}`,
      answeredBy(reply),
    );
    return;
  }
  if (!reply.success) {
    evidence.breaks(
      'workflow.record-shown',
      clause,
      reply.codeAt,
      `a success for one who has the ${record.name}`,
      shownReply(reply),
      answeredBy(reply),
    );
    return;
  }
  const isShown = evidence.check(
    'workflow.record-is-last',
    seen !== undefined && matches(record, seen, last) !== false,
    clause,
    place,
    `the ${record.name} of the last ${record.process}`,
    seen === undefined ? `no ${record.name}` : `another ${record.name}`,
    answeredBy(reply),
  );
  if (!isShown) return;
  for (const [name, pointer] of record.show.values) {
    const expected = last.values.get(name);
    const actual = getPointer(reply.body, pointer);
    if (name === identity || expected === undefined || keyOf(actual) === undefined || actual === undefined)
      continue;
    evidence.check(
      'workflow.record-value',
      isSame(record, name, actual, expected) !== false,
      clause,
      pointer,
      `the ${name} of the ${record.name} of the last ${record.process}`,
      `another ${name}`,
      answeredBy(reply),
    );
  }
}

/**
 * Only the code for one that is under way denies a replacement: what else it may be refused for, as any other, is not
 * documented.
 */
function judgeReplacements({ promises }: OwnedRecord, all: readonly Started[], evidence: Evidence): void {
  const { replaced } = promises;
  if (replaced === undefined) return;
  for (const one of all) {
    const { oneAtATime } = one.process.promises;
    const before = all.filter((other) => other.accepted && other.owner === one.owner && other.at < one.at);
    const ends = before.map((other) => (isSettled(other, all, one.at) ? endOf(other) : undefined));
    if (ends.includes(undefined) || !ends.includes('succeeded')) continue;
    const { reply } = one.answer;
    if (reply.code === oneAtATime?.code) {
      evidence.breaks(
        'workflow.start-after-end',
        replaced,
        reply.codeAt,
        `a success, since the ${one.process.name} before has ended`,
        shownReply(reply),
        answeredBy(reply),
      );
    } else if (one.accepted && endOf(one) === 'succeeded') evidence.keeps(replaced);
  }
}

function judgeRemovals(
  { record, shown, removals }: Records,
  all: readonly Started[],
  evidence: Evidence,
): void {
  const { removed: clause } = record.promises;
  if (clause === undefined) return;
  const [, place] = identityOf(record);
  for (const { at, owner, answer } of removals) {
    if (!answer.reply.success) continue;
    judgeOthers({ record, shown, removals }, { at, owner }, all, evidence);
    // A record may still come of a process that is under way.
    const made = all.filter((one) => one.accepted && one.owner === owner && one.at < at);
    if (!made.every((one) => isSettled(one, all, at))) continue;
    const looks = shown.filter(
      (one) => one.removal?.at === at && one.owner === owner && one.made.length === 0,
    );
    const [first, second] = looks;
    if (!first) continue;
    const { absent } = record.interpretations;
    if (absent) evidence.shows(first.answer.reply.success ? absent.success : absent.failure);
    const isGone = (look: Shown, check: CheckId, expected: string): boolean => {
      if (identityIn(record, look.answer) === undefined) return true;
      const { reply } = look.answer;
      const actual = `${shownReply(reply)} and the ${record.name}`;
      evidence.breaks(check, clause, place, expected, actual, answeredBy(reply));
      return false;
    };
    const before = shown.findLast((one) => one.owner === owner && one.at < at);
    const wasThere = before !== undefined && identityIn(record, before.answer) !== undefined;
    const isAway =
      isGone(first, 'workflow.removed-at-once', `no ${record.name} after its removal`) &&
      second !== undefined &&
      isGone(second, 'workflow.removed-for-good', `no ${record.name} at a second look after its removal`);
    if (isAway && wasThere) evidence.keeps(clause);
  }
}

/** The records of others, who had one before a removal and did nothing since. */
function judgeOthers(
  { record, shown, removals }: Records,
  removal: { readonly at: number; readonly owner: string | undefined },
  all: readonly Started[],
  evidence: Evidence,
): void {
  const { removed: clause } = record.promises;
  const [, place] = identityOf(record);
  const others = new Set(shown.map(({ owner }) => owner).filter((owner) => owner !== removal.owner));
  for (const owner of others) {
    const before = shown.findLast((one) => one.owner === owner && one.at < removal.at);
    const after = shown.find((one) => one.owner === owner && one.at > removal.at);
    if (!before || !after || clause === undefined) continue;
    const isOwnDoing = [...all, ...removals].some(
      (one) => one.owner === owner && before.at < one.at && one.at < after.at,
    );
    if (isOwnDoing || identityIn(record, before.answer) === undefined) continue;
    if (identityIn(record, after.answer) !== undefined) continue;
    const { reply } = after.answer;
    evidence.breaks(
      'workflow.removed-of-one-owner',
      clause,
      place,
      `the ${record.name} of somebody else, as before the removal`,
      `${shownReply(reply)} and no ${record.name}`,
      answeredBy(reply),
    );
  }
}

/** The value by which one record is told from another: its name, and where it is shown. */
function identityOf({ show, name }: OwnedRecord): readonly [name: string, pointer: string] {
  const [first] = show.values;
  if (!first) throw new Error(`the record ${name} shows no value; the contract should not have loaded`);
  return first;
}

function identityIn(record: OwnedRecord, { reply }: Answer): JsonValue | undefined {
  const [name, pointer] = identityOf(record);
  return valuesIn(reply.body, new Map([[name, pointer]])).get(name);
}

/** Whether what is shown is what a process was to make; undefined when it can't be told. */
function matches(record: OwnedRecord, seen: JsonValue | undefined, one: Started): boolean | undefined {
  const [name] = identityOf(record);
  const sent = one.values.get(name);
  return seen === undefined || sent === undefined ? undefined : isSame(record, name, seen, sent);
}

function isSame({ show }: OwnedRecord, name: string, shown: JsonValue, sent: JsonValue): boolean | undefined {
  const isMasked = show.masked.includes(name) && typeof shown === 'string' && typeof sent === 'string';
  return isMasked ? isSameNumber(shown, sent) : equalJson(shown, sent);
}
