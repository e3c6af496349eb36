import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { Contract } from '../src/contract/model.ts';
import { stringifyJson } from '../src/json/json.ts';
import { pairHeaders } from '../src/wire/headers.ts';
import { answerHeaders } from './answer.ts';
import type { Credentials } from './credentials.ts';
import { type AnswerCode, ownCodes } from './own-codes.ts';
import { respond } from './pipeline.ts';
import { send } from './send.ts';
import type { Deviation } from './stages.ts';
import type { World } from './world.ts';

/** Where the APIs' paths begin. Source: the platform's guide. */
export const prefix = '/open-api';

/** Bytes of a request's body at most. */
const maxBody = 1024 * 1024;

/** The HTTP server of the documented APIs, not listening yet. Whatever comes, it answers with the JSON envelope. */
export function createServer(given: {
  readonly contract: Contract;
  readonly credentials: Credentials;
  readonly world: World;
  readonly deviation: Deviation;
}): FastifyInstance {
  const { world, contract } = given;
  const answerWithout = (code: AnswerCode, request: FastifyRequest, reply: FastifyReply): void => {
    const allow = code === ownCodes.wrongMethod ? [['Allow', 'POST'] as const] : [];
    const headers = [...answerHeaders(pairHeaders(request.raw.rawHeaders), world.now(), contract), ...allow];
    send({ status: code.status, headers, body: envelope(code) }, reply);
  };
  const paths = new Set(contract.apis.map((api) => prefix + api.path));
  const server = Fastify({
    bodyLimit: maxBody,
    forceCloseConnections: true,
    clientErrorHandler: (_, socket) => {
      if (!socket.writable) return;
      const body = envelope(ownCodes.badHttp);
      const head = answerHeaders([], world.now(), contract).map(([name, value]) => `${name}: ${value}\r\n`);
      socket.end(
        Buffer.concat([
          Buffer.from(
            `HTTP/1.1 400 Bad Request\r\n${head.join('')}Content-Length: ${body.length}\r\nConnection: close\r\n\r\n`,
          ),
          body,
        ]),
      );
    },
    frameworkErrors: (_, request, reply) => answerWithout(ownCodes.noSuchPath, request, reply),
  });

  // Paths and methods are settled before a body is read.
  server.addHook('onRequest', (request, reply, next) => {
    if (!request.is404) return next();
    const [path = ''] = request.url.split('?');
    answerWithout(paths.has(path) ? ownCodes.wrongMethod : ownCodes.noSuchPath, request, reply);
  });
  server.setNotFoundHandler((request, reply) => answerWithout(ownCodes.noSuchPath, request, reply));
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const code =
      errorCodes[error.code] ?? ((error.statusCode ?? 500) < 500 ? ownCodes.badHttp : ownCodes.ownFault);
    // The client learns nothing of it; whoever runs the sandbox should.
    if (code === ownCodes.ownFault) console.error(error);
    answerWithout(code, request, reply);
  });

  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body));
  for (const api of contract.apis) {
    let count = 0;
    server.post(prefix + api.path, async (request, reply) => {
      count += 1;
      const body: unknown = request.body;
      const wire = await respond({
        ...given,
        api,
        received: {
          headers: pairHeaders(request.raw.rawHeaders),
          body: body instanceof Uint8Array ? body : new Uint8Array(),
        },
        count,
        now: world.now(),
        parameters: undefined,
      });
      send(wire, reply);
      return reply;
    });
  }
  return server;
}

const errorCodes: Readonly<Record<string, AnswerCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ownCodes.tooLarge,
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ownCodes.wrongContentType,
};

function envelope({ code, description }: AnswerCode): Uint8Array {
  return Buffer.from(stringifyJson({ response: { code, description } }));
}
