import assert from 'node:assert/strict';
import { createServer as createNetServer } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { createServer as createTlsServer, type TlsOptions as ServerOptions } from 'node:tls';
import { createHttpClient, type TlsOptions } from '../../src/wire/client.ts';
import type { Exchange } from '../../src/wire/exchange.ts';
import { makeCertificate } from './certificate.ts';
import { listen, listenRaw } from './servers.ts';

const made = makeCertificate();
const skip = made === undefined ? 'openssl is not here to make a certificate' : false;
const { cert, key } = made ?? { cert: '', key: '' };
const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';

function listenTls(t: TestContext, options: ServerOptions = {}) {
  const server = createTlsServer({ cert, key, ...options }, (socket) => {
    socket.on('error', () => {});
    socket.on('data', () => socket.write(OK));
  });
  return listen(t, server, 'https');
}

async function send(t: TestContext, url: string, tls: TlsOptions = {}): Promise<Exchange> {
  const client = createHttpClient({ tls });
  t.after(() => client.close());
  return client.send({ method: 'POST', url, headers: [], body: Buffer.from('{}') }, { deadline: 5000 });
}

/** The status, or the kind of failure. */
function outcome({ outcome: result }: Exchange): number | string {
  return result.ok ? result.response.status : result.failure.kind;
}

describe('TLS', { skip }, () => {
  it('refuses an unknown certificate and accepts it with its CA', async (t) => {
    const server = await listenTls(t);
    const refused = await send(t, server.url);
    assert.equal(outcome(refused), 'tls');
    assert.match(refused.outcome.ok ? '' : refused.outcome.failure.message, /DEPTH_ZERO_SELF_SIGNED_CERT/);
    assert.equal(outcome(await send(t, server.url, { ca: cert })), 200);
  });

  it('is not turned off by the environment, only by the loud option', async (t) => {
    const server = await listenTls(t);
    const before = process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    try {
      assert.equal(outcome(await send(t, server.url)), 'tls');
    } finally {
      if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
      else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before;
    }
    assert.equal(outcome(await send(t, server.url, { rejectUnauthorized: false })), 200);
  });

  it('checks the name of the host, or the one given', async (t) => {
    const server = await listenTls(t);
    assert.equal(outcome(await send(t, server.url, { ca: cert, servername: 'localhost' })), 200);
    assert.equal(outcome(await send(t, server.url, { ca: cert, servername: 'other.example' })), 'tls');
  });

  it('shows a client certificate', async (t) => {
    const server = await listenTls(t, { requestCert: true, rejectUnauthorized: true, ca: cert });
    assert.equal(outcome(await send(t, server.url, { ca: cert, cert, key })), 200);
    assert.notEqual(outcome(await send(t, server.url, { ca: cert })), 200);
  });

  it('fails as tls on a server that does not speak it or ends the handshake', async (t) => {
    const plain = await listenRaw(t, () => {});
    const chatty = await listen(
      t,
      createNetServer((socket) => socket.write('220 hello\r\n')),
    );
    const rude = await listen(
      t,
      createNetServer((socket) => socket.once('data', () => socket.end())),
    );
    for (const server of [chatty, rude]) {
      assert.equal(outcome(await send(t, server.url.replace('http:', 'https:'))), 'tls');
    }
    const client = createHttpClient();
    t.after(() => client.close());
    const url = plain.url.replace('http:', 'https:');
    const mute = await client.send(
      { method: 'GET', url, headers: [], body: new Uint8Array() },
      { deadline: 100 },
    );
    assert.equal(outcome(mute), 'timeout');
  });

  it('tells of unusable certificates and keys at once, quoting nothing of them', () => {
    const other = makeCertificate();
    assert.ok(other);
    for (const tls of [
      { ca: 'secret' },
      { cert },
      { key },
      { cert, key: 'secret' },
      { cert: 'secret', key },
      { cert, key: other.key },
    ]) {
      assert.throws(
        () => createHttpClient({ tls }),
        (error) =>
          error instanceof TypeError && /^TLS: /.test(error.message) && !/secret|BEGIN/.test(error.message),
      );
    }
  });
});
