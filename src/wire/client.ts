import { X509Certificate } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { createSecureContext } from 'node:tls';
import { Agent, buildConnector, type Dispatcher } from 'undici';
import { decodeBody } from './content-encoding.ts';
import type { Exchange, RawHeader, ReceivedResponse, SentRequest, TransportFailure } from './exchange.ts';
import { transportFailure } from './failure.ts';
import { headerValues, pairHeaders } from './headers.ts';
import { ignoringContinue } from './interim.ts';
import { proxyTunnel } from './proxy.ts';
import { ConnectionUse } from './reuse.ts';

export interface TlsOptions {
  /** PEM certificates to trust instead of the built-in ones. */
  readonly ca?: string;
  /** The client's certificate and key, PEM, for mutual TLS. */
  readonly cert?: string;
  readonly key?: string;
  /** The name to ask for and to check, where it is not the URL's host. */
  readonly servername?: string;
  /** DANGER: false accepts any certificate, so anyone on the way can read the access key. Only by an explicit wish. */
  readonly rejectUnauthorized?: false;
}

export interface HttpClientOptions {
  readonly tls?: TlsOptions;
  /** An http or https proxy, reached by CONNECT; may hold `user:password@`. The environment is not consulted. */
  readonly proxy?: string;
  /** Connections to one origin at most; 4. Further requests wait, and their deadline runs. */
  readonly connections?: number;
  /** Milliseconds a connection may idle and still be used again; 1000. 0: a connection for every request. */
  readonly idleTimeout?: number;
  /** Milliseconds to connect, TLS included; 10000. The deadline of a request may come first. */
  readonly connectTimeout?: number;
  /** Bytes of a response body at most, as sent and as decoded; 4 MiB. */
  readonly maxResponseSize?: number;
  /** Bytes of a response's headers at most; 16 KiB. */
  readonly maxHeaderSize?: number;
}

export interface HttpClient {
  /**
   * Sends one request and waits for the whole answer, `deadline` milliseconds at most in total. Whatever happens on
   * the way is an outcome; only a request that can't be sent as given is thrown, as a TypeError, before anything is sent,
   * and the reason of `signal` as soon as it aborts.
   */
  send(
    request: SentRequest,
    options: { readonly deadline: number; readonly signal?: AbortSignal },
  ): Promise<Exchange>;
  /** Ends all connections; requests under way fail. */
  close(): Promise<void>;
}

const OWN_HEADERS = [
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'keep-alive',
  'upgrade',
  'expect',
  'proxy-authorization',
];

type Outcome = Exchange['outcome'];

/**
 * An HTTP/1.1 client that adds and hides as little as possible: header names keep their case, repeats stay apart,
 * bytes stay bytes, no redirect is followed, no cookie kept, nothing taken from the environment. The recorded request
 * is the one given, plus `accept-encoding: identity` unless it names another; `host`, `connection` and
 * `content-length` are framing, written by undici, and neither accepted nor recorded.
 *
 * No request is ever repeated: most of the platform's are not idempotent, and one that was lost may have been obeyed
 * (RFC 9110, section 9.2.2). Against a server that ends idle connections this client ends them earlier: after
 * `idleTimeout`, or a second before the server's `Keep-Alive` hint, whichever comes first; undici also looks for a
 * pending end before it writes. What remains is reported as `reset` on an idle connection; `idleTimeout: 0` rules it out.
 */
export function createHttpClient(options: HttpClientOptions = {}): HttpClient {
  const { connections = 4, idleTimeout = 1000, connectTimeout = 10_000 } = options;
  const { maxResponseSize = 4 * 1024 * 1024, maxHeaderSize = 16 * 1024 } = options;
  const tls = checkTls(options.tls ?? {});
  const direct = buildConnector({ ...tls, timeout: connectTimeout });
  const tunnel =
    options.proxy === undefined ? undefined : proxyTunnel(options.proxy, direct, { connectTimeout });
  const use = new ConnectionUse();
  const agent = new Agent({
    connect: ignoringContinue(use.watching(tunnel?.connect ?? direct)),
    connections,
    pipelining: idleTimeout === 0 ? 0 : 1,
    keepAliveTimeout: Math.max(idleTimeout, 1),
    // A server's hint may shorten the time, never prolong it.
    keepAliveMaxTimeout: Math.max(idleTimeout, 1),
    keepAliveTimeoutThreshold: 1000,
    maxResponseSize,
    maxHeaderSize,
    // The one clock is the deadline of the exchange: these two only watch gaps, and let a slow drip pass.
    headersTimeout: 0,
    bodyTimeout: 0,
  });

  let closed = false;

  return {
    async send(request, { deadline, signal }) {
      const { sent, url } = prepare(request, deadline);
      if (closed) throw new Error('the HTTP client is closed');
      signal?.throwIfAborted();
      const startedAt = Date.now();
      const start = performance.now();
      const raw = await within(deadline, signal, url.origin, (ended) =>
        receive({ agent, use }, sent, url, ended),
      );
      const duration = performance.now() - start;
      const outcome = raw.ok ? await decode(raw.response, maxResponseSize) : raw;
      return { request: sent, outcome, startedAt, duration };
    },
    async close() {
      closed = true;
      await agent.destroy();
      await tunnel?.close();
    },
  };
}

