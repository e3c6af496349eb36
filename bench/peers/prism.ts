import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringifyJson } from '../../src/json/json.ts';
import { exactBodyHeader } from './bridge.ts';
import { plainDocument } from './documents.ts';
import type { Peer } from './peer.ts';

/** Prism's validation proxy: all requests go through it, and it holds each answer against the document. */
export const prism: Peer = {
  id: 'prism',
  name: 'Prism 5.16.0 (validation proxy)',
  judges: 'each answer against the OpenAPI document: status, headers, content type, body',
  runner: 'prism.mjs',
  setUp: async (folder, given) => {
    const { operations, examplesOf, requests, prefix } = given;
    const document = plainDocument(operations, examplesOf, { version: '3.1.0', server: prefix });
    writeFileSync(path.join(folder, 'openapi.json'), stringifyJson(document));
    writeFileSync(
      path.join(folder, 'requests.json'),
      JSON.stringify(
        requests.map(({ id, kind, operation, path: whole, headers, body, takes }) => ({
          id,
          operation,
          chain: kind === 'chain',
          path: whole.slice(prefix.length),
          headers: {
            ...Object.fromEntries(headers),
            // Prism writes a JSON body anew, with numbers of 53 bits; the bridge gets the exact bytes as well.
            ...(takes ? {} : { [exactBodyHeader]: Buffer.from(body).toString('base64') }),
          },
          body,
          takes,
        })),
      ),
    );
    writeFileSync(path.join(folder, 'prefix.json'), JSON.stringify(prefix));
  },
  commands: (folder, url) => [{ program: 'runners/prism.mjs', args: [folder, url] }],
};
