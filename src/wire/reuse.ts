import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';

/** What a connection was used for. */
interface Use {
  /** How many requests were written on it. */
  requests: number;
  /** Whether anything came back for the last of them. */
  answered: boolean;
}

/**
 * Knows of each connection whether it has served before. A server ends idle ones when it likes, and one that ends just
 * when the next request is written loses that, though there is nothing wrong with either.
 */
export class ConnectionUse {
  readonly #byPort = new Map<number, Use>();
  readonly #byError = new WeakMap<object, Use>();

  /** A connector whose connections are watched. */
  watching(connect: buildConnector.connector): buildConnector.connector {
    return (options, callback) => {
      connect(options, (...[error, socket]) => {
        if (error !== null) return callback(error, null);
        this.#watch(socket);
        callback(null, socket);
      });
    };
  }

  /** Whether an error ended a connection that had served before, without a byte of the answer to its last request. */
  wasIdle(error: unknown): boolean {
    const use = this.#useOf(error);
    return use !== undefined && use.requests > 1 && !use.answered;
  }

  #useOf(error: unknown): Use | undefined {
    if (typeof error !== 'object' || error === null) return undefined;
    const known = this.#byError.get(error);
    if (known) return known;
    // undici describes the socket in its own errors, which the socket itself never had.
    const socket: unknown = 'socket' in error ? error.socket : undefined;
    if (typeof socket !== 'object' || socket === null || !('localPort' in socket)) return undefined;
    return typeof socket.localPort === 'number' ? this.#byPort.get(socket.localPort) : undefined;
  }

  #watch(socket: Socket): void {
    const use: Use = { requests: 0, answered: true };
    const { localPort } = socket;
    if (localPort !== undefined) this.#byPort.set(localPort, use);
    socket.on('error', (error) => this.#byError.set(error, use));
    socket.once('close', () => {
      // Whoever is told of the end asks in a later turn; the port may be another connection's by then.
      setTimeout(() => {
        if (localPort !== undefined && this.#byPort.get(localPort) === use) this.#byPort.delete(localPort);
      }, 1000).unref();
    });
    socket.write = new Proxy(socket.write, {
      apply(write, self, given) {
        // A request is written in several pieces, and nothing is read between them.
        if (use.answered) use.requests += 1;
        use.answered = false;
        return Reflect.apply(write, self, given);
      },
    });
    socket.read = new Proxy(socket.read, {
      apply(read, self, given) {
        const bytes: unknown = Reflect.apply(read, self, given);
        if (bytes instanceof Uint8Array && bytes.length > 0) use.answered = true;
        return bytes;
      },
    });
  }
}
