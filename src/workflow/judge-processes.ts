import type { Process } from '../contract/arazzo/model.ts';
import { clauseId } from '../contract/clauses.ts';
import type { Evidence } from '../judge/evidence.ts';
import { endOf, type Placed, type Started, standingIn, statusIn, wasUnderWayAt } from './started.ts';
import { answeredBy, type Reply, shownReply } from './trace.ts';

/** Judges all processes of one kind by what is promised of them. */
export function judgeProcesses(process: Process, all: readonly Started[], evidence: Evidence): void {
  judgeOneAtATime(process, all, evidence);
  judgeIds(process, all, evidence);
  for (const one of all) {
    if (!one.accepted) continue;
    // Of an id that two have nobody knows which of them was moved.
    const isItsOwn = !all.some((other) => other !== one && other.accepted && other.id === one.id);
    if (judgeLooks(one, all, evidence) && isItsOwn) judgeMoves(one, evidence);
  }
}

/** Whether it succeeded although one of the same owner was under way: what becomes of either is anybody's guess. */
export function isIntruder(one: Started, all: readonly Started[]): boolean {
  return (
    one.answer.reply.success && one.process.promises.oneAtATime !== undefined && underWayBefore(one, all)
  );
}

function underWayBefore(one: Started, all: readonly Started[]): boolean {
  return earlierOfOwner(one, all).some((earlier) => wasUnderWayAt(earlier, one.at));
}

function earlierOfOwner({ owner, at }: Started, all: readonly Started[]): readonly Started[] {
  return owner === undefined
    ? []
    : all.filter((other) => other.accepted && other.owner === owner && other.at < at);
}

function judgeOneAtATime(process: Process, all: readonly Started[], evidence: Evidence): void {
  const promise = process.promises.oneAtATime;
  if (!promise) return;
  for (const one of all) {
    const { reply } = one.answer;
    if (underWayBefore(one, all)) {
      evidence.check(
        'workflow.one-at-a-time',
        reply.code === promise.code,
        promise.clause,
        reply.codeAt,
        `${promise.code} while the ${process.name} before is under way`,
        shownReply(reply),
        answeredBy(reply),
      );
    } else if (reply.code === promise.code && earlierOfOwner(one, all).length === 0) {
      evidence.breaks(
        'workflow.other-owner',
        promise.clause,
        reply.codeAt,
        `no ${promise.code} for one of whom no ${process.name} is under way`,
        shownReply(reply),
        answeredBy(reply),
      );
    }
  }
}

function judgeIds(process: Process, all: readonly Started[], evidence: Evidence): void {
  const { idIsUnique } = process.promises;
  if (idIsUnique === undefined) return;
  const known = new Set<string>();
  for (const one of all) {
    const { claim } = one.answer.reply;
    // Of an id that is broken in itself nothing else is said.
    const isBroken = (claim?.findings.length ?? 0) > 0;
    if (!one.accepted || one.id === undefined || isBroken || isIntruder(one, all)) continue;
    if (known.size > 0) {
      evidence.check(
        'workflow.id-is-unique',
        !known.has(one.id),
        idIsUnique,
        process.start.id ?? '',
        `another one than that of the ${process.name} before`,
        'the same',
        answeredBy(one.answer.reply),
      );
    }
    known.add(one.id);
  }
}

/** False when what they show can't be read: an unknown id, a status that went back, or none. */
function judgeLooks(one: Started, all: readonly Started[], evidence: Evidence): boolean {
  const { process, looks } = one;
  const { idIsKnown, end } = process.promises;
  const first = looks[0]?.answer.reply;
  const last = looks.at(-1)?.answer;
  if (!first || !last) return true;
  const standing = standingIn(process, first);
  // A code that no page has says neither.
  if (standing.kind === 'strange' && !first.success) return false;
  const isKnown = standing.kind !== 'unknown';
  if (idIsKnown !== undefined) {
    evidence.check(
      'workflow.id-is-known',
      isKnown,
      idIsKnown,
      first.codeAt,
      `an answer to the id of a ${process.name}`,
      shownReply(first),
      answeredBy(first),
    );
  }
  if (!isKnown) return false;
  const { started } = process.interpretations;
  if (started && first.success && isFirstLookAfter(one, all)) {
    const hasSucceeded = standing.kind === 'over' && standing.end === 'succeeded';
    evidence.shows(hasSucceeded ? started.ended : started.underWay);
  }
  if (!judgeOrder(one, evidence)) return false;
  if (end === undefined) return true;
  if (standingIn(process, last.reply).kind === 'over') evidence.keeps(end);
  // That it was asked no longer for another reason shows nothing of an end.
  else if (last.gaveUp !== undefined && last.reply.success) {
    evidence.breaks(
      'workflow.end',
      end,
      process.look?.status ?? '',
      'a final status',
      `${statusIn(process, last.reply) ?? 'no status'} still after ${Math.round(last.gaveUp)} ms (timeouts.workflow of the profile)`,
      answeredBy(last.reply),
    );
  }
  return true;
}

