import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import type { Socket } from 'node:net';
import { createServer as createNetServer } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { createHttpClient, type HttpClientOptions } from '../../src/wire/client.ts';
import type { Exchange, ReceivedResponse, SentRequest, TransportFailure } from '../../src/wire/exchange.ts';
import { listen, listenRaw } from './servers.ts';

const DEADLINE = { deadline: 5000 };
const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';

function clientFor(t: TestContext, options: HttpClientOptions = {}) {
  const client = createHttpClient(options);
  t.after(() => client.close());
  return client;
}

function post(url: string, more: Partial<SentRequest> = {}): SentRequest {
  return { method: 'POST', url, headers: [], body: Buffer.from('{}'), ...more };
}

function answered(exchange: Exchange): ReceivedResponse {
  assert.ok(exchange.outcome.ok, exchange.outcome.ok ? '' : exchange.outcome.failure.message);
  return exchange.outcome.response;
}

function failure(exchange: Exchange): TransportFailure {
  assert.ok(!exchange.outcome.ok);
  assert.doesNotMatch(exchange.outcome.failure.message, /\n/);
  return exchange.outcome.failure;
}

/** What a client makes of an answer written byte for byte; `end` closes the connection behind it. */
async function exchangeWith(
  t: TestContext,
  bytes: string | Uint8Array,
  options: HttpClientOptions & { end?: boolean } = {},
) {
  const server = await listenRaw(t, (socket) => {
    if (options.end) socket.end(bytes);
    else socket.write(bytes);
  });
  return clientFor(t, options).send(post(server.url), DEADLINE);
}

describe('what is sent', () => {
  it('keeps the case, order and repeats of headers, adds accept-encoding and framing, and records it so', async (t) => {
    let heard = '';
    const server = await listenRaw(t, (socket, request) => {
      heard = request;
      socket.write(OK);
    });
    const headers = [
      ['X-KM-Access-Key', 'a'],
      ['x-km-access-key', 'b'],
      ['X-Latin', 'é'],
      ['X-KM-Access-Key', 'c'],
    ] as const;
    const exchange = await clientFor(t).send(post(`${server.url}p?q=%20#f`, { headers }), DEADLINE);
    answered(exchange);
    assert.equal(
      heard,
      `POST /p?q=%20 HTTP/1.1\r\nhost: 127.0.0.1:${server.port}\r\nconnection: keep-alive\r\n` +
        'X-KM-Access-Key: a\r\nx-km-access-key: b\r\nX-Latin: é\r\nX-KM-Access-Key: c\r\n' +
        'accept-encoding: identity\r\ncontent-length: 2\r\n\r\n{}',
    );
    assert.deepEqual(exchange.request.headers, [...headers, ['accept-encoding', 'identity']]);
    assert.equal(exchange.request.url, `${server.url}p?q=%20`);
  });

  it('may be a GET, an empty body, any bytes, without a content type', async (t) => {
    const heard: string[] = [];
    const server = await listenRaw(t, (socket, request) => {
      heard.push(request);
      socket.write(OK);
    });
    const client = clientFor(t);
    answered(await client.send(post(server.url, { method: 'GET', body: new Uint8Array() }), DEADLINE));
    answered(await client.send(post(server.url, { body: new Uint8Array() }), DEADLINE));
    answered(await client.send(post(server.url, { body: Uint8Array.of(0, 0xff, 0x0a) }), DEADLINE));
    assert.match(heard[0] ?? '', /^GET (?!.*content-length).*\r\n\r\n$/s);
    assert.match(heard[1] ?? '', /^POST .*content-length: 0\r\n\r\n$/s);
    assert.match(heard[2] ?? '', /content-length: 3\r\n\r\n\0\xff\n$/s);
    assert.doesNotMatch(heard.join(''), /content-type/i);
  });

  it('keeps an accept-encoding of the caller', async (t) => {
    let heard = '';
    const server = await listenRaw(t, (socket, request) => {
      heard = request;
      socket.write(OK);
    });
    await clientFor(t).send(post(server.url, { headers: [['Accept-Encoding', 'gzip']] }), DEADLINE);
    assert.deepEqual(heard.match(/accept-encoding: .*/gi), ['Accept-Encoding: gzip']);
  });

  it('is refused before anything is sent where it could not be sent as given', async (t) => {
    const server = await listenRaw(t, (socket) => socket.write(OK));
    const client = clientFor(t);
    const secret = 'secret-value';
    for (const more of [
      { headers: [['X-A', `${secret}\r\nX-B: 1`]] },
      { headers: [['X-A', `${secret}\0`]] },
      { headers: [['X-A', `${secret} 가`]] },
      { headers: [['X A', secret]] },
      { headers: [['', secret]] },
      { headers: [['Content-Length', secret]] },
      { headers: [['Host', secret]] },
      { method: 'CONNECT' },
      { method: 'PO ST' },
      { url: '/relative' },
      { url: 'ftp://localhost/' },
      { url: `http://user:${secret}@127.0.0.1:${server.port}/` },
    ] satisfies Partial<SentRequest>[]) {
      await assert.rejects(client.send(post(server.url, more), DEADLINE), (error) => {
        assert.ok(error instanceof TypeError, String(error));
        assert.ok(!error.message.includes(secret));
        return true;
      });
    }
    await assert.rejects(client.send(post(server.url), { deadline: 0 }), TypeError);
    await assert.rejects(client.send(post(server.url), { deadline: Number.NaN }), TypeError);
    assert.equal(server.sockets.length, 0);
    answered(await client.send(post(server.url, { headers: [['X-A', 'tab\tand é']] }), DEADLINE));
  });

  it('is refused once the client is closed', async () => {
    const client = createHttpClient();
    await client.close();
    await assert.rejects(client.send(post('http://127.0.0.1:9/'), DEADLINE), /closed/);
  });
});

