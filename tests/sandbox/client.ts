import assert from 'node:assert/strict';
import { after } from 'node:test';
import type { Credentials } from '../../sandbox/credentials.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/start.ts';
import type { Api } from '../../src/contract/model.ts';
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  parseJson,
  stringifyJson,
} from '../../src/json/json.ts';
import { createHttpClient } from '../../src/wire/client.ts';
import { correlationId, tranTime, writtenTime } from '../../src/wire/clock.ts';
import type { RawHeader } from '../../src/wire/exchange.ts';
import { headerValues } from '../../src/wire/headers.ts';
import { decryptMessage, encryptMessage, readJwe, wrapJwe } from '../../src/wire/jwe.ts';
import { tranToken } from '../../src/wire/tran-token.ts';
import { testCredentials } from '../keys.ts';
import { contract, root } from '../project.ts';

export { contract, root };

const { headers: HEADER, signing, encryption } = contract.platform;
export const credentials: Credentials = await testCredentials();

const http = createHttpClient();
const open: Sandbox[] = [];
after(async () => {
  await http.close();
  await Promise.all(open.map((sandbox) => sandbox.close()));
});

/** A sandbox with the shared keys, closed behind the tests of the file. */
export async function sandboxWith(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ contract, credentials, ...options });
  open.push(sandbox);
  return sandbox;
}

export function apiOf(id: string): Api {
  const api = contract.apis.find((one) => one.id === id);
  assert.ok(api, `no API ${id}`);
  return api;
}

/** What a test makes different from a valid request. */
export interface Change {
  /** Header values by name; undefined leaves one out, a list sends it as often. */
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The business part goes unencrypted, or encrypted, against the documents. */
  readonly encrypted?: boolean;
  /** These bytes in place of the body; they are signed. */
  readonly bytes?: Uint8Array;
  /** Put in after signing. */
  readonly bytesSent?: Uint8Array;
  readonly secretKey?: string;
  readonly padding?: 'padded' | 'unpadded';
  readonly method?: string;
  readonly path?: string;
}

export interface Reply {
  readonly status: number;
  readonly headers: readonly RawHeader[];
  readonly encrypted: boolean;
  readonly text: string;
  /** In plain text. */
  readonly body: JsonObject;
  readonly code: JsonValue | undefined;
  readonly description: JsonValue | undefined;
}

/** Sends a request as a client does, but for the change, and reads the answer. */
export async function call(
  sandbox: Sandbox,
  given: string | Api,
  body: JsonValue,
  change: Change = {},
): Promise<Reply> {
  const api = typeof given === 'string' ? apiOf(given) : given;
  const { server, client } = sandbox.credentials;
  const encrypted = change.encrypted ?? api.request.body.encrypted;
  const plain = Buffer.from(stringifyJson(body));
  const bytes =
    change.bytes ??
    (encrypted
      ? wrapJwe(
          await encryptMessage(plain, {
            publicKey: server.publicKey,
            alg: encryption.alg,
            enc: encryption.encs[0],
          }),
          encryption,
        )
      : plain);
  const now = new Date();
  const headers: Record<string, string | readonly string[] | undefined> = {
    'Content-Type': 'application/json',
    [HEADER.aspId]: sandbox.credentials.aspId,
    [HEADER.correlationId]: correlationId(now, 'KST', Math.random),
    [HEADER.accessKey]: sandbox.credentials.accessKey,
    ...(encrypted && { [HEADER.cryptoKeyId]: sandbox.credentials.cryptoKeyId }),
    [HEADER.tranToken]: tranToken({
      signing,
      secretKey: change.secretKey ?? sandbox.credentials.secretKey,
      body: bytes,
      time: writtenTime(signing.time, now, 'KST'),
      padding: change.padding ?? 'padded',
    }),
    [HEADER.tranTime]: tranTime(now, 'KST'),
    [HEADER.timeZone]: 'KST',
    ...change.headers,
  };
  const exchange = await http.send(
    {
      method: change.method ?? 'POST',
      url: sandbox.url + (change.path ?? api.path),
      headers: Object.entries(headers).flatMap(([name, value]) =>
        (value === undefined ? [] : [value].flat()).map((one): RawHeader => [name, one]),
      ),
      body: change.bytesSent ?? bytes,
    },
    { deadline: 10_000 },
  );
  assert.ok(exchange.outcome.ok, exchange.outcome.ok ? '' : exchange.outcome.failure.message);
  const { status, headers: received, body: raw } = exchange.outcome.response;
  const text = Buffer.from(raw).toString();
  assert.deepEqual(headerValues(received, 'content-type'), ['application/json']);
  const outer = change.method === 'HEAD' ? {} : parseJson(text);
  const jwe = readJwe(outer, encryption);
  const opened =
    jwe === undefined
      ? outer
      : parseJson((await decryptMessage(jwe, client.privateKey, encryption)).plaintext);
  assert.ok(isJsonObject(opened));
  const response = opened.response ?? {};
  assert.ok(isJsonObject(response));
  return {
    status,
    headers: received,
    encrypted: jwe !== undefined,
    text,
    body: opened,
    code: response.code,
    description: response.description,
  };
}