/** Nothing else was looked at between the start and its first look, so that it shows what the start means. */
function isFirstLookAfter({ at, looks }: Started, all: readonly Started[]): boolean {
  const first = looks[0]?.at ?? at;
  return !all.some((other) => other.looks.some((look) => look.at > at && look.at < first));
}

function judgeOrder({ process, looks, moves }: Started, evidence: Evidence): boolean {
  const { order } = process.promises;
  const { failed } = process.interpretations;
  const { look } = process;
  let before: { readonly status: string; readonly at: number } | undefined;
  for (const { at, answer } of looks) {
    const { reply } = answer;
    const standing = standingIn(process, reply);
    if (!reply.success) {
      if (failed && standing.kind === 'over') evidence.shows(failed.code);
      break;
    }
    // A status that is none is the finding of the field's own clauses.
    if (standing.kind !== 'under-way' && standing.kind !== 'over') return false;
    const { status = '' } = standing;
    if (failed && standing.kind === 'over' && standing.end === 'failed') evidence.shows(failed.status);
    const allowed = before && followers(process, before.status);
    const wasMoved = moves.some(
      (one) =>
        one.answer.reply.success && one.move.to === status && one.at > (before?.at ?? 0) && one.at < at,
    );
    if (order !== undefined) {
      if (allowed && !wasMoved && !allowed.includes(status)) {
        evidence.breaks(
          'workflow.status-order',
          order,
          look?.status ?? '',
          `${allowed.join(' or ')} after ${before?.status}`,
          status,
          answeredBy(reply),
        );
        return false;
      }
      evidence.keeps(order);
    }
    if (look) {
      const path = look.status.slice(1).replaceAll('/', '.');
      evidence.sees(clauseId.responseField(look.operation, path, 'enum'), status);
    }
    before = { status, at };
  }
  return true;
}

/** Itself, and every status that can be reached from it: a look may miss some on the way. */
function followers({ statuses }: Process, status: string): readonly string[] {
  const reached = [status];
  for (const one of reached) {
    for (const next of statuses.get(one)?.next ?? []) if (!reached.includes(next)) reached.push(next);
  }
  return [...statuses.keys()].filter((one) => reached.includes(one));
}

/** A request to take it to a status: taken where it may be, refused where not, and seen at the next look. */
function judgeMoves(one: Started, evidence: Evidence): void {
  const { process, looks, moves } = one;
  for (const { at, answer, move } of moves) {
    const { reply } = answer;
    const before = looks.findLast((look) => look.at < at);
    const after = looks.find((look) => look.at > at);
    const statusBefore = before && standingIn(process, before.answer.reply);
    const statusAfter = after && standingIn(process, after.answer.reply);
    const wasIn = (standing: ReturnType<typeof standingIn> | undefined) =>
      standing !== undefined && 'status' in standing && move.from.includes(standing.status ?? '');
    const wasOver = statusBefore?.kind === 'over' && !wasIn(statusBefore);
    if (wasOver) judgeRefusal(one, { answer, move }, evidence);
    else if (reply.success && after && statusAfter) judgeMoved(process, after, move, evidence);
    else if (!reply.success && wasIn(statusAfter) && (wasIn(statusBefore) || isFirstOf(process, move.from))) {
      evidence.breaks(
        'workflow.move-taken',
        move.clause,
        reply.codeAt,
        `a success for a ${process.name} that is ${move.from.join(' or ')}`,
        shownReply(reply),
        answeredBy(reply),
      );
    }
  }
}

/** Whether nothing but these statuses can come before them: who is in one of them was in one of them before. */
function isFirstOf({ statuses }: Process, these: readonly string[]): boolean {
  return [...statuses].every(
    ([status, { next }]) => these.includes(status) || !next.some((one) => these.includes(one)),
  );
}

function judgeRefusal(
  { process }: Started,
  { answer, move }: Pick<Started['moves'][number], 'answer' | 'move'>,
  evidence: Evidence,
): void {
  if (move.refused === undefined) return;
  const { reply }: { readonly reply: Reply } = answer;
  evidence.check(
    'workflow.move-refused',
    reply.code === move.refused,
    move.clause,
    reply.codeAt,
    `${move.refused} for a ${process.name} that has ended`,
    shownReply(reply),
    answeredBy(reply),
  );
}

function judgeMoved(
  process: Process,
  look: Placed,
  move: Process['moves'][number],
  evidence: Evidence,
): void {
  const { reply } = look.answer;
  const status = statusIn(process, reply);
  evidence.check(
    'workflow.move-shown',
    status === move.to,
    move.clause,
    process.look?.status ?? '',
    `${move.to}, since ${move.operation} has succeeded`,
    status ?? shownReply(reply),
    answeredBy(reply),
  );
}

/** Whether what a process has made is known: it has ended, before a place, and was no intruder. */
export function isSettled(one: Started, all: readonly Started[], before: number): boolean {
  return endOf(one, before) !== undefined && !isIntruder(one, all);
}
