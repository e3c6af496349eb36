import assert from 'node:assert/strict';
import { createServer, type IncomingMessage } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { encryptionHeader, exactBodyHeader, openBridge, tokenToSign } from '../../../bench/peers/bridge.ts';
import { openStage, type Stage } from '../../../bench/peers/stage.ts';
import { createHttpClient } from '../../../src/wire/client.ts';
import type { RawHeader } from '../../../src/wire/exchange.ts';
import { headerValues, pairHeaders } from '../../../src/wire/headers.ts';
import { decryptMessage, encryptMessage, wrapJwe } from '../../../src/wire/jwe.ts';
import { verifyTranToken } from '../../../src/wire/tran-token.ts';

/** What the server behind the bridge got, and what it answers. */
interface Seen {
  readonly headers: readonly RawHeader[];
  readonly body: Buffer;
}
type Answer =
  | { readonly status: number; readonly headers?: readonly string[]; readonly body: Uint8Array }
  | 'hang up';

let stage: Stage;
before(async () => {
  stage = await openStage();
});

const client = createHttpClient({ idleTimeout: 0 });
after(() => client.close());

async function through(
  answer: Answer,
  request: { readonly api?: string; readonly headers?: readonly RawHeader[]; readonly body?: string },
) {
  let seen: Seen | undefined;
  const server = createServer((incoming, response) => {
    void bytesOf(incoming).then((body) => {
      seen = { headers: pairHeaders(incoming.rawHeaders), body };
      if (answer === 'hang up') incoming.socket.destroy();
      else response.writeHead(answer.status, [...(answer.headers ?? [])]).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const bridge = await openBridge({
    apis: stage.contract.apis,
    platform: stage.contract.platform,
    profile: stage.profile,
    prefix: '/open-api',
  });
  bridge.lead(`http://127.0.0.1:${port}/open-api`);
  try {
    const path = stage.contract.apis.find(({ id }) => id === (request.api ?? 'account-info'))?.path ?? '';
    const exchange = await client.send(
      {
        method: 'POST',
        url: `${bridge.url}/open-api${path}`,
        headers: request.headers ?? [],
        body: Buffer.from(request.body ?? '{}'),
      },
      { deadline: 5000 },
    );
    return { seen, outcome: exchange.outcome };
  } finally {
    await bridge.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

async function bytesOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) if (chunk instanceof Uint8Array) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function sealed(text: string): Promise<string> {
  const { alg } = stage.contract.platform.encryption;
  return encryptMessage(text, { publicKey: stage.credentials.client.publicKey, alg, enc: 'A128GCM' });
}

function textOf(outcome: Awaited<ReturnType<typeof through>>['outcome']): string {
  assert.ok(outcome.ok);
  return Buffer.from(outcome.response.body).toString('utf8');
}

const plainAnswer: Answer = { status: 200, body: Buffer.from('{}') };

describe('a request through the bridge', () => {
  test('is encrypted where the page documents it, to the digit', async () => {
    const body = '{"userId": 9876543210123456789}';
    const { seen } = await through(plainAnswer, { body });
    const jwe = /^\{"encData":"([^"]+)"\}$/.exec(String(seen?.body))?.[1] ?? '';
    const { plaintext } = await decryptMessage(
      jwe,
      stage.credentials.server.privateKey,
      stage.contract.platform.encryption,
    );
    assert.equal(Buffer.from(plaintext).toString('utf8'), body);
  });

  test('is sent as it is when it asks for that', async () => {
    const { seen } = await through(plainAnswer, {
      headers: [[encryptionHeader, 'none']],
      body: '{"userId":1}',
    });
    assert.equal(String(seen?.body), '{"userId":1}');
    assert.deepEqual(headerValues(seen?.headers ?? [], encryptionHeader), []);
  });

  test('is left as it is where the page documents no encryption', async () => {
    const { seen } = await through(plainAnswer, { api: 'ars-inquiry', body: '{ "regNo":1.0 }' });
    assert.equal(String(seen?.body), '{ "regNo":1.0 }');
  });

  test('has its token made over the bytes that are sent when it asks for that', async () => {
    const { seen } = await through(plainAnswer, { headers: [['X-KM-Tran-Token', tokenToSign]] });
    const [token = ''] = headerValues(seen?.headers ?? [], 'X-KM-Tran-Token');
    const { secretKey } = stage.credentials;
    assert.equal(
      verifyTranToken({
        token,
        signing: stage.contract.platform.signing,
        secretKey,
        body: seen?.body ?? Buffer.alloc(0),
      }).ok,
      true,
    );
  });

  test('keeps any other token, and gets none that it does not have', async () => {
    const wrong = tokenToSign.replace(/A$/, 'E');
    const given = await through(plainAnswer, { headers: [['X-KM-Tran-Token', wrong]] });
    assert.deepEqual(headerValues(given.seen?.headers ?? [], 'X-KM-Tran-Token'), [wrong]);
    const none = await through(plainAnswer, {});
    assert.deepEqual(headerValues(none.seen?.headers ?? [], 'X-KM-Tran-Token'), []);
  });

  test('keeps its headers, wrong ones too', async () => {
    const { seen } = await through(plainAnswer, {
      headers: [
        ['X-KM-User-AspId', 'short'],
        ['Content-Type', 'text/plain'],
      ],
    });
    assert.deepEqual(headerValues(seen?.headers ?? [], 'X-KM-User-AspId'), ['short']);
    assert.deepEqual(headerValues(seen?.headers ?? [], 'Content-Type'), ['text/plain']);
    assert.deepEqual(headerValues(seen?.headers ?? [], 'X-KM-Access-Key'), []);
  });

  test('takes the exact bytes of the body from their header', async () => {
    const exact = '{"regNo":9876543210123456789}';
    const { seen } = await through(plainAnswer, {
      api: 'ars-inquiry',
      headers: [[exactBodyHeader, Buffer.from(exact).toString('base64')]],
      body: '{"regNo":9876543210123457000}',
    });
    assert.equal(String(seen?.body), exact);
    assert.deepEqual(headerValues(seen?.headers ?? [], exactBodyHeader), []);
  });
});

describe('an answer through the bridge', () => {
  test('keeps status, headers with their case, and a plain body to the byte', async () => {
    const body = '{ "userId" : 9876543210123456789, "a":1.50 }';
    const { outcome } = await through(
      { status: 418, headers: ['X-kM-Odd', 'a', 'X-kM-Odd', 'b'], body: Buffer.from(body) },
      {},
    );
    assert.ok(outcome.ok);
    assert.equal(outcome.response.status, 418);
    assert.deepEqual(
      outcome.response.headers.filter(([name]) => name === 'X-kM-Odd').map(([, value]) => value),
      ['a', 'b'],
    );
    assert.equal(textOf(outcome), body);
  });

  test('is opened within encData where the page documents encryption', async () => {
    const message = '{ "userId":9876543210123456789 }';
    const body = `{"response":{"code":1.0},"encData":"${await sealed(message)}"}`;
    const { outcome } = await through({ status: 200, body: Buffer.from(body) }, { api: 'linkable-cards' });
    assert.equal(textOf(outcome), `{"response":{"code":1.0},"encData":${message}}`);
  });

  test('stays recognisable as plain where the page documents encryption', async () => {
    const { outcome } = await through(
      { status: 200, body: Buffer.from('{"issuedCardList":[]}') },
      { api: 'linkable-cards' },
    );
    assert.equal(textOf(outcome), '{"issuedCardList":[]}');
  });

  test('is the message where encryption is not documented', async () => {
    const body = wrapJwe(await sealed('{"a": 12345678901234567890}'), stage.contract.platform.encryption);
    assert.equal(textOf((await through({ status: 200, body }, {})).outcome), '{"a": 12345678901234567890}');
  });

  test('that does not open, or opens to no JSON, is passed on raw', async () => {
    const broken = Buffer.from(`{"encData":"${(await sealed('{}')).slice(0, -4)}AAAA"}`);
    assert.equal(
      textOf((await through({ status: 200, body: broken }, { api: 'linkable-cards' })).outcome),
      broken.toString('utf8'),
    );
    const noJson = Buffer.from(wrapJwe(await sealed('{"a":'), stage.contract.platform.encryption));
    assert.equal(textOf((await through({ status: 200, body: noJson }, {})).outcome), noJson.toString('utf8'));
  });

  test('that never comes is none on this side either', async () => {
    const { outcome } = await through('hang up', {});
    assert.equal(outcome.ok, false);
  });
});
