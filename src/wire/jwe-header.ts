import { getMember, isJsonObject, type JsonObject, type JsonValue, parseJson } from '../json/json.ts';

export interface JweHeader {
  readonly alg: string;
  readonly enc: string;
  readonly kid?: string;
}

export type JweErrorKind = 'not-five-parts' | 'bad-header' | 'algorithm-not-accepted' | 'decryption-failed';

/** A message that is no acceptable JWE. One line; holds nothing of the plaintext or of a key. */
export class JweError extends Error {
  override readonly name = 'JweError';
  readonly kind: JweErrorKind;

  constructor(kind: JweErrorKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

/**
 * The protected header of a compact JWE, unverified and undecrypted, whatever its algorithms: for reports. A JweError
 * `not-five-parts` or `bad-header` where there is none.
 */
export function inspectJwe(jwe: string): JweHeader {
  return namedHeader(readHeader(jwe));
}

/** Every parameter of the protected header. A JweError as above. */
export function readHeader(jwe: string): JsonObject {
  const parts = jwe.split('.');
  if (parts.length !== 5) {
    throw new JweError('not-five-parts', `expected 5 parts divided by dots, found ${parts.length}`);
  }
  if (!parts.every((part) => /^[A-Za-z0-9_-]*$/.test(part))) {
    throw new JweError('not-five-parts', 'expected 5 parts in base64url without padding');
  }
  let header: JsonValue;
  try {
    header = parseJson(Buffer.from(parts[0] ?? '', 'base64url'));
  } catch {
    throw new JweError('bad-header', 'the JWE header is not JSON');
  }
  if (!isJsonObject(header)) throw new JweError('bad-header', 'the JWE header is not a JSON object');
  return header;
}

/** Those of its parameters that are always there. A JweError `bad-header` where they are not. */
export function namedHeader(parameters: JsonObject): JweHeader {
  const [alg, enc, kid] = ['alg', 'enc', 'kid'].map((name) => getMember(parameters, name));
  if (typeof alg !== 'string' || typeof enc !== 'string') {
    throw new JweError('bad-header', 'the JWE header needs alg and enc, both strings');
  }
  if (kid === undefined) return { alg, enc };
  if (typeof kid !== 'string') throw new JweError('bad-header', 'kid in the JWE header must be a string');
  return { alg, enc, kid };
}
