import { isJsonObject, stringifyJson } from '../../json/json.ts';
import type { RawHeader } from '../../wire/exchange.ts';
import { editHeader } from './header.ts';
import type { Mutation } from './mutation.ts';
import { setTo, textEdits } from './text-edits.ts';

/**
 * What no page speaks of and clients do all the same.
 *
 * @param repeated the name of a header that is sent twice
 */
export const messageMutations = (repeated: string): readonly Mutation[] => [
  {
    name: 'malformed-json',
    title: 'malformed json',
    breaks: ['body'],
    at: 'payload',
    apply: (bytes) => bytes.slice(0, -1),
  },
  editHeader('Content-Type', setTo('text/plain'), {
    name: 'wrong-content-type',
    title: 'wrong content type',
  }),
  {
    name: 'get',
    title: 'get',
    breaks: ['method', 'body'],
    at: 'request',
    apply: (request) => ({ ...request, method: 'GET', body: new Uint8Array() }),
  },
  {
    name: 'unknown-path',
    title: 'unknown path',
    breaks: ['path'],
    at: 'request',
    apply: (request) => ({ ...request, url: `${request.url}/no-such-path` }),
  },
  further('one-megabyte', 'one megabyte', `"${'x'.repeat(1024 * 1024)}"`),
  further('deep-nesting', 'deep nesting', `${'['.repeat(5000)}${']'.repeat(5000)}`),
  {
    name: 'duplicate-keys',
    title: 'duplicate keys',
    breaks: ['repeated member'],
    at: 'plaintext',
    apply: (text, body) => {
      const [first] = isJsonObject(body) ? Object.entries(body) : [];
      return first ? extended(text, `${JSON.stringify(first[0])}:${stringifyJson(first[1])}`) : text;
    },
    vacuous: ({ body }) =>
      body !== undefined && stringifyJson(body) === '{}'
        ? 'the prepared request has no member that could be repeated'
        : undefined,
  },
  // A lone surrogate, a right-to-left mark, an emoji and a null character, in a field that no page knows.
  further('unusual-unicode', 'unusual unicode', '"\\ud800 \\u202e \\ud83d\\ude00 \\u0000"'),
  further('unknown-field', 'unknown field', '{"unknown":[true]}'),
  {
    name: 'lower-case-headers',
    title: 'lower case headers',
    breaks: ['case of header names'],
    at: 'request',
    apply: (request) => ({
      ...request,
      headers: request.headers.map(([name, value]): RawHeader => [name.toLowerCase(), value]),
    }),
  },
  {
    name: 'empty-body',
    title: 'empty body',
    breaks: ['body'],
    at: 'payload',
    apply: () => new Uint8Array(),
  },
  {
    name: 'json-list',
    title: 'json list',
    breaks: ['plain text'],
    at: 'plaintext',
    apply: () => '[]',
  },
  {
    name: 'json-null',
    title: 'json null',
    breaks: ['plain text'],
    at: 'plaintext',
    apply: () => 'null',
  },
  {
    name: 'byte-order-mark',
    title: 'byte order mark',
    breaks: ['body'],
    at: 'payload',
    apply: (bytes) => new Uint8Array([0xef, 0xbb, 0xbf, ...bytes]),
  },
  {
    name: 'broken-utf-8',
    title: 'broken utf 8',
    breaks: ['body'],
    at: 'payload',
    // 0xFF is no part of any UTF-8 text; it stands inside the first name.
    apply: (bytes) => new Uint8Array([...bytes.slice(0, 2), 0xff, ...bytes.slice(2)]),
  },
  {
    name: 'repeated-header',
    title: 'repeated header',
    breaks: [`header ${repeated}`],
    at: 'request',
    apply: (request) => ({
      ...request,
      headers: request.headers.flatMap((header) => (header[0] === repeated ? [header, header] : [header])),
    }),
  },
  {
    name: 'put',
    title: 'put',
    breaks: ['method'],
    at: 'request',
    apply: (request) => ({ ...request, method: 'PUT' }),
  },
  editHeader('Content-Type', textEdits.remove, {
    name: 'without-content-type',
    title: 'without content type',
  }),
  {
    name: 'query-string',
    title: 'query string',
    breaks: ['query'],
    at: 'request',
    apply: (request) => ({ ...request, url: `${request.url}?conformance-suite=1` }),
  },
  editHeader('Accept', setTo('application/xml'), { name: 'accept-xml', title: 'accept xml' }),
];

/** One more member, which no page knows. */
function further(name: string, title: string, value: string): Mutation {
  return {
    name,
    title,
    breaks: ['member /conformanceSuite'],
    at: 'plaintext',
    apply: (text) => extended(text, `"conformanceSuite":${value}`),
  };
}

/** The text of an object with one more member. */
function extended(text: string, member: string): string {
  return text === '{}' ? `{${member}}` : `${text.slice(0, -1)},${member}}`;
}
