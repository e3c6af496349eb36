import type { End, Process } from '../contract/arazzo/model.ts';
import { getPointer, type JsonValue } from '../json/json.ts';
import { type Answer, isAnswered, keyOf, type Reply, type Trace } from './trace.ts';

/** A request of a trace, and its place in it. */
export interface Placed {
  readonly at: number;
  readonly answer: Answer;
}

/** A process that somebody asked for. */
export interface Started extends Placed {
  readonly process: Process;
  /** Undefined when it is nobody's. */
  readonly owner: string | undefined;
  /** Name → what it is about, as far as the request had it. */
  readonly values: ReadonlyMap<string, JsonValue>;
  /** By which it can be followed; undefined when none came. */
  readonly id: string | undefined;
  /** It is under way, or over, and not refused. */
  readonly accepted: boolean;
  /** How it was answered when it was asked for, one look behind the other. */
  readonly looks: readonly Placed[];
  /** Requests to take it to a status. */
  readonly moves: readonly (Placed & { readonly move: Process['moves'][number] })[];
}

/** What a look says of a process. */
export type Standing =
  | { readonly kind: 'under-way'; readonly status: string }
  | { readonly kind: 'over'; readonly end: End; readonly status: string | undefined }
  | { readonly kind: 'unknown' }
  /** A status or a code that the documents do not have. */
  | { readonly kind: 'strange' };

/** The answered requests of a trace with their places. */
export function placed({ asked }: Trace): readonly Placed[] {
  return asked.flatMap((answer, at) => (isAnswered(answer) ? [{ at, answer }] : []));
}

/** Every process of one kind that a trace asked for, in its order. A look at an id is one at the last that got it. */
export function startedIn(trace: Trace, process: Process): readonly Started[] {
  const answers = placed(trace);
  const { start, look, moves } = process;
  const bare = answers
    .filter(({ answer }) => answer.operation === start.operation)
    .map(({ at, answer }) => {
      const id = start.id === undefined ? undefined : keyOf(getPointer(answer.reply.body, start.id));
      return {
        at,
        answer,
        process,
        id,
        owner: start.owner === undefined ? undefined : keyOf(getPointer(answer.body, start.owner)),
        values: valuesIn(answer.body, start.values),
        accepted: answer.reply.success && (start.id === undefined || id !== undefined),
      };
    });
  const about = (one: Placed, pointer: string) => {
    const id = keyOf(getPointer(one.answer.body, pointer));
    return bare.findLast((other) => other.accepted && other.id === id && other.at < one.at);
  };
  return bare.map((one) => ({
    ...one,
    looks: look
      ? answers.filter(
          (other) => other.answer.operation === look.operation && about(other, look.id)?.at === one.at,
        )
      : [],
    moves: moves.flatMap((move) =>
      answers
        .filter((other) => other.answer.operation === move.operation && about(other, move.id)?.at === one.at)
        .map((other) => ({ ...other, move })),
    ),
  }));
}

/** The values that a body has at the given pointers, by name. */
export function valuesIn(
  body: JsonValue,
  pointers: ReadonlyMap<string, string>,
): ReadonlyMap<string, JsonValue> {
  const values = new Map<string, JsonValue>();
  for (const [name, pointer] of pointers) {
    const value = getPointer(body, pointer);
    if (value !== undefined && keyOf(value) !== undefined) values.set(name, value);
  }
  return values;
}

export function standingIn({ look, statuses }: Process, reply: Reply): Standing {
  if (!reply.success) {
    if (reply.code === look?.unknown) return { kind: 'unknown' };
    return look?.failed.includes(reply.code)
      ? { kind: 'over', end: 'failed', status: undefined }
      : { kind: 'strange' };
  }
  const status = statusIn({ look }, reply);
  const known = status === undefined ? undefined : statuses.get(status);
  if (status === undefined || !known) return { kind: 'strange' };
  return known.end === undefined ? { kind: 'under-way', status } : { kind: 'over', end: known.end, status };
}

/** The status that a look shows, documented or not. */
export function statusIn({ look }: Pick<Process, 'look'>, reply: Reply): string | undefined {
  const value = look && getPointer(reply.body, look.status);
  return typeof value === 'string' ? value : undefined;
}

/**
 * How a process has ended, as far as its looks before a place tell; undefined when it has not, or when they contradict
 * each other anywhere. One that can't be looked at has ended with its start.
 */
export function endOf(
  { process, looks, accepted }: Started,
  before = Number.POSITIVE_INFINITY,
): End | undefined {
  if (!process.look) return accepted ? 'succeeded' : undefined;
  const standings = looks.map((look) => ({ at: look.at, standing: standingIn(process, look.answer.reply) }));
  const first = standings.findIndex(({ standing }) => standing.kind === 'over');
  const ends = first === -1 ? [] : standings.slice(first);
  const [end] = ends;
  if (!end || end.at > before || end.standing.kind !== 'over') return undefined;
  const told = end.standing.end;
  return ends.every(({ standing }) => standing.kind === 'over' && standing.end === told) ? told : undefined;
}

/** Whether a look, or a request that took it on, behind a place shows that it was still under way there. */
export function wasUnderWayAt({ process, looks, moves, accepted, at }: Started, place: number): boolean {
  const wasTaken = moves.some(
    ({ at: moved, answer, move }) =>
      moved > place &&
      answer.reply.success &&
      move.from.every((status) => process.statuses.get(status)?.end === undefined),
  );
  return (
    accepted &&
    at < place &&
    (wasTaken ||
      looks.some((look) => look.at > place && standingIn(process, look.answer.reply).kind === 'under-way'))
  );
}
