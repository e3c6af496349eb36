import { apiOfClause } from '../../src/contract/clauses.ts';
import type { Deviation } from '../stages.ts';

/** What a fault is about; the catalogue, the matrix and the table are grouped by it. */
export const families = [
  'path and content type',
  'response header',
  'response encryption',
  'status, code and message',
  'response field',
  'list element',
  'prepared answer',
  'echo',
  'request header',
  'token and keys',
  'request encryption',
  'request field',
  'wrong reason',
  'over time',
  'now and then',
  'robustness',
] as const;

export type Family = (typeof families)[number];

/** A deliberate break of a documented clause: the target keeps every other promise. */
export interface Fault {
  /** `<clause it is named after>/<how>` */
  readonly id: string;
  readonly family: Family;
  /** What the target does wrong; where it breaks more than one clause, also why it must. */
  readonly sentence: string;
  /** Clause ids. A finding that names any of them catches the fault, one that names another is noise. */
  readonly breaks: readonly string[];
  /** The APIs whose requests are handled otherwise. */
  readonly apis: readonly string[];
  /** What it does with a request depends on earlier ones. */
  readonly remembers: boolean;
  /** Made anew for each sandbox, since some faults remember what they have seen. */
  readonly deviation: () => Deviation;
}

/** What of a fault has to be said; the rest follows from the clauses. */
export interface FaultParts extends Pick<Fault, 'family' | 'sentence'> {
  readonly how: string;
  /** The first one names the fault. */
  readonly breaks: readonly [string, ...string[]];
  /** Those of the clauses unless told. */
  readonly apis?: readonly string[];
  /** A function makes one that remembers what it has seen. */
  readonly deviation: Deviation | (() => Deviation);
}

/** A fault; its deviation reaches the named APIs alone, whatever it does. */
export function fault({ how, breaks, apis, deviation, family, sentence }: FaultParts): Fault {
  const reached = apis ?? [...new Set(breaks.map(apiOfClause))];
  return {
    id: `${breaks[0]}/${how}`,
    family,
    sentence,
    breaks,
    apis: reached,
    remembers: typeof deviation === 'function',
    deviation: () => onlyFor(reached, typeof deviation === 'function' ? deviation() : deviation),
  };
}

function onlyFor(apis: readonly string[], all: Deviation): Deviation {
  const { leavesOut, open, act, answer, seal, send } = all;
  const reaches = (api: { readonly id: string }) => apis.includes(api.id);
  return {
    ...(leavesOut && { leavesOut: (check, at) => reaches(at.api) && leavesOut(check, at) }),
    ...(open && { open: (at, next) => (reaches(at.api) ? open(at, next) : next()) }),
    ...(act && { act: (at, next) => (reaches(at.api) ? act(at, next) : next(at)) }),
    ...(answer && { answer: (given, at) => (reaches(at.api) ? answer(given, at) : given) }),
    ...(seal && { seal: (given, at, next) => (reaches(at.api) ? seal(given, at, next) : next(given)) }),
    ...(send && { send: (wire, at) => (reaches(at.api) ? send(wire, at) : wire) }),
  };
}
