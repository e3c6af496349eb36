import type { Condition } from './condition.ts';
import type { Expression } from './expression.ts';

// What a document in specs/workflows says of behaviour over time: first how the target's state works, so far as the
// pages tell, then in which order a run tries it. docs/workflows.md tells the same to those who write one.

/** One document: what it knows of the target's state, and the workflows that try it. */
export interface WorkflowDocument {
  /** The name of its file. */
  readonly id: string;
  readonly title: string;
  readonly processes: readonly Process[];
  readonly records: readonly OwnedRecord[];
  /** By id, in their order; those that only other ones call as well. */
  readonly workflows: ReadonlyMap<string, Workflow>;
  /** The ids of the APIs that it speaks of. */
  readonly apis: readonly string[];
}

/** `<ambiguity>.<interpretation>` */
type InterpretationId = string;

/** How something has ended, for whoever started it. */
export type End = 'succeeded' | 'failed';

/** Something that one request starts and that has an end. Pointers (RFC 6901) lead into plain bodies. */
export interface Process {
  readonly name: string;
  readonly start: {
    readonly operation: string;
    /** In the request: whose it is; undefined when it is nobody's. */
    readonly owner: string | undefined;
    /** In the answer: by which it is followed; undefined when it can't be. */
    readonly id: string | undefined;
    /** Name → in the request: what it is about. */
    readonly values: ReadonlyMap<string, string>;
  };
  /** How it is asked for; undefined: with its start it has ended. */
  readonly look:
    | {
        readonly operation: string;
        /** In the request. */
        readonly id: string;
        /** In the answer. */
        readonly status: string;
        /** The code for an id that nothing has. */
        readonly unknown: string | undefined;
        /** The codes that say that it has failed. */
        readonly failed: readonly string[];
      }
    | undefined;
  /** In the order in which it goes through them when all goes well; the first is that of the beginning. */
  readonly statuses: ReadonlyMap<
    string,
    {
      /** Those that may follow, besides itself. */
      readonly next: readonly string[];
      /** Undefined: under way. */
      readonly end: End | undefined;
    }
  >;
  /** Requests that take it to a status. */
  readonly moves: readonly Move[];
  readonly promises: {
    /** While one of an owner is under way, another one of that owner is refused with a code. */
    readonly oneAtATime: { readonly clause: string; readonly code: string } | undefined;
    readonly idIsUnique: string | undefined;
    readonly idIsKnown: string | undefined;
    readonly order: string | undefined;
    readonly end: string | undefined;
  };
  readonly interpretations: {
    /** What the first look shows that comes right behind a start. */
    readonly started: { readonly underWay: InterpretationId; readonly ended: InterpretationId } | undefined;
    /** How a failure is told: by a code or by a status. */
    readonly failed: { readonly code: InterpretationId; readonly status: InterpretationId } | undefined;
  };
}

/** A request that takes a process from some statuses to another one. */
export interface Move {
  readonly operation: string;
  /** In the request. */
  readonly id: string;
  readonly from: readonly string[];
  readonly to: string;
  /** The code for a process in any other status; undefined: not documented. */
  readonly refused: string | undefined;
  readonly clause: string;
}

/** What an owner has once a process has succeeded: one, the last of them. */
export interface OwnedRecord {
  readonly name: string;
  /** The process that makes it. */
  readonly process: string;
  readonly show: {
    readonly operation: string;
    /** In the request. */
    readonly owner: string;
    /** Name, as among the values of the process → in the answer. The first tells one record from another. */
    readonly values: ReadonlyMap<string, string>;
    /** Those that may be shown with a part of them hidden. */
    readonly masked: readonly string[];
  };
  readonly remove: { readonly operation: string; readonly owner: string } | undefined;
  readonly promises: {
    readonly shown: string | undefined;
    /** A later process that succeeds takes its place. */
    readonly replaced: string | undefined;
    readonly removed: string | undefined;
  };
  readonly interpretations: {
    /** How an owner without one is answered. */
    readonly absent: { readonly success: InterpretationId; readonly failure: InterpretationId } | undefined;
  };
}

/** The APIs whose requests change the state that a document of workflows speaks of. */
export function writersIn({ processes, records }: WorkflowDocument): ReadonlySet<string> {
  return new Set([
    ...processes.flatMap(({ start, moves }) => [start.operation, ...moves.map(({ operation }) => operation)]),
    ...records.flatMap(({ remove }) => remove?.operation ?? []),
  ]);
}

/** Steps in their order. */
export interface Workflow {
  readonly id: string;
  readonly summary: string;
  readonly inputs: ReadonlyMap<string, Input>;
  readonly steps: readonly Step[];
  readonly outputs: ReadonlyMap<string, Expression>;
  /** Whether another workflow calls it: then it is no case of its own. */
  readonly isCalled: boolean;
}

/** Where the value of an input comes from. */
export type Input =
  /** The prepared request of an API. */
  | { readonly kind: 'prepared'; readonly api: string }
  /** An integer that nobody has used before, of a range. */
  | { readonly kind: 'fresh'; readonly from: bigint; readonly to: bigint }
  /** A value of the prepared request with another last digit; nothing where the request has none. */
  | { readonly kind: 'other'; readonly of: string; readonly by: number }
  /** Whoever calls the workflow gives it. */
  | { readonly kind: 'given' };

/** One request, or one workflow that is called. */
export interface Step {
  readonly id: string;
  /** Left out unless it holds. */
  readonly when: Condition | undefined;
  readonly does:
    | {
        readonly kind: 'request';
        readonly operation: string;
        readonly payload: Payload;
        /** Pointer into the payload → what stands there instead. */
        readonly replacements: ReadonlyMap<string, Payload>;
      }
    | {
        readonly kind: 'workflow';
        readonly workflow: string;
        readonly inputs: ReadonlyMap<string, Payload>;
      };
  readonly criteria: readonly Criterion[];
  readonly onSuccess: readonly Action[];
  readonly onFailure: readonly Action[];
  readonly outputs: ReadonlyMap<string, Expression>;
}

/** A value of a request, with runtime expressions in it. */
export type Payload =
  | { readonly kind: 'literal'; readonly value: string | number | bigint | boolean | null }
  | { readonly kind: 'expression'; readonly expression: Expression }
  | { readonly kind: 'list'; readonly items: readonly Payload[] }
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, Payload> };

/** What must hold for a step to succeed. With a clause it is a promise as well, and breaks it when it does not hold. */
export interface Criterion {
  readonly condition: Condition;
  /** The condition as written. */
  readonly text: string;
  /** Where what it speaks of stands: a JSON pointer, or `HTTP status`. */
  readonly place: string;
  readonly clause: string | undefined;
}

/** What comes behind a step; the first whose criteria hold counts. */
export type Action = { readonly criteria: readonly Condition[] } & (
  | { readonly type: 'end' }
  | { readonly type: 'goto'; readonly step: string }
  /** Once more behind a pause, which grows from the first to the longest (milliseconds), at most `limit` times. */
  | { readonly type: 'retry'; readonly first: number; readonly longest: number; readonly limit: number }
);
