import type { OwnedRecord, Process, WorkflowDocument } from '../contract/arazzo/model.ts';
import { getPointer, type JsonObject, type JsonValue, withPointer } from '../json/json.ts';
import { endOf, type Started, standingIn, startedIn } from './started.ts';
import { type Asked, keyOf, type Reply, shownReply, type Trace } from './trace.ts';

/** With what it is cleaned up. */
export interface CleaningMeans {
  /** Sends a request that takes something back. */
  readonly ask: (operation: string, body: JsonObject) => Promise<Reply>;
  /**
   * Waits for the end of a process that is under way still; undefined when it was followed for as long as the profile
   * says.
   */
  readonly follow: ((look: () => Promise<boolean>) => Promise<void>) | undefined;
  /** Sends a look while it is waited. */
  readonly look: (operation: string, body: JsonObject) => Promise<Reply>;
}

/** What became of what a workflow has started, a line each. */
export interface Remains {
  /** Everything that was started, by owner and number. */
  readonly made: readonly string[];
  /** What of that was taken back, by the workflow itself or here. */
  readonly gone: readonly string[];
  /** What may be left. */
  readonly left: readonly string[];
}

/**
 * Leaves nothing behind that a workflow has started, as far as that can be done; what is answered is nobody's promise. A
 * process that is still under way makes its record after a removal: its end is waited for first, where it may be.
 */
export async function cleanUp(
  document: WorkflowDocument,
  trace: Trace,
  means: CleaningMeans,
): Promise<Remains> {
  const made: string[] = [];
  const gone: string[] = [];
  const left: string[] = [];
  for (const process of document.processes) {
    const started = startedIn(trace, process).filter(({ accepted }) => accepted);
    const record = document.records.find((one) => one.process === process.name && one.remove);
    const cleaned = record?.remove
      ? await removeRecords(process, record, trace, means)
      : await moveAway(process, trace, means);
    made.push(...started.map(nameOf));
    gone.push(...started.filter(cleaned.isGone).map(nameOf));
    left.push(...cleaned.left);
  }
  return { made, gone, left };
}

/** What cleaning up behind a process came to. */
interface Cleaned {
  readonly isGone: (one: Started) => boolean;
  readonly left: readonly string[];
}

function nameOf({ process, owner, id }: Started): string {
  const whose = owner === undefined ? '' : ` of ${masked(owner)}`;
  return `the ${process.name}${whose}${id === undefined ? '' : `, number ${masked(id)}`}`;
}

/** Removes what each owner may have of a process; of a start without an answer nobody knows what became. */
async function removeRecords(
  process: Process,
  { remove, name }: OwnedRecord,
  trace: Trace,
  means: CleaningMeans,
): Promise<Cleaned> {
  const { owner: ownerAt } = process.start;
  if (!remove || ownerAt === undefined) return { isGone: () => false, left: [] };
  const isOpen = ({ operation, reply }: Asked) =>
    operation === process.start.operation && (reply === undefined || reply.success);
  const removedAt = (owner: string | undefined) =>
    trace.asked.findLastIndex(
      ({ operation, body, reply }) =>
        operation === remove.operation && reply?.success && keyOf(getPointer(body, remove.owner)) === owner,
    );
  const owners = new Map<string, { readonly value: JsonValue; readonly from: number; isSure: boolean }>();
  for (const [at, asked] of trace.asked.entries()) {
    const value = getPointer(asked.body, ownerAt);
    const owner = keyOf(value);
    if (!isOpen(asked) || owner === undefined || value === undefined || removedAt(owner) > at) continue;
    const known = owners.get(owner);
    owners.set(owner, known ?? { value, from: at, isSure: true });
    if (asked.reply === undefined) owners.set(owner, { value, from: known?.from ?? at, isSure: false });
  }
  const left: string[] = [];
  const removed = new Set<string>();
  for (const [owner, open] of owners) {
    const own = startedIn(trace, process).filter(
      (one) => one.accepted && one.owner === owner && one.at >= open.from,
    );
    let { isSure } = open;
    for (const one of own) {
      const hasEnded = endOf(one) !== undefined || (await waitFor(one, means));
      isSure &&= hasEnded;
    }
    const problem =
      (await removal(remove.operation, { at: remove.owner, value: open.value }, means)) ??
      (isSure ? undefined : 'it was removed, and may have been under way still');
    if (problem === undefined) removed.add(owner);
    else left.push(`the ${name} of ${masked(owner)}: ${problem}`);
  }
  return {
    isGone: ({ owner, at }) => owner !== undefined && (removed.has(owner) || removedAt(owner) > at),
    left,
  };
}

/** Takes what is under way to a status in which it ends, where a request can. */
async function moveAway(process: Process, trace: Trace, means: CleaningMeans): Promise<Cleaned> {
  const move = process.moves.find(({ to }) => process.statuses.get(to)?.end !== undefined);
  const left: string[] = [];
  const gone = new Set<number>();
  for (const one of startedIn(trace, process)) {
    const wasMoved = one.moves.some(({ answer }) => answer.reply.success);
    if (wasMoved) gone.add(one.at);
    if (!one.accepted || one.id === undefined || wasMoved || endOf(one) !== undefined) continue;
    const id = getPointer(one.answer.reply.body, process.start.id ?? '');
    if (!move || id === undefined) continue;
    const problem = await removal(move.operation, { at: move.id, value: id }, means);
    if (problem === undefined) gone.add(one.at);
    else left.push(`the ${process.name} ${masked(one.id)}: ${problem}`);
  }
  return { isGone: ({ at }) => gone.has(at), left };
}

/** Whether it has ended by now. Whatever keeps it from being followed, it is removed all the same. */
async function waitFor(one: Started, { look, follow }: CleaningMeans): Promise<boolean> {
  const { process } = one;
  const id = one.id === undefined ? undefined : getPointer(one.answer.reply.body, process.start.id ?? '');
  if (!process.look || id === undefined || !follow) return false;
  const { operation, id: idAt } = process.look;
  let isOver = false;
  try {
    await follow(async () => {
      isOver = standingIn(process, await look(operation, withPointer({}, idAt, id))).kind === 'over';
      return isOver;
    });
  } catch {
    return isOver;
  }
  return isOver;
}

/** Why something could not be taken back; undefined when it was. */
async function removal(
  operation: string,
  { at, value }: { readonly at: string; readonly value: JsonValue },
  { ask }: CleaningMeans,
): Promise<string | undefined> {
  try {
    const reply = await ask(operation, withPointer({}, at, value));
    return reply.success ? undefined : `its removal was answered with ${shownReply(reply)}`;
  } catch (error) {
    return `it could not be removed: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Enough to find it again at the target, and never most of it. */
function masked(id: string): string {
  const letters = [...id];
  if (letters.length < 12) return `…${letters.slice(Math.max(2, letters.length - 2)).join('')}`;
  return `${letters.slice(0, 3).join('')}…${letters.slice(-4).join('')}`;
}
