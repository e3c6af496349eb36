import { connect, createServer, type Server, type Socket } from 'node:net';

/** What becomes of one request on its way to a target. */
export type Fate =
  /** It goes on, so many milliseconds later. */
  | { readonly is: 'passed'; readonly after?: number }
  /** The connection ends before the target hears of it: reset, or closed in good order. */
  | { readonly is: 'dropped'; readonly how: 'reset' | 'end' }
  /** The target gets it, and the connection is reset when it answers. */
  | { readonly is: 'unheard' }
  /** The target gets it, and half of the answer comes. */
  | { readonly is: 'cut' }
  /** Nothing ever comes of it. */
  | { readonly is: 'swallowed' }
  /** An answer begins, and goes on a byte at a time, so many milliseconds apart, for ever. */
  | { readonly is: 'dripped'; readonly every: number }
  /** The target does not hear of it, and this comes instead, as it stands. */
  | { readonly is: 'answered'; readonly with: string };

/** One request as it comes by. */
export interface Passing {
  /** From 1, of all. */
  readonly nth: number;
  /** From 1, on its connection. */
  readonly onConnection: number;
  readonly path: string;
}

/** Something that stands between the suite and a target, on loopback. */
export interface Between {
  /** The base URL to use in place of the target's. */
  readonly url: string;
  /** When each request came, in milliseconds since the epoch. */
  readonly seen: readonly { readonly path: string; readonly at: number }[];
  /** How many requests were on their way at once, at most. */
  readonly mostAtOnce: () => number;
  /** Nobody listens any more, and every connection is reset. */
  readonly die: () => void;
  /** The other way round. */
  readonly comeBack: () => Promise<void>;
  readonly close: () => void;
}

export const passed: Fate = { is: 'passed' };

/** @param fateOf is asked for each request, when it is there in full */
export async function standBetween(targetUrl: string, fateOf: (passing: Passing) => Fate): Promise<Between> {
  const target = new URL(targetUrl);
  const sockets = new Set<Socket>();
  const seen: { path: string; at: number }[] = [];
  const onTheirWay = new Set<Socket>();
  let most = 0;
  const hears = (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => {
      sockets.delete(socket);
      onTheirWay.delete(socket);
    });
    socket.on('error', () => undefined);
    carry(socket, Number(target.port || 80), target.hostname, {
      comes(path, onConnection) {
        seen.push({ path, at: Date.now() });
        onTheirWay.add(socket);
        most = Math.max(most, onTheirWay.size);
        return fateOf({ nth: seen.length, onConnection, path });
      },
      answered: () => onTheirWay.delete(socket),
    });
  };
  let server = await listening(hears, 0);
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  const { port } = address;
  const die = () => {
    server.close();
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    url: `http://127.0.0.1:${port}${target.pathname}`.replace(/\/$/, ''),
    seen,
    mostAtOnce: () => most,
    die,
    async comeBack() {
      server = await listening(hears, port);
    },
    close: die,
  };
}

function listening(hears: (socket: Socket) => void, port: number): Promise<Server> {
  const server = createServer(hears);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

/** Carries the requests of one connection, each as it stands; requests are never pipelined. */
function carry(
  socket: Socket,
  port: number,
  host: string,
  told: {
    readonly comes: (path: string, onConnection: number) => Fate;
    readonly answered: () => void;
  },
): void {
  const onward = connect(port, host);
  let heard = Buffer.alloc(0);
  let count = 0;
  let fate: Fate = passed;
  onward.on('error', () => socket.destroy());
  onward.on('close', () => socket.end());
  socket.on('close', () => onward.destroy());
  onward.on('data', (bytes) => {
    told.answered();
    if (fate.is === 'unheard') socket.resetAndDestroy();
    else if (fate.is === 'cut') socket.end(bytes.subarray(0, bytes.length / 2));
    else socket.write(bytes);
  });
  socket.on('data', (bytes) => {
    heard = Buffer.concat([heard, bytes]);
    const end = requestEnd(heard);
    if (end === undefined) return;
    const request = heard.subarray(0, end);
    heard = heard.subarray(end);
    count += 1;
    fate = told.comes(/ (\S+) HTTP/.exec(request.toString('latin1'))?.[1] ?? '', count);
    meet(fate, { socket, onward, request });
  });
}

function meet(
  fate: Fate,
  { socket, onward, request }: { readonly socket: Socket; readonly onward: Socket; readonly request: Buffer },
): void {
  switch (fate.is) {
    case 'passed':
      if (fate.after === undefined) onward.write(request);
      else setTimeout(() => onward.write(request), fate.after);
      return;
    case 'unheard':
    case 'cut':
      onward.write(request);
      return;
    case 'dropped':
      if (fate.how === 'end') socket.end();
      else socket.resetAndDestroy();
      return;
    case 'swallowed':
      return;
    case 'answered':
      socket.write(fate.with);
      return;
    case 'dripped': {
      socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n');
      const drip = () => socket.destroyed || socket.write(' ', () => setTimeout(drip, fate.every));
      drip();
    }
  }
}

function requestEnd(heard: Buffer): number | undefined {
  const head = heard.indexOf('\r\n\r\n');
  if (head < 0) return undefined;
  const length = /\r\ncontent-length: *(\d+)/i.exec(heard.subarray(0, head).toString('latin1'))?.[1];
  const end = head + 4 + Number(length ?? 0);
  return heard.length >= end ? end : undefined;
}