describe('what is received', () => {
  it('keeps status, names, case, repeats and bytes', async (t) => {
    const head =
      'HTTP/1.1 400 Odd\r\nX-KM-Correlation-Id: 1\r\nx-km-correlation-id: 2\r\nSet-Cookie: a\r\nContent-Length: 3\r\n\r\n';
    const bytes = Buffer.concat([Buffer.from(head), Uint8Array.of(0, 0xff, 0x0d)]);
    const exchange = await exchangeWith(t, bytes);
    const response = answered(exchange);
    assert.equal(response.status, 400);
    assert.deepEqual(response.headers, [
      ['X-KM-Correlation-Id', '1'],
      ['x-km-correlation-id', '2'],
      ['Set-Cookie', 'a'],
      ['Content-Length', '3'],
    ]);
    assert.deepEqual([...response.body], [0, 0xff, 0x0d]);
    assert.ok(exchange.duration > 0 && exchange.duration < 5000);
    assert.ok(Math.abs(Date.now() - exchange.startedAt) < 5000);
  });

  it('may be a 204, a 1xx before the answer, chunks, or end with the connection', async (t) => {
    assert.equal(answered(await exchangeWith(t, 'HTTP/1.1 204 No Content\r\n\r\n')).body.length, 0);
    const early = `HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n${OK}`;
    assert.equal(answered(await exchangeWith(t, early)).status, 200);
    const chunked = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n';
    assert.equal(Buffer.from(answered(await exchangeWith(t, chunked)).body).toString(), 'ok');
    const bare = await exchangeWith(t, 'HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nok', { end: true });
    assert.equal(Buffer.from(answered(bare).body).toString(), 'ok');
  });

  it('may have any interim responses before it, however they are cut', async (t) => {
    const go = 'HTTP/1.1 100 Continue\r\n\r\n';
    const hints = 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n';
    for (const early of [go, go + go, hints + go, go + hints + go]) {
      assert.equal(answered(await exchangeWith(t, early + OK)).status, 200, early);
    }
    const server = await listenRaw(t, (socket) => {
      socket.setNoDelay();
      // One byte after another, so that no two of them come together.
      const bytes = [...Buffer.from(go + hints + OK)];
      const next = () => {
        const byte = bytes.shift();
        if (byte !== undefined) socket.write(Uint8Array.of(byte), () => setImmediate(next));
      };
      next();
    });
    assert.equal(answered(await clientFor(t).send(post(server.url), DEADLINE)).status, 200);
  });

  it('keeps a body that reads like an interim response, on a connection that is used again', async (t) => {
    const text = 'HTTP/1.1 100 Continue\r\n\r\n';
    const server = await listenRaw(t, (socket) => {
      socket.write(`${text}HTTP/1.1 200 OK\r\ncontent-length: ${text.length}\r\n\r\n`);
      setImmediate(() => socket.write(text));
    });
    const client = clientFor(t);
    for (let count = 0; count < 3; count += 1) {
      const { body } = answered(await client.send(post(server.url), DEADLINE));
      assert.equal(Buffer.from(body).toString(), text);
    }
    assert.equal(server.sockets.length, 1);
  });

  it('is a redirect as it is: the other host hears nothing', async (t) => {
    const elsewhere = await listenRaw(t, (socket) => socket.write(OK));
    const redirect = `HTTP/1.1 302 Found\r\nlocation: ${elsewhere.url}\r\ncontent-length: 0\r\n\r\n`;
    const response = answered(await exchangeWith(t, redirect));
    assert.equal(response.status, 302);
    assert.deepEqual(response.headers[0], ['location', elsewhere.url]);
    assert.equal(elsewhere.sockets.length, 0);
  });

  it('is decoded from its content coding', async (t) => {
    const plain = Buffer.from('{"a":1}');
    const codings = {
      gzip: gzipSync(plain),
      'X-GZIP': gzipSync(plain),
      deflate: deflateSync(plain),
      ' Deflate ': deflateRawSync(plain),
      br: brotliCompressSync(plain),
      'gzip, identity, br': brotliCompressSync(gzipSync(plain)),
    };
    for (const [coding, bytes] of Object.entries(codings)) {
      const head = `HTTP/1.1 200 OK\r\ncontent-encoding: ${coding}\r\ncontent-length: ${bytes.length}\r\n\r\n`;
      const response = answered(await exchangeWith(t, Buffer.concat([Buffer.from(head), bytes])));
      assert.equal(Buffer.from(response.body).toString(), '{"a":1}', coding);
    }
    const none = 'HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 0\r\n\r\n';
    assert.equal(answered(await exchangeWith(t, none)).body.length, 0);
  });
});

