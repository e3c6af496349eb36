import type { FastifyReply } from 'fastify';
import type { WireAnswer } from './stages.ts';

/**
 * The stage of sending. It writes to Node's response itself: Fastify would put all header names in lower case and
 * merge repeated ones.
 */
export function send(
  { status, headers, body, chunked = false, delay = 0, lost = false }: WireAnswer,
  reply: FastifyReply,
): void {
  reply.hijack();
  const write = () => {
    if (lost) {
      reply.raw.destroy();
      return;
    }
    const framing = chunked ? [] : ['Content-Length', String(body.length)];
    reply.raw.writeHead(status, [...headers.flat(), ...framing]);
    reply.raw.end(body);
  };
  if (delay === 0) write();
  else {
    const timer = setTimeout(write, delay);
    reply.raw.once('close', () => clearTimeout(timer));
  }
}