/** Races against the deadline: undici heeds an abort only on a connection, this covers connecting and queueing too. */
async function within(
  deadline: number,
  stop: AbortSignal | undefined,
  origin: string,
  run: (signal: AbortSignal) => Promise<Outcome>,
): Promise<Outcome> {
  const abort = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<Outcome>((resolve) => {
    timer = setTimeout(() => {
      resolve(failed({ kind: 'timeout', message: `${origin}: no complete answer within ${deadline} ms` }));
      abort.abort();
    }, deadline);
  });
  let stopped = () => {};
  const stopping = new Promise<Outcome>((_, reject) => {
    stopped = () => {
      reject(stop?.reason);
      abort.abort();
    };
  });
  stop?.addEventListener('abort', stopped);
  try {
    return await Promise.race([stopping, expired, run(abort.signal)]);
  } finally {
    clearTimeout(timer);
    stop?.removeEventListener('abort', stopped);
  }
}

async function receive(
  { agent, use }: { readonly agent: Agent; readonly use: ConnectionUse },
  sent: SentRequest,
  url: URL,
  signal: AbortSignal,
): Promise<Outcome> {
  let answering = false;
  try {
    const data = await agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: sent.method,
      headers: sent.headers.flat(),
      body: sent.body,
      signal,
      responseHeaders: 'raw',
    });
    answering = true;
    const chunks: Uint8Array[] = [];
    for await (const chunk of data.body) chunks.push(chunk);
    // undici frees the connection one turn later; a caller that goes on at once would open a second one.
    await setImmediate();
    const response = { status: data.statusCode, headers: rawHeaders(data), body: Buffer.concat(chunks) };
    return { ok: true, response };
  } catch (error) {
    const failure = transportFailure(error, url.origin, answering);
    if (failure === undefined) throw error;
    const isIdle = failure.kind === 'reset' && use.wasIdle(error);
    return failed(isIdle ? { ...failure, idleConnection: true } : failure);
  }
}

/** With `responseHeaders: 'raw'` undici gives a flat list, though its types still say an object. */
function rawHeaders({ headers }: Dispatcher.ResponseData): RawHeader[] {
  const raw: unknown = headers;
  if (!Array.isArray(raw)) throw new Error('undici gave no raw headers; is it version 7?');
  return pairHeaders(raw.map(String));
}

async function decode(response: ReceivedResponse, limit: number): Promise<Outcome> {
  const decoded = await decodeBody(
    response.body,
    headerValues(response.headers, 'content-encoding').join(','),
    limit,
  );
  return decoded.ok ? { ok: true, response: { ...response, body: decoded.body } } : decoded;
}

function failed(failure: TransportFailure): Outcome {
  return { ok: false, failure };
}

/** Checks a request as far as it could not be sent as given. Errors name the header, never its value. */
function prepare(request: SentRequest, deadline: number): { sent: SentRequest; url: URL } {
  if (!(deadline > 0 && deadline <= 2 ** 31 - 1)) {
    throw new TypeError('the deadline must be between 1 and 2147483647 ms');
  }
  if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(request.method) || request.method.toUpperCase() === 'CONNECT') {
    throw new TypeError('the method must be an HTTP token other than CONNECT, such as POST');
  }
  const url = URL.canParse(request.url) ? new URL(request.url) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new TypeError('the URL must be absolute, http or https, without credentials');
  }
  for (const [name, value] of request.headers) {
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) {
      throw new TypeError(`header name ${JSON.stringify(name)} is not a token (RFC 9110, section 5.1)`);
    }
    if (OWN_HEADERS.includes(name.toLowerCase())) {
      throw new TypeError(`header ${name} is set by the HTTP client`);
    }
    if (/[^\t\x20-\x7e\x80-\xff]/.test(value)) {
      throw new TypeError(
        `the value of header ${name} has a line break, a control character or one beyond Latin-1`,
      );
    }
  }
  const asked = headerValues(request.headers, 'accept-encoding').length > 0;
  const headers: RawHeader[] = asked
    ? [...request.headers]
    : [...request.headers, ['accept-encoding', 'identity']];
  url.hash = '';
  return { sent: { method: request.method, url: url.href, headers, body: request.body }, url };
}

/** What undici's connector is to be given; a certificate or key that can't be read is a TypeError now, not a failure later. */
function checkTls(options: TlsOptions): buildConnector.BuildOptions {
  const { ca, cert, key, servername, rejectUnauthorized = true } = options;
  if ((cert === undefined) !== (key === undefined)) {
    throw new TypeError('TLS: a client certificate and its key come together');
  }
  const material = { ...(ca === undefined ? {} : { ca }), ...(cert === undefined ? {} : { cert, key }) };
  try {
    if (ca !== undefined) new X509Certificate(ca);
    createSecureContext(material);
  } catch {
    throw new TypeError(
      'TLS: the CA, the client certificate or its key is not the PEM it should be, or they do not match',
    );
  }
  // Always said, so that NODE_TLS_REJECT_UNAUTHORIZED in the environment can't turn the check off.
  return { ...material, rejectUnauthorized, ...(servername === undefined ? {} : { servername }) };
}
