import type { JsonValue } from '../json/json.ts';
import { answeredWith } from './answer.ts';
import type { Judgement } from './evidence.ts';
import type { Answered } from './finding.ts';

/** One answer on the way, reduced to what the promises over time speak of. Without a code there is none: trouble. */
export interface Reply {
  readonly status: number;
  readonly code: string;
  /** Whether the page of its API has the code. */
  readonly documented: boolean;
  readonly body: JsonValue;
  /** What the answer is by what it claims to be; undefined when it has no documented code. */
  readonly claim?: Judgement | undefined;
}

export const success = '000_000';

export function answeredBy({ status, code }: Reply): Answered {
  return answeredWith(status, code);
}

export function shownReply({ status, code }: Reply): string {
  return `HTTP ${status} with ${code}`;
}

/** A text with something in it, or undefined. */
export function textAt(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
