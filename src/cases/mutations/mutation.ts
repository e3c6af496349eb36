import type { KeyObject } from 'node:crypto';
import type { JsonValue } from '../../json/json.ts';
import type { SentRequest } from '../../wire/exchange.ts';
import type { GoodMessage } from '../../wire/forge-jwe.ts';
import type { TokenParts } from '../../wire/tran-token.ts';

/**
 * A part in which a request can differ from its control, the same request as its page wants it.
 *
 * `member`: of the body before encryption, by JSON pointer. `repeated member`: one is there twice. `plain text`: the
 * body before encryption in any other way. `recipient`: whom the body is encrypted for. `encryption`: it is not
 * encrypted. `protected header` to `authentication tag`: the parts of a JWE. `body`: its bytes on their way, beyond all
 * that.
 */
export type Part =
  | 'method'
  | 'path'
  | 'query'
  | 'case of header names'
  | 'order of headers'
  | `header ${string}`
  | `member ${string}`
  | 'repeated member'
  | 'plain text'
  | 'recipient'
  | 'encryption'
  | `protected header ${string}`
  | 'encrypted key'
  | 'initialization vector'
  | 'ciphertext'
  | 'authentication tag'
  | 'body';

/** What is known of a request while its cases are made. */
export interface Known {
  readonly body: JsonValue | undefined;
  readonly credentials: { readonly accessKey: string } | undefined;
}

interface Described {
  readonly name: string;
  /** What it does, in a few words: the title of its case. */
  readonly title: string;
  /**
   * Each part in which the request then differs. All others stay, or follow from these: the ciphertext from the plain
   * text, the token from the body. Checked before anything is sent.
   */
  readonly breaks: readonly [Part, ...Part[]];
  /** Why there is nothing that it could change, if so: its case is not testable, for this reason. */
  readonly vacuous?: (known: Known) => string | undefined;
}

/** What a mutation is applied to, and what it makes of that; everything made later follows. In the order of making. */
interface Steps {
  /** The body as it is prepared. Applied when the case is made. */
  readonly body: (body: JsonValue) => JsonValue;
  /** Its JSON text, before encryption. */
  readonly plaintext: (text: string, body: JsonValue) => string;
  /** The key to encrypt for. */
  readonly recipient: () => KeyObject;
  /** The encrypted message; it makes the bytes of the body. */
  readonly message: (good: GoodMessage) => Uint8Array | Promise<Uint8Array>;
  /** The bytes of the body, before the signature. */
  readonly payload: (bytes: Uint8Array) => Uint8Array;
  /** What the token is made from; it makes the token. */
  readonly token: (parts: TokenParts) => string;
  /** The whole request, signed. */
  readonly request: (request: SentRequest) => SentRequest;
}

/** One way to change a request: what it is called, what it breaks, and how it is applied. Pure but for fresh keys. */
export type Mutation = Described &
  { [At in keyof Steps]: { readonly at: At; readonly apply: Steps[At] } }[keyof Steps];

/** The headers that a mutation breaks, by name. */
export function brokenHeaders(mutation: Mutation | undefined): readonly string[] {
  return mutation?.breaks.flatMap((part) => /^header (.*)$/.exec(part)?.slice(1) ?? []) ?? [];
}