describe('what goes wrong', () => {
  it('refused: nobody listens', async (t) => {
    const server = createNetServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    assert.ok(address !== null && typeof address !== 'string');
    server.close();
    await once(server, 'close');
    for (const host of ['127.0.0.1', 'localhost']) {
      const url = `http://${host}:${address.port}/secret-path`;
      const { kind, message } = failure(await clientFor(t).send(post(url), DEADLINE));
      assert.equal(kind, 'refused');
      assert.match(message, /ECONNREFUSED/);
      assert.ok(!message.includes('secret-path'));
    }
  });

  it('dns: the name does not resolve', async (t) => {
    // A label of 64 characters is no DNS name (RFC 1035), so that no resolver need be asked.
    const exchange = await clientFor(t).send(post(`http://${'a'.repeat(64)}.invalid/`), DEADLINE);
    assert.equal(failure(exchange).kind, 'dns');
  });

  it('timeout: a mute server', async (t) => {
    const server = await listen(t, createNetServer());
    const exchange = await clientFor(t).send(post(server.url), { deadline: 100 });
    assert.equal(failure(exchange).kind, 'timeout');
    assert.ok(exchange.duration >= 99 && exchange.duration < 2000);
  });

  it('timeout: a slow drip, of headers or of a body', async (t) => {
    for (const start of ['HTTP/1.1 200 OK\r\nx-drip: ', 'HTTP/1.1 200 OK\r\ncontent-length: 99999\r\n\r\n']) {
      const server = await listenRaw(t, (socket) => {
        socket.write(start);
        const drip = setInterval(() => socket.write('x'), 10);
        socket.on('close', () => clearInterval(drip));
      });
      const exchange = await clientFor(t).send(post(server.url), { deadline: 150 });
      assert.equal(failure(exchange).kind, 'timeout');
      assert.ok(exchange.duration < 2000);
    }
  });

  it('timeout: waiting for a free connection; the request is never sent', async (t) => {
    let heard = 0;
    const server = await listenRaw(t, () => {
      heard += 1;
    });
    const client = clientFor(t, { connections: 1 });
    const [first, second] = await Promise.all([
      client.send(post(server.url), { deadline: 300 }),
      client.send(post(server.url), { deadline: 50 }),
    ]);
    assert.equal(failure(first).kind, 'timeout');
    assert.equal(failure(second).kind, 'timeout');
    assert.ok(second.duration < first.duration);
    assert.equal(heard, 1);
  });

  it('timeout, but not by a hair: an answer before the deadline', async (t) => {
    const server = await listenRaw(t, (socket) => setTimeout(() => socket.write(OK), 60));
    answered(await clientFor(t).send(post(server.url), { deadline: 3000 }));
  });

  it('too-large: the body, by one byte', async (t) => {
    const body = (length: number) =>
      `HTTP/1.1 200 OK\r\ncontent-length: ${length}\r\n\r\n${'x'.repeat(length)}`;
    assert.equal(answered(await exchangeWith(t, body(1000), { maxResponseSize: 1000 })).body.length, 1000);
    assert.equal(failure(await exchangeWith(t, body(1001), { maxResponseSize: 1000 })).kind, 'too-large');
  });

  it('too-large: a body without an end is left, and its connection closed', async (t) => {
    const chunk = Buffer.alloc(1024 * 1024, 'x');
    let closed: Promise<unknown> = Promise.resolve();
    const server = await listenRaw(t, (socket) => {
      closed = new Promise((resolve) => socket.on('close', resolve));
      socket.write('HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n');
      const more = () => {
        if (!socket.destroyed) socket.write(chunk, () => setImmediate(more));
      };
      more();
    });
    assert.equal(failure(await clientFor(t).send(post(server.url), DEADLINE)).kind, 'too-large');
    await closed;
  });

  it('too-large: headers', async (t) => {
    const head = (length: number) =>
      `HTTP/1.1 200 OK\r\nx: ${'x'.repeat(length)}\r\ncontent-length: 0\r\n\r\n`;
    assert.equal(answered(await exchangeWith(t, head(900), { maxHeaderSize: 1000 })).status, 200);
    assert.equal(failure(await exchangeWith(t, head(1000), { maxHeaderSize: 1000 })).kind, 'too-large');
  });

  it('too-large: a gzip bomb, by one byte', async (t) => {
    const bomb = (length: number) => {
      const bytes = gzipSync(Buffer.alloc(length));
      const head = `HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ${bytes.length}\r\n\r\n`;
      return Buffer.concat([Buffer.from(head), bytes]);
    };
    const limit = 4 * 1024 * 1024;
    assert.equal(answered(await exchangeWith(t, bomb(limit))).body.length, limit);
    assert.equal(failure(await exchangeWith(t, bomb(limit + 1))).kind, 'too-large');
    assert.equal(failure(await exchangeWith(t, bomb(50_000_000))).kind, 'too-large');
  });

  it('protocol: bytes that are not HTTP', async (t) => {
    for (const bytes of [
      'SSH-2.0-OpenSSH\r\n',
      '\x15\x03\x01\x00\x02\x02\x16',
      'HTTP/1.1 abc\r\n\r\n',
      'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      'HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\n',
      'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
    ]) {
      assert.equal(failure(await exchangeWith(t, bytes)).kind, 'protocol', JSON.stringify(bytes));
    }
  });

  it('protocol: a content coding that is unknown, or does not decode', async (t) => {
    const coded = (coding: string) =>
      `HTTP/1.1 200 OK\r\ncontent-encoding: ${coding}\r\ncontent-length: 2\r\n\r\nok`;
    for (const coding of ['gzip', 'br', 'deflate', 'zstd', 'gzip,gzip,gzip,gzip']) {
      assert.equal(failure(await exchangeWith(t, coded(coding))).kind, 'protocol', coding);
    }
    assert.equal(answered(await exchangeWith(t, coded('identity'))).status, 200);
  });

  it('reset: the connection ends before or within the answer', async (t) => {
    for (const bytes of [
      '',
      'HTTP/1.1 200 OK\r\nx: y',
      'HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nok',
      'HTTP/1.1 200 OK\r\ncontent-length: 3\r\nconnection: close\r\n\r\nok',
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n',
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n2\r\nok\r\n',
    ]) {
      assert.equal(failure(await exchangeWith(t, bytes, { end: true })).kind, 'reset', JSON.stringify(bytes));
    }
    const server = await listenRaw(t, (socket) => socket.resetAndDestroy());
    assert.equal(failure(await clientFor(t).send(post(server.url), DEADLINE)).kind, 'reset');
  });

  it('reset: the client is closed under way', async (t) => {
    const client = clientFor(t);
    const server = await listenRaw(t, () => void client.close());
    assert.equal(failure(await client.send(post(server.url), DEADLINE)).kind, 'reset');
  });
});

