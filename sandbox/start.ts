import { isIPv6 } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { contractFolders, loadContract } from '../src/contract/load.ts';
import type { Contract } from '../src/contract/model.ts';
import { type Credentials, makeCredentials } from './credentials.ts';
import { openCredentialsFolder } from './credentials-folder.ts';
import { SandboxError } from './error.ts';
import { profileData } from './profile-data.ts';
import { projectRoot } from './project.ts';
import { createServer, prefix } from './server.ts';
import type { Deviation } from './stages.ts';
import { World } from './world.ts';

export interface SandboxOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** 127.0.0.1 unless told: nobody else's machine. */
  readonly host?: string;
  /** The clock, milliseconds since the epoch; the machine's unless told. */
  readonly now?: () => number;
  /** Milliseconds for each of the two steps of a registration; 300. */
  readonly registrationMs?: number;
  readonly deviation?: Deviation;
  /** Made anew unless given; many sandboxes may share theirs, since RSA keys take time. */
  readonly credentials?: Credentials;
  /** Where the credentials are written for clients; a fresh private folder unless told. */
  readonly folder?: string;
  /** The project's own unless given; loading takes time. */
  readonly contract?: Contract;
}

export interface Sandbox {
  /** With the prefix, without a slash at its end. */
  readonly url: string;
  readonly credentials: Credentials;
  /** A complete profile for `--target`. */
  readonly profilePath: string;
  /** The same as environment variables. */
  readonly envPath: string;
  /** Whether it listens on a loopback address alone: no other machine can reach it. */
  readonly isPrivate: boolean;
  /** Ends all connections and removes the credentials. May be called again. */
  close(): Promise<void>;
  /** Removes the credentials at once; for the last moment of a process, when nothing can be waited for. */
  removeCredentials(): void;
}

/**
 * Starts an embedded target with a world of its own, ready when the promise resolves.
 *
 * @throws {SandboxError} a taken port, a host that is not this machine, a folder for credentials that can't be used
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { port = 0, host = '127.0.0.1', now = Date.now, registrationMs = 300, deviation = {} } = options;
  const contract = options.contract ?? loadContract(contractFolders(projectRoot));
  const folder = openCredentialsFolder(options.folder);
  let server: FastifyInstance | undefined;
  try {
    const credentials = options.credentials ?? (await makeCredentials());
    const world = new World({ clock: now, registrationMs });
    const listening = createServer({ contract, credentials, world, deviation });
    server = listening;
    await listening.listen({ port, host });
    const address = listening.server.address();
    const bound = typeof address === 'object' && address !== null ? address : { address: host, port };
    const url = urlOf(host, bound.port);
    folder.write(credentials, url, profileData(contract));
    return {
      url,
      credentials,
      profilePath: folder.profile,
      envPath: folder.env,
      isPrivate: /^(?:127\.|::1$|::ffff:127\.)/.test(bound.address),
      async close() {
        folder.remove();
        await listening.close();
      },
      removeCredentials: folder.remove,
    };
  } catch (error) {
    folder.remove();
    await server?.close();
    throw listenError(error, port, host) ?? error;
  }
}

function urlOf(host: string, port: number): string {
  // A wildcard is no address to connect to.
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${isIPv6(reachable) ? `[${reachable}]` : reachable}:${port}${prefix}`;
}

function listenError(error: unknown, port: number, host: string): SandboxError | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'EADDRINUSE':
      return new SandboxError(
        `port ${port} is taken on ${host}; end what listens there, or leave --port out to get a free one`,
      );
    case 'EACCES':
      return new SandboxError(`port ${port} may not be used without more rights; take one above 1023`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new SandboxError(`"${host}" is not an address of this machine; use 127.0.0.1`);
    default:
      return undefined;
  }
}
