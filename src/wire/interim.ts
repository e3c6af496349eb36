import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';

/**
 * A connector whose connections may bear a `100 Continue` that nobody asked for: a client has to ignore it (RFC 9110,
 * section 15.2), and undici ends the connection instead, though it ignores every other interim response. So it gets
 * to see a `102 Processing`, which is one digit away and means as little.
 */
export function ignoringContinue(connect: buildConnector.connector): buildConnector.connector {
  return (options, callback) => {
    connect(options, (...[error, socket]) => {
      if (error !== null) return callback(error, null);
      rewriteContinue(socket);
      callback(null, socket);
    });
  };
}

const headOfContinue = Buffer.from('HTTP/1.1 100');
const classDigit = headOfContinue.length - 3;
const lastDigit = headOfContinue.length - 1;
const blankLine = Buffer.from('\r\n\r\n');

/**
 * Watches what is read for heads of responses. A request that is written means that a head comes next: requests are
 * never pipelined, and each is written in one turn.
 */
function rewriteContinue(socket: Socket): void {
  /** Bytes of a status line seen so far, as long as it may still be that of an interim response. */
  let seen: number | undefined;
  /** Bytes of the blank line seen at the end of an interim response; undefined outside of one. */
  let ending: number | undefined;

  socket.write = new Proxy(socket.write, {
    apply(write, self, given) {
      seen = 0;
      ending = undefined;
      return Reflect.apply(write, self, given);
    },
  });

  socket.read = new Proxy(socket.read, {
    apply(read, self, given) {
      const bytes: unknown = Reflect.apply(read, self, given);
      if (bytes instanceof Uint8Array) watch(bytes);
      return bytes;
    },
  });

  function watch(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length && (seen !== undefined || ending !== undefined); at += 1) {
      const byte = bytes[at];
      if (ending !== undefined) {
        ending = byte === blankLine[ending] ? ending + 1 : byte === blankLine[0] ? 1 : 0;
        if (ending === blankLine.length) {
          ending = undefined;
          seen = 0;
        }
        continue;
      }
      if (seen === undefined) continue;
      if (byte === headOfContinue[seen]) {
        if (seen === lastDigit) bytes[at] = '2'.charCodeAt(0);
        seen += 1;
      } else {
        // Past its first digit it is an interim response all the same, and a head comes behind it.
        if (seen > classDigit) ending = 0;
        seen = undefined;
      }
      if (seen === headOfContinue.length) {
        ending = 0;
        seen = undefined;
      }
    }
  }
}
