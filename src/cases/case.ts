import type { Api, Level, Scenario } from '../contract/model.ts';
import type { JsonValue } from '../wire/json.ts';

export const caseKinds = [
  'scenario',
  'request',
  'integrity',
  'encryption',
  'over-time',
  'robustness',
] as const;

/**
 * What a case is for: replays prepared data; breaks one documented limit of a request; the token and the keys; the
 * message encryption; behaviour over time; what no page promises and a good server does all the same.
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
  | { readonly ready: true; readonly body: JsonValue; readonly change: Change | undefined }
  | { readonly ready: false; readonly reason: string; readonly acknowledged: boolean };

/** The one thing in which a request departs from the documents; everything else is as the page wants it. */
export type Change =
  /** The body of the plan departs itself. */
  | { readonly on: 'body' }
  | { readonly on: 'header'; readonly name: string; readonly edit: TextEdit }
  | { readonly on: 'token'; readonly how: TokenChange }
  | { readonly on: 'encryption'; readonly how: EncryptionChange }
  | { readonly on: 'message'; readonly how: MessageChange };

/**
 * How a text is changed: `cut` takes the last character away, `extend` repeats it, `alter` puts another of its alphabet
 * in its place, `other-case` swaps the case of all letters.
 */
export type TextEdit =
  | 'remove'
  | 'empty'
  | 'cut'
  | 'extend'
  | 'alter'
  | 'other-case'
  | { readonly set: string };

/** `altered-signature` has another last character, `altered-signature-start` another first one. */
export const tokenChanges = [
  'altered-body',
  'other-key',
  'altered-signature',
  'altered-signature-start',
  'other-case',
  'other-prefix',
  'without-prefix',
  'malformed-time',
  'without-signature',
  'of-another-request',
] as const;
export type TokenChange = (typeof tokenChanges)[number] | 'other-padding';

export const encryptionChanges = [
  'plain',
  'altered-tag',
  'altered-ciphertext',
  'altered-key',
  'altered-header',
  'four-parts',
  'alg-none',
  'alg-dir',
  'alg-rsa1_5',
  'enc-a128cbc-hs256',
  'other-recipient',
  'not-json',
] as const;
export type EncryptionChange = (typeof encryptionChanges)[number];

export const messageChanges = [
  'malformed-json',
  'wrong-content-type',
  'get',
  'unknown-path',
  'one-megabyte',
  'deep-nesting',
  'duplicate-keys',
  'unusual-unicode',
  'unknown-field',
  'lower-case-headers',
  'empty-body',
  'json-list',
  'json-null',
  'byte-order-mark',
  'broken-utf-8',
  'repeated-header',
  'put',
  'without-content-type',
  'query-string',
  'accept-xml',
] as const;
export type MessageChange = (typeof messageChanges)[number];

/** What must come back. */
export type Expectation =
  /** The documented outcome of a scenario. */
  | { readonly kind: 'outcome'; readonly scenario: Scenario }
  /**
   * Not accepted, for the reason that the change gives: neither a success, nor the outcome of the unchanged request,
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
  /** The promises over time, lived through with a member of its own. */
  | { readonly kind: 'life'; readonly control: Scenario }
  /** No stack trace, no 5xx, no version of a server, a well-formed answer: SHOULD. */
  | { readonly kind: 'graceful'; readonly clause: string; readonly control: Scenario };
