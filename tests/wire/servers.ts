import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { TestContext } from 'node:test';

export interface TestServer {
  readonly port: number;
  readonly url: string;
  /** Every connection so far, ended ones included. */
  readonly sockets: readonly Socket[];
}

/** Lets a server listen on a free port of loopback until the test ends; then it and its connections are closed. */
export async function listen(t: TestContext, server: Server, scheme = 'http'): Promise<TestServer> {
  const sockets: Socket[] = [];
  server.on('connection', (socket: Socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port, url: `${scheme}://127.0.0.1:${address.port}/`, sockets };
}

/** A server that hears the head and body of each request, in full, and writes what it likes. */
export function listenRaw(
  t: TestContext,
  answer: (socket: Socket, request: string, count: number) => void,
): Promise<TestServer> {
  let count = 0;
  const server = createServer((socket) => {
    let heard = '';
    socket.on('data', (bytes) => {
      heard += bytes.toString('latin1');
      for (let end = requestEnd(heard); end !== undefined; end = requestEnd(heard)) {
        count += 1;
        answer(socket, heard.slice(0, end), count);
        heard = heard.slice(end);
      }
    });
  });
  return listen(t, server);
}

function requestEnd(heard: string): number | undefined {
  const head = heard.indexOf('\r\n\r\n');
  if (head < 0) return undefined;
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(heard.slice(0, head))?.[1] ?? 0);
  const end = head + 4 + length;
  return heard.length >= end ? end : undefined;
}
