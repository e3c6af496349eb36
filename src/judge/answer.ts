import type { JsonValue } from '../json/json.ts';
import type { Answered } from './finding.ts';

/** The body of an answer: JSON, decrypted where it was encrypted. */
export type OpenedBody =
  | { readonly form: 'empty' }
  /** No JSON. `claimed`: the content type says that it is. */
  | { readonly form: 'not-json'; readonly claimed: boolean; readonly problem: string }
  | { readonly form: 'plain'; readonly value: JsonValue }
  /** `outer` as on the wire, `value` the plain text. */
  | { readonly form: 'encrypted'; readonly outer: JsonValue; readonly value: JsonValue; readonly enc: string }
  /** A message that the client can't or must not open. */
  | {
      readonly form: 'sealed';
      readonly outer: JsonValue;
      readonly problem: string;
      /** Of a form that the documents have, but the client's key does not fit it. */
      readonly isForAnotherKey?: boolean;
    };

/** Where a profile says that an answer's code and message stand, JSON pointers (RFC 6901); nothing: wherever allowed. */
export interface EnvelopePointers {
  readonly code?: string;
  readonly message?: string;
}

/** `application/json` or any `+json`, whatever its parameters. */
export function isJsonType(type: string | undefined): boolean {
  return /^\s*application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(type ?? '');
}

/** What an answer came with, as it may be written down. A code is shown when it looks like one: else it may be anything. */
export function answeredWith(status: number, code: JsonValue | undefined): Answered {
  return typeof code === 'string' && /^\d{3}_\d{3}$/.test(code) ? { status, code } : { status };
}
