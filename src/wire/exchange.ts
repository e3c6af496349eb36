/** One header as it stood on the wire: the name keeps its case, repeated headers stay apart. */
export type RawHeader = readonly [name: string, value: string];

/** A request exactly as sent. `target` is the absolute URL. */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly RawHeader[];
  readonly body: Uint8Array;
}

/** A response exactly as received; `body` is decoded from its content encoding, otherwise untouched. */
export interface ReceivedResponse {
  readonly status: number;
  readonly headers: readonly RawHeader[];
  readonly body: Uint8Array;
}

/**
 * Why no usable answer came: a failure of transport, never a statement about a documented promise.
 * `refused` and `dns`, `tls` happen before anything was exchanged; `timeout` is the total deadline of the
 * exchange; `reset` a connection lost midway; `too-large` the size limit; `protocol` bytes that are not HTTP
 * (or a content encoding that does not decode).
 */
export type TransportFailureKind =
  | 'refused'
  | 'dns'
  | 'tls'
  | 'timeout'
  | 'reset'
  | 'too-large'
  | 'protocol'
  | 'proxy';

export interface TransportFailure {
  readonly kind: TransportFailureKind;
  /** One line for a person; holds no header, body or credential. */
  readonly message: string;
  /** Of the error that was met, such as `ECONNREFUSED`, if there was one. */
  readonly code?: string;
  /** The connection had served before and ended without a byte of this answer, as servers end idle ones. */
  readonly idleConnection?: true;
}

/** One request as sent and what came back: a response, or the reason why there is none. */
export interface Exchange {
  readonly request: SentRequest;
  readonly outcome:
    | { readonly ok: true; readonly response: ReceivedResponse }
    | { readonly ok: false; readonly failure: TransportFailure };
  /** Wall clock, milliseconds since the epoch, when the request was sent. */
  readonly startedAt: number;
  /** Milliseconds from sending to the last byte of the answer, or to the failure. */
  readonly duration: number;
}
