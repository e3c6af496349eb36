import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringifyJson } from '../../src/json/json.ts';
import type { Given } from './given.ts';
import type { Peer } from './peer.ts';
import { correlationIdPattern } from './plain-schema.ts';
import type { PeerRequest } from './requests.ts';

const title = 'Konaplate Open API';

/** Dredd: an API Blueprint with a pair of request and response for each request, and a file of hooks. */
export const dredd: Peer = {
  id: 'dredd',
  name: 'Dredd 14.1.0',
  judges: 'an API Blueprint: status, presence of headers, JSON Schema; forms of headers in a hook',
  runner: 'dredd.mjs',
  setUp: async (folder, given) => {
    writeFileSync(path.join(folder, 'api.apib'), blueprint(given));
    writeFileSync(path.join(folder, 'requests.json'), JSON.stringify(expectations(given)));
  },
  commands: (folder, url) => [
    {
      program: 'dredd',
      args: [
        path.join(folder, 'api.apib'),
        url,
        '--hookfiles',
        path.join(import.meta.dirname, 'runners/dredd-hooks.cjs'),
        '--language',
        'nodejs',
      ],
    },
  ],
};

/**
 * The requests as an API Blueprint, the format in which Dredd takes any number of pairs for one operation and a JSON
 * Schema of draft 7 for each answer. Bodies stand as text, so that ids keep their digits.
 */
export function blueprint(given: Given): string {
  return [
    'FORMAT: 1A',
    '',
    `# ${title}`,
    '',
    ...resources(given).flatMap(({ name, requests }) => [
      `## ${name} [${requests[0]?.path ?? ''}]`,
      '',
      `### ${name} [POST]`,
      '',
      ...requests.flatMap(pair),
    ]),
  ].join('\n');
}

/** Transaction name → what the hooks have to know of it. */
export function expectations(given: Given): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    resources(given).flatMap(({ name, requests }) =>
      requests.map(({ id, kind, operation, status, takes, refusalWithHeaders }, index) => [
        `${name} > ${name}${requests.length > 1 ? ` > Example ${index + 1}` : ''}`,
        {
          id,
          operation,
          chain: kind === 'chain',
          status,
          takes,
          refusalWithHeaders,
          correlationId: correlationIdPattern,
        },
      ]),
    ),
  );
}

function resources({ requests }: Given): readonly { name: string; requests: readonly PeerRequest[] }[] {
  const names = [...new Set(requests.map(({ operation }) => operation))];
  return names.map((name) => ({ name, requests: requests.filter(({ operation }) => operation === name) }));
}

function pair({ headers, body, status, schema }: PeerRequest): readonly string[] {
  return [
    '+ Request (application/json)',
    '    + Headers',
    '',
    ...[...headers]
      .filter(([name]) => name !== 'Content-Type')
      .map(([name, value]) => `            ${name}: ${value}`),
    '',
    '    + Body',
    '',
    `            ${body}`,
    '',
    // Of a broken request it is only known that it is refused: a hook takes any 4xx.
    `+ Response ${status === 'refused' ? 400 : status} (application/json)`,
    ...(status === 'refused'
      ? []
      : ['    + Headers', '', '            X-KM-Correlation-Id: 250101000000-0000000', '']),
    '    + Schema',
    '',
    `            ${stringifyJson({ $schema: 'http://json-schema.org/draft-07/schema#', ...schema })}`,
    '',
  ];
}
