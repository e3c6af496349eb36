import assert from 'node:assert/strict';
import { createServer as createHttpServer } from 'node:http';
import { connect, createServer as createNetServer, type Socket } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { createServer as createTlsServer } from 'node:tls';
import { createHttpClient, type HttpClientOptions } from '../../src/wire/client.ts';
import type { Exchange } from '../../src/wire/exchange.ts';
import { makeCertificate } from './certificate.ts';
import { listen, listenRaw } from './servers.ts';

const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';

/** A proxy that knows CONNECT and notes what it is asked; `status` other than 200 refuses. */
async function startProxy(t: TestContext, status = 200) {
  const asked: { target: string; authorization: string | undefined }[] = [];
  const server = createHttpServer((_request, response) => response.writeHead(500).end());
  server.on('connect', (request, client: Socket) => {
    asked.push({ target: request.url ?? '', authorization: request.headers['proxy-authorization'] });
    if (status !== 200) return client.end(`HTTP/1.1 ${status} No\r\n\r\n`);
    const { hostname, port } = new URL(`http://${request.url}`);
    const target = connect(Number(port || 80), hostname, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      target.pipe(client).pipe(target);
    });
    target.on('error', () => client.destroy());
    client.on('error', () => target.destroy());
    t.after(() => target.destroy());
    return client;
  });
  return { ...(await listen(t, server)), asked };
}

async function send(
  t: TestContext,
  url: string,
  options: HttpClientOptions,
  deadline = 5000,
): Promise<Exchange> {
  const client = createHttpClient(options);
  t.after(() => client.close());
  const headers = [
    ['X-A', '1'],
    ['X-A', '2'],
  ] as const;
  return client.send({ method: 'POST', url, headers, body: Buffer.from('{}') }, { deadline });
}

/** The status, or the kind of failure. */
function outcome({ outcome: result }: Exchange): number | string {
  return result.ok ? result.response.status : result.failure.kind;
}

describe('a proxy', () => {
  it('is asked for a tunnel, with its credentials, and the target hears neither', async (t) => {
    let heard = '';
    const target = await listenRaw(t, (socket, request) => {
      heard = request;
      socket.write(OK);
    });
    const proxy = await startProxy(t);
    const exchange = await send(t, target.url, { proxy: `http://user:p%40ss@127.0.0.1:${proxy.port}` });
    assert.equal(outcome(exchange), 200);
    const authorization = `Basic ${Buffer.from('user:p@ss').toString('base64')}`;
    assert.deepEqual(proxy.asked, [{ target: `127.0.0.1:${target.port}`, authorization }]);
    assert.doesNotMatch(heard, /proxy-|Basic/i);
    assert.match(heard, /X-A: 1\r\nX-A: 2\r\n/);
  });

  it('gets no authorization where its URL has no credentials; its tunnel is used again', async (t) => {
    const target = await listenRaw(t, (socket) => socket.write(OK));
    const proxy = await startProxy(t);
    const client = createHttpClient({ proxy: proxy.url });
    t.after(() => client.close());
    const request = { method: 'GET', url: target.url, headers: [], body: new Uint8Array() };
    for (let index = 0; index < 2; index += 1)
      assert.equal(outcome(await client.send(request, { deadline: 5000 })), 200);
    assert.deepEqual(proxy.asked, [{ target: `127.0.0.1:${target.port}`, authorization: undefined }]);
    assert.equal(target.sockets.length, 1);
  });

  it('carries TLS that ends at the target', async (t) => {
    const made = makeCertificate();
    if (made === undefined) return t.skip('openssl is not here to make a certificate');
    const server = createTlsServer(made, (socket) =>
      socket.on('error', () => {}).on('data', () => socket.write(OK)),
    );
    const target = await listen(t, server, 'https');
    const proxy = (await startProxy(t)).url;
    assert.equal(outcome(await send(t, target.url, { proxy, tls: { ca: made.cert } })), 200);
    assert.equal(outcome(await send(t, target.url, { proxy })), 'tls');
  });

  it('is named as the cause of its own trouble, without its credentials', async (t) => {
    const target = await listenRaw(t, (socket) => socket.write(OK));
    const gone = await listen(
      t,
      createNetServer((socket) => socket.destroy()),
    );
    const babbling = await listen(
      t,
      createNetServer((socket) => socket.end('SSH-2.0\r\n')),
    );
    const denying = await startProxy(t, 407);
    for (const { port } of [gone, babbling, denying, { port: 1 }]) {
      const exchange = await send(t, target.url, { proxy: `http://user:secret@127.0.0.1:${port}` });
      assert.equal(outcome(exchange), 'proxy', `port ${port}`);
      assert.doesNotMatch(JSON.stringify(exchange), /secret|Basic|user/);
    }
    assert.equal(target.sockets.length, 0);
  });

  it('that is mute ends at the deadline, and closing does not wait for it', async (t) => {
    const mute = await listen(t, createNetServer());
    const exchange = await send(t, 'http://127.0.0.1:9/', { proxy: mute.url }, 100);
    assert.equal(outcome(exchange), 'timeout');
  });

  it('must be an http URL; the error does not repeat it', () => {
    for (const proxy of ['user:secret@host', 'socks5://user:secret@host', 'http://user:secret%@host', '']) {
      assert.throws(
        () => createHttpClient({ proxy }),
        (error) => error instanceof TypeError && !/secret/.test(JSON.stringify(error) + error.message),
      );
    }
  });
});
