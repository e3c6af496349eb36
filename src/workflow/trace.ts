import type { Criterion } from '../contract/arazzo/model.ts';
import { type JsonObject, type JsonValue, stringifyJson } from '../json/json.ts';
import { answeredWith } from '../judge/answer.ts';
import type { Judgement } from '../judge/evidence.ts';
import type { Answered } from '../judge/finding.ts';

/** An answer on the way, reduced to what promises over time speak of. Without a code there is none: trouble. */
export interface Reply {
  readonly status: number;
  readonly code: string;
  /** JSON pointer to the code. */
  readonly codeAt: string;
  /** Whether the page of its API has the code. */
  readonly documented: boolean;
  /** Whether it is the code of a success. */
  readonly success: boolean;
  readonly body: JsonValue;
  /** What the answer is by what it claims to be; undefined when it has no documented code. */
  readonly claim?: Judgement | undefined;
}

/** One request on the way. */
export interface Asked {
  /** The id of its API. */
  readonly operation: string;
  /** The plain body. */
  readonly body: JsonObject;
  /** Undefined until it is there, and when none came. */
  reply: Reply | undefined;
  /** Milliseconds for which it was repeated in vain; undefined unless that was given up with this request. */
  gaveUp?: number;
}

/** A request that was answered. */
export interface Answer extends Asked {
  readonly reply: Reply;
}

/** What was seen of a workflow, in its order; grows while it runs. */
export interface Trace {
  readonly asked: Asked[];
  /** The criteria that prove clauses, as they came out. */
  readonly criteria: { readonly criterion: Criterion; readonly holds: boolean; readonly reply: Reply }[];
  /** Why it could not go on, if so. */
  trouble: string | undefined;
}

export function emptyTrace(): Trace {
  return { asked: [], criteria: [], trouble: undefined };
}

export function isAnswered(asked: Asked): asked is Answer {
  return asked.reply !== undefined;
}

export function answeredBy({ status, code }: Reply): Answered {
  return answeredWith(status, code);
}

export function shownReply({ status, code }: Reply): string {
  return `HTTP ${status} with ${code}`;
}

/** A value as text by which it is known again; undefined for none, an empty text and null. */
export function keyOf(value: JsonValue | undefined): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  return typeof value === 'string' ? value : stringifyJson(value);
}
