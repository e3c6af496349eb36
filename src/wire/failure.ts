import type { TransportFailure, TransportFailureKind } from './exchange.ts';

/** The proxy, not the target, is the reason why there is no connection. */
export class ProxyFailure extends Error {
  override readonly name = 'ProxyFailure';
}

/** Errors of undici and node by code (undici: docs/api/Errors.md; node: errors, `util.getSystemErrorMap()`). */
const KINDS: ReadonlyMap<string, TransportFailureKind> = new Map([
  ['ECONNREFUSED', 'refused'],
  ['EHOSTUNREACH', 'refused'],
  ['EHOSTDOWN', 'refused'],
  ['ENETUNREACH', 'refused'],
  ['EADDRNOTAVAIL', 'refused'],
  ['EACCES', 'refused'],
  ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
  ['ETIMEDOUT', 'timeout'],
  ['UND_ERR_RES_EXCEEDED_MAX_SIZE', 'too-large'],
  ['UND_ERR_HEADERS_OVERFLOW', 'too-large'],
  // close() while a request was under way.
  ['UND_ERR_DESTROYED', 'reset'],
  ['EPROTO', 'tls'],
  ['HOSTNAME_MISMATCH', 'tls'],
]);
const PREFIXES: readonly (readonly [RegExp, TransportFailureKind])[] = [
  [/^(?:ENOTFOUND|EAI_)/, 'dns'],
  [/^(?:ERR_TLS_|ERR_SSL_|ERR_OSSL_|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_)/, 'tls'],
];

const ADVICE: Readonly<Record<TransportFailureKind, string>> = {
  refused: 'no connection',
  dns: 'the host name does not resolve',
  tls: 'no TLS connection (with a private CA, give its certificate)',
  timeout: 'no connection in time',
  reset:
    'the connection was lost before the answer was complete; not repeated, since the request may have been obeyed',
  'too-large': 'the answer is larger than the limit',
  protocol: 'the answer is not HTTP/1.1',
  proxy: 'no connection through the proxy',
};

/**
 * Tells what an error of the HTTP layer means, or undefined where it is no trouble of transport but a mistake of ours
 * (an argument undici refuses, an assertion). `answering` is whether response headers had come already. The message
 * is ours: foreign messages may hold URLs with credentials, or several lines.
 */
export function transportFailure(
  error: unknown,
  origin: string,
  answering: boolean,
): TransportFailure | undefined {
  if (error instanceof ProxyFailure) {
    return { kind: 'proxy', message: `${origin}: ${ADVICE.proxy}: ${error.message}` };
  }
  const code = errorCode(error);
  const kind = kindOf(code, error, answering);
  if (kind === undefined) return undefined;
  return { kind, message: `${origin}: ${ADVICE[kind]} (${code})`, code };
}

/** The code of an error, such as ECONNREFUSED, or its class name. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

function kindOf(code: string, error: unknown, answering: boolean): TransportFailureKind | undefined {
  if (!(error instanceof Error)) return undefined;
  // A peer that ends the handshake gives the same code as one that ends an exchange.
  if (error.message.includes('before secure TLS connection')) return 'tls';
  // undici's name for an answer nobody asked for: one without a request, 101 Switching Protocols.
  if (code === 'UND_ERR_SOCKET')
    return /^bad (?:response|upgrade)/.test(error.message) ? 'protocol' : 'reset';
  // undici 7 gives parser errors no code. A body that ends before its last chunk was HTTP so far.
  if (error.name === 'HTTPParserError')
    return error.message.includes('Invalid EOF state') ? 'reset' : 'protocol';
  // Before the headers end it means contradicting lengths, afterwards a body cut short.
  if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') return answering ? 'reset' : 'protocol';
  const kind = KINDS.get(code) ?? PREFIXES.find(([prefix]) => prefix.test(code))?.[1];
  // What the operating system reports without a line above, such as ECONNRESET or EPIPE, ended a connection.
  return kind ?? ('errno' in error ? 'reset' : undefined);
}
