import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw, type ZlibOptions } from 'node:zlib';
import type { TransportFailure } from './exchange.ts';

type Decoder = (bytes: Uint8Array, options: Pick<ZlibOptions, 'maxOutputLength'>) => Promise<Buffer>;

const decodeZlib: Decoder = promisify(inflate);
const decodeRaw: Decoder = promisify(inflateRaw);

/** "deflate" means zlib (RFC 9110, section 8.4.1.2); some servers send bare deflate under that name. */
const decodeDeflate: Decoder = (bytes, options) => {
  const [first = 0, second = 0] = bytes;
  const isZlib = (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0;
  return (isZlib ? decodeZlib : decodeRaw)(bytes, options);
};

const decodeGzip: Decoder = promisify(gunzip);

const DECODERS: ReadonlyMap<string, Decoder> = new Map([
  ['gzip', decodeGzip],
  ['x-gzip', decodeGzip],
  ['deflate', decodeDeflate],
  ['br', promisify(brotliDecompress)],
]);
const MOST_CODINGS = 3;

export type Decoded =
  | { readonly ok: true; readonly body: Uint8Array }
  | { readonly ok: false; readonly failure: TransportFailure };

/**
 * Undoes a body's content codings, the last one first (RFC 9110, section 8.4). No step may give more than `limit`
 * bytes. An empty body has nothing to decode, whatever the header says.
 */
export async function decodeBody(body: Uint8Array, contentEncoding: string, limit: number): Promise<Decoded> {
  const codings = contentEncoding
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
  if (body.length === 0) return { ok: true, body };
  if (codings.length > MOST_CODINGS) return failed('protocol', `more than ${MOST_CODINGS} content codings`);
  let bytes = body;
  for (const coding of codings.reverse()) {
    const decode = DECODERS.get(coding);
    if (decode === undefined) {
      const known = [...DECODERS.keys()].join(', ');
      return failed('protocol', `the body has a content coding that is none of ${known}`);
    }
    try {
      bytes = await decode(bytes, { maxOutputLength: limit });
    } catch (error) {
      const tooLarge = error instanceof RangeError;
      return tooLarge
        ? failed('too-large', `the body, decoded from ${coding}, is larger than ${limit} bytes`)
        : failed('protocol', `the body does not decode from ${coding}`);
    }
  }
  return { ok: true, body: bytes };
}

function failed(kind: 'protocol' | 'too-large', message: string): Decoded {
  return { ok: false, failure: { kind, message } };
}
