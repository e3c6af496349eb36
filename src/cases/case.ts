import type { Workflow, WorkflowDocument } from '../contract/arazzo/model.ts';
import type { Api, Level, Scenario } from '../contract/model.ts';
import type { JsonValue } from '../json/json.ts';
import type { Mutation } from './mutations/mutation.ts';

export const caseKinds = [
  'scenario',
  'request',
  'integrity',
  'encryption',
  'workflow',
  'robustness',
] as const;

/**
 * What a case is for: replays prepared data; breaks one documented limit of a request; the token and the keys; the
 * message encryption; promises over time; what no page promises and a good server does all the same.
 */
export type CaseKind = (typeof caseKinds)[number];

/** One thing the suite does to a target, as data. */
export interface Case {
  readonly kind: CaseKind;
  /** A path: `<api>/<scenario>` or `<api>/<kind>/<what>/<how>`. */
  readonly id: string;
  readonly api: Api;
  /** What it does, in a few words. */
  readonly title: string;
  readonly level: Level;
  /** The clauses it is there to test; judging may tell of more. */
  readonly clauses: readonly string[];
  readonly tags: readonly string[];
  readonly plan: Plan;
  readonly expectation: Expectation;
}

/** What is sent, or why nothing can be. */
export type Plan =
  | {
      readonly ready: true;
      /** Before encryption; as the mutation makes it, where that is one of the body. */
      readonly body: JsonValue;
      /** The one thing in which the request departs from its control; undefined: nothing. */
      readonly mutation: Mutation | undefined;
    }
  | { readonly ready: false; readonly reason: string; readonly acknowledged: boolean };

/** What must come back. */
export type Expectation =
  /** The documented outcome of a scenario. */
  | { readonly kind: 'outcome'; readonly scenario: Scenario }
  /**
   * Not accepted, for the reason that the mutation gives: neither a success, nor the outcome of the unchanged request,
   * nor another documented code, unless it is one of `codes`. `only`: one of `codes` and nothing else, since the page
   * documents one for this.
   */
  | {
      readonly kind: 'rejected';
      /** SHOULD: a target that takes the request is warned of, and breaks nothing. */
      readonly level: 'MUST' | 'SHOULD';
      readonly clause: string;
      readonly codes: readonly string[];
      readonly only: boolean;
      /** What is broken guards the request: the pages do not say how that is answered, and the answer shows it. */
      readonly guard?: boolean;
      readonly control: Scenario;
    }
  /** Whatever the outcome, not for a bad value: the request is within its limits. */
  | { readonly kind: 'understood'; readonly clause: string; readonly control: Scenario }
  /** Either way conforms and shows how the target reads the documents. */
  | {
      readonly kind: 'observed';
      readonly accepted: string;
      readonly rejected: string;
      /** What counts as rejected: nothing but a code for a bad value. Otherwise all that is no documented outcome. */
      readonly rejectedAs?: 'bad-value';
      /** A clause that either answer keeps. */
      readonly clause?: string;
      readonly control: Scenario;
    }
  /** The promises over time, tried with data of its own. */
  | {
      readonly kind: 'workflow';
      readonly document: WorkflowDocument;
      readonly workflow: Workflow;
      readonly control: Scenario;
    }
  /** No stack trace, no 5xx, no version of a server, a well-formed answer: SHOULD. */
  | { readonly kind: 'graceful'; readonly clause: string; readonly control: Scenario };
