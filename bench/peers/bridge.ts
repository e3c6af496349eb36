import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Api, Platform } from '../../src/contract/model.ts';
import { isJsonObject, JsonSyntaxError, type JsonValue, parseJson } from '../../src/json/json.ts';
import type { Profile } from '../../src/target/profile.ts';
import { createHttpClient, type HttpClient } from '../../src/wire/client.ts';
import { writtenTime } from '../../src/wire/clock.ts';
import type { RawHeader, ReceivedResponse } from '../../src/wire/exchange.ts';
import { pairHeaders } from '../../src/wire/headers.ts';
import {
  decryptMessage,
  type Encryption,
  encryptMessage,
  JweError,
  readJwe,
  wrapJwe,
} from '../../src/wire/jwe.ts';
import { type Signing, tranToken } from '../../src/wire/tran-token.ts';

/**
 * What a peer sends as X-KM-Tran-Token when it wants a right one, which it can't compute: a token in its form whose
 * signature is nothing but the letter A. Every other value, and none, is passed on as it is.
 */
export const tokenToSign = `KMV1:20250101000000000:${'A'.repeat(43)}`;

/**
 * The exact bytes of the body in base64, from a client whose way to the bridge leads through a proxy that writes JSON
 * anew with numbers of 53 bits (Prism).
 */
export const exactBodyHeader = 'x-bridge-exact-body';

/** With the value `none` the body is sent as it is, though the page documents encryption. */
export const encryptionHeader = 'x-bridge-encryption';

/** Milliseconds. */
const deadline = 10_000;

const framing = [
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'content-encoding',
  'keep-alive',
  'expect',
  'upgrade',
  exactBodyHeader,
  encryptionHeader,
];

/** A proxy on this machine that encrypts, signs and decrypts for tools that can't, and judges nothing. */
export interface Bridge {
  /** Without the prefix of the APIs; stays while the upstream changes. */
  readonly url: string;
  /** Where requests go from now on: a base URL with the prefix. */
  lead(baseUrl: string): void;
  close(): Promise<void>;
}

/**
 * Starts a bridge. Requests come in plain form: the body is encrypted where the page documents that, a
 * {@link tokenToSign} is replaced by the token of the bytes that are sent. In answers an `encData` that opens is replaced
 * by the text of its message, to the byte; where the page documents no encryption a message that is all there is takes
 * the place of the body. Everything else is passed on: status, headers, bodies that don't open, broken connections.
 */
export async function openBridge(given: {
  readonly apis: readonly Api[];
  readonly platform: Platform;
  readonly profile: Profile;
  /** The path at which the APIs begin. */
  readonly prefix: string;
}): Promise<Bridge> {
  const client = createHttpClient({ maxResponseSize: given.profile.maxResponseBytes });
  let upstream: string | undefined;
  const server = createServer((request, response) => {
    void pass(request, response, { ...given, client, upstream }).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    lead(baseUrl) {
      upstream = baseUrl;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await client.close();
    },
  };
}

async function pass(
  request: IncomingMessage,
  response: ServerResponse,
  given: {
    readonly apis: readonly Api[];
    readonly platform: Platform;
    readonly profile: Profile;
    readonly prefix: string;
    readonly client: HttpClient;
    readonly upstream: string | undefined;
  },
): Promise<void> {
  const { apis, platform, profile, prefix, client, upstream } = given;
  const { headers: names, signing, encryption } = platform;
  const target = request.url ?? '';
  if (upstream === undefined || !target.startsWith(prefix)) throw new Error('the bridge leads nowhere');
  const path = target.slice(prefix.length);
  const api = apis.find((one) => one.path === path.split('?')[0]);
  const plain = await bodyOf(request);
  const body =
    api?.request.body.encrypted === true && request.headers[encryptionHeader] !== 'none'
      ? wrapJwe(
          await encryptMessage(plain, {
            publicKey: profile.credentials.serverPublicKey,
            alg: encryption.alg,
            enc: profile.wire.contentEncryption,
          }),
          encryption,
        )
      : plain;
  const headers = pairHeaders(request.rawHeaders)
    .filter(([name]) => !framing.includes(name.toLowerCase()))
    .map(
      (header): RawHeader =>
        isTokenToSign(header, names.tranToken) ? [header[0], tokenOf(body, profile, signing)] : header,
    );
  const exchange = await client.send(
    { method: request.method ?? 'POST', url: upstream + path, headers, body },
    { deadline },
  );
  if (!exchange.outcome.ok) {
    response.destroy();
    return;
  }
  const { status, headers: received } = exchange.outcome.response;
  const documented = api?.responses.find((one) => one.status === status)?.body.encrypted === true;
  const opened = await openAnswer(exchange.outcome.response, profile, { encryption, documented });
  response.sendDate = false;
  response.writeHead(status, [
    ...received.filter(([name]) => !framing.includes(name.toLowerCase())).flat(),
    'Content-Length',
    String(opened.length),
  ]);
  response.end(opened);
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) if (chunk instanceof Uint8Array) chunks.push(chunk);
  const exact = request.headers[exactBodyHeader];
  return typeof exact === 'string' ? Buffer.from(exact, 'base64') : Buffer.concat(chunks);
}

function isTokenToSign([name, value]: RawHeader, header: string): boolean {
  return name.toLowerCase() === header.toLowerCase() && value === tokenToSign;
}

function tokenOf(body: Uint8Array, { credentials, wire, timeZone }: Profile, signing: Signing): string {
  return tranToken({
    signing,
    secretKey: credentials.secretKey,
    body,
    time: writtenTime(signing.time, new Date(), timeZone),
    padding: wire.tokenPadding,
  });
}

/** The body as it is handed on; as it came when there is nothing that opens. */
async function openAnswer(
  { body }: ReceivedResponse,
  { credentials }: Profile,
  { encryption, documented }: { readonly encryption: Encryption; readonly documented: boolean },
): Promise<Uint8Array> {
  const outer = jsonOf(body);
  const jwe = outer === undefined ? undefined : readJwe(outer, encryption);
  if (jwe === undefined) return body;
  try {
    const { plaintext } = await decryptMessage(jwe, credentials.clientPrivateKey, encryption);
    if (jsonOf(plaintext) === undefined) return body;
    if (!documented && isJsonObject(outer ?? null) && Object.keys(outer ?? {}).length === 1) return plaintext;
    return spliced(Buffer.from(body), `"${jwe}"`, plaintext);
  } catch (error) {
    if (error instanceof JweError) return body;
    throw error;
  }
}

/** The bytes with one text in them replaced; as they are where it does not stand to the letter. */
function spliced(bytes: Buffer, text: string, by: Uint8Array): Uint8Array {
  const at = bytes.indexOf(text);
  return at < 0 ? bytes : Buffer.concat([bytes.subarray(0, at), by, bytes.subarray(at + text.length)]);
}

function jsonOf(bytes: Uint8Array): JsonValue | undefined {
  try {
    return parseJson(bytes, { duplicateKeys: 'last', byteOrderMark: 'ignore' });
  } catch (error) {
    if (error instanceof JsonSyntaxError) return undefined;
    throw error;
  }
}