describe('a signal', () => {
  it('that has aborted keeps the request from being sent; one that aborts behind the answer changes nothing', async (t) => {
    let heard = 0;
    const server = await listenRaw(t, (socket) => {
      heard += 1;
      socket.write(OK);
    });
    const client = clientFor(t);
    const reason = new Error('stopped');
    await assert.rejects(
      client.send(post(server.url), { ...DEADLINE, signal: AbortSignal.abort(reason) }),
      reason,
    );
    assert.equal(heard, 0);
    const controller = new AbortController();
    const exchange = await client.send(post(server.url), { ...DEADLINE, signal: controller.signal });
    controller.abort(reason);
    assert.equal(answered(exchange).status, 200);
  });

  it('that aborts while an answer is waited for rejects with its reason and ends the connection', async (t) => {
    const controller = new AbortController();
    const reason = new Error('stopped');
    const ended: Promise<unknown>[] = [];
    const server = await listenRaw(t, (socket) => {
      ended.push(once(socket, 'close'));
      controller.abort(reason);
    });
    await assert.rejects(
      clientFor(t).send(post(server.url), { deadline: 60_000, signal: controller.signal }),
      reason,
    );
    await Promise.all(ended);
    assert.equal(ended.length, 1);
  });
});

describe('connections', () => {
  it('are used again, and never more than allowed', async (t) => {
    const server = await listenRaw(t, (socket) => socket.write(OK));
    const client = clientFor(t, { connections: 2 });
    for (let index = 0; index < 3; index += 1) answered(await client.send(post(server.url), DEADLINE));
    assert.equal(server.sockets.length, 1);
    await Promise.all(Array.from({ length: 8 }, () => client.send(post(server.url), DEADLINE)));
    assert.equal(server.sockets.length, 2);
  });

  it('are new for each request with idleTimeout 0', async (t) => {
    const heard: string[] = [];
    const server = await listenRaw(t, (socket, request) => {
      heard.push(request);
      socket.write(OK);
    });
    const client = clientFor(t, { idleTimeout: 0 });
    for (let index = 0; index < 2; index += 1) answered(await client.send(post(server.url), DEADLINE));
    assert.equal(server.sockets.length, 2);
    assert.match(heard.join(), /connection: close.*connection: close/s);
  });

  it('are left once they have idled, also where the server would keep them longer', async (t) => {
    const answer = OK.replace('\r\n\r\n', '\r\nkeep-alive: timeout=60\r\n\r\n');
    const server = await listenRaw(t, (socket) => socket.write(answer));
    const client = clientFor(t, { idleTimeout: 30 });
    answered(await client.send(post(server.url), DEADLINE));
    await once(server.sockets[0] ?? assert.fail(), 'close', { signal: AbortSignal.timeout(5000) });
    answered(await client.send(post(server.url), DEADLINE));
    assert.equal(server.sockets.length, 2);
  });

  it("heed a server's hint that it ends them within a second", async (t) => {
    for (const [hint, connections] of [
      [1, 2],
      [60, 1],
    ] as const) {
      const answer = OK.replace('\r\n\r\n', `\r\nkeep-alive: timeout=${hint}\r\n\r\n`);
      const server = await listenRaw(t, (socket) => socket.write(answer));
      const client = clientFor(t);
      for (let index = 0; index < 2; index += 1) answered(await client.send(post(server.url), DEADLINE));
      assert.equal(server.sockets.length, connections, `timeout=${hint}`);
    }
  });

  it('that the server has ended while idle do no harm', async (t) => {
    const server = await listenRaw(t, (socket) => socket.end(OK));
    const client = clientFor(t);
    for (let index = 0; index < 3; index += 1) answered(await client.send(post(server.url), DEADLINE));
    assert.equal(server.sockets.length, 3);
  });

  it('that the server ends on the next request give a reset, and the request is not repeated', async (t) => {
    const server = await listenRaw(t, (socket, _request, count) => {
      if (count === 1) socket.write(OK);
      else socket.destroy();
    });
    let requests = 0;
    const client = clientFor(t);
    answered(await client.send(post(server.url), DEADLINE));
    server.sockets[0]?.on('data', () => {
      requests += 1;
    });
    assert.equal(failure(await client.send(post(server.url), DEADLINE)).kind, 'reset');
    assert.equal(server.sockets.length, 1);
    assert.equal(requests, 1);
  });

  it('that end under a request are told as idle ones only without a byte of its answer, and only when they have served before', async (t) => {
    const ends: readonly [string, (socket: Socket) => unknown, boolean][] = [
      ['destroyed', (socket) => socket.destroy(), true],
      ['reset', (socket) => socket.resetAndDestroy(), true],
      ['ended', (socket) => socket.end(), true],
      ['within the answer', (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-le'), false],
    ];
    for (const [name, end, isIdle] of ends) {
      const server = await listenRaw(t, (socket, _request, count) => {
        if (count === 1) socket.write(OK);
        else end(socket);
      });
      const client = clientFor(t);
      answered(await client.send(post(server.url), DEADLINE));
      const large = post(server.url, { body: Buffer.alloc(200_000, 'x') });
      assert.equal(failure(await client.send(large, DEADLINE)).idleConnection, isIdle || undefined, name);
      assert.equal(server.sockets.length, 1, name);
      // The next one has a connection of its own.
      assert.equal(failure(await client.send(post(server.url), DEADLINE)).idleConnection, undefined, name);
    }
  });

  it('live without the global dispatcher and leave the process free to end', async (t) => {
    const server = await listen(
      t,
      createHttpServer((_request, response) => response.end('ok')),
    );
    const client = createHttpClient();
    answered(await client.send(post(server.url), DEADLINE));
    await client.close();
    const socket = server.sockets[0] ?? assert.fail();
    if (!socket.destroyed) await once(socket, 'close');
    assert.ok(socket.destroyed);
  });
});
