import { Socket } from 'node:net';
import { type buildConnector, Client } from 'undici';
import { errorCode, ProxyFailure } from './failure.ts';

export interface ProxyTunnel {
  readonly connect: buildConnector.connector;
  close(): Promise<void>;
}

/**
 * Reaches targets through an HTTP proxy by CONNECT (RFC 9110, section 9.3.6), https and http alike, so that the
 * proxy neither reads nor changes an exchange. `secure` makes the TLS connection inside the tunnel.
 *
 * undici's ProxyAgent is not used: it merges repeated request headers, and its errors do not tell the proxy's
 * trouble from the target's. The URL may hold credentials; they are sent to the proxy and appear in no error.
 */
export function proxyTunnel(
  proxyUrl: string,
  secure: buildConnector.connector,
  options: { readonly connectTimeout: number },
): ProxyTunnel {
  const { origin, authorization } = parseProxyUrl(proxyUrl);
  const clients = new Set<Client>();

  const connect: buildConnector.connector = (target, callback) => {
    // A CONNECT takes its connection over, so each tunnel has a client of its own.
    const client = new Client(origin, {
      // Always said, as for the target.
      connect: { timeout: options.connectTimeout, rejectUnauthorized: true },
      headersTimeout: options.connectTimeout,
    });
    clients.add(client);
    openTunnel(client, target, authorization).then(
      (socket) => {
        socket.once('close', () => clients.delete(client));
        if (target.protocol === 'https:') secure({ ...target, httpSocket: socket }, callback);
        else callback(null, socket);
      },
      (error: unknown) => {
        clients.delete(client);
        void client.destroy();
        callback(error instanceof ProxyFailure ? error : new ProxyFailure(errorCode(error)), null);
      },
    );
  };

  return {
    connect,
    close: async () => {
      await Promise.all([...clients].map((client) => client.destroy()));
    },
  };
}

async function openTunnel(
  client: Client,
  target: buildConnector.Options,
  authorization: Readonly<Record<string, string>>,
): Promise<Socket> {
  const port = target.port || (target.protocol === 'https:' ? '443' : '80');
  const host = target.hostname.includes(':') ? `[${target.hostname}]` : target.hostname;
  const authority = `${host}:${port}`;
  const { socket, statusCode } = await client.connect({
    path: authority,
    headers: { host: authority, ...authorization },
  });
  if (statusCode === 200 && socket instanceof Socket) return socket;
  socket.on('error', () => {}).destroy();
  throw new ProxyFailure(`it answered CONNECT with status ${statusCode}`);
}

function parseProxyUrl(proxyUrl: string): {
  origin: string;
  authorization: Readonly<Record<string, string>>;
} {
  let url: URL;
  let credentials: string;
  try {
    url = new URL(proxyUrl);
    credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  } catch {
    throw new TypeError(
      'the proxy must be a URL such as http://host:port (a % in a password is written %25)',
    );
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new TypeError(`the proxy must be an http or https URL, not ${url.protocol}`);
  }
  const authorization: Record<string, string> =
    credentials === ':'
      ? {}
      : { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` };
  return { origin: url.origin, authorization };
}
