import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { type JsonObject, type JsonValue, stringifyJson } from '../../src/json/json.ts';
import type { Given } from './given.ts';
import type { Peer } from './peer.ts';
import { correlationIdPattern } from './plain-schema.ts';
import type { PeerRequest } from './requests.ts';

/** Letters of either case, since names of media types have no case and the expressions of this tool have no flags. */
const jsonType = '^[Aa][Pp][Pp][Ll][Ii][Cc][Aa][Tt][Ii][Oo][Nn]/[Jj][Ss][Oo][Nn]';

/** Step CI: a workflow with a step for each request; status, headers and body schema are checked. */
export const stepci: Peer = {
  id: 'stepci',
  name: 'Step CI 2.8.2',
  judges: 'a workflow: status, headers and JSON Schema of each step, with a capture for the chain',
  runner: 'stepci.mjs',
  setUp: async (folder, given) => {
    writeFileSync(path.join(folder, 'workflow.yml'), `${stringifyJson(workflow(given))}\n`);
  },
  commands: (folder, url) => [
    {
      program: 'stepci',
      args: ['run', path.join(folder, 'workflow.yml'), '-e', `host=${new URL(url).host}`],
    },
  ],
};

/** JSON, which is YAML too. One test for each API and one for the chain; a failed step does not end its test. */
export function workflow({ requests }: Given): JsonObject {
  const names = [...new Set(requests.map(testOf))];
  return {
    version: '1.1',
    name: 'Konaplate Open API',
    config: { continueOnFail: true },
    tests: Object.fromEntries(
      names.map((name) => [
        name,
        { steps: requests.filter((one) => testOf(one) === name).map((one) => step(one, requests)) },
      ]),
    ),
  };
}

function testOf({ kind, operation }: PeerRequest): string {
  return kind === 'chain' ? kind : operation;
}

function step(request: PeerRequest, all: readonly PeerRequest[]): JsonValue {
  const { takes } = request;
  const given = all.find((one) => one.takes?.from === request.id)?.takes;
  return {
    name: request.id,
    http: {
      url: `http://\${{env.host}}${request.path}`,
      method: 'POST',
      headers: Object.fromEntries(request.headers),
      // As text, so that ids beyond 2^53 keep their digits.
      body: takes ? `{"${takes.field}":"\${{captures.${takes.answer}}}"}` : request.body,
      ...(given && { captures: { [given.answer]: { jsonpath: `$.${given.answer}` } } }),
      check: {
        status: request.status === 'refused' ? '/^4[0-9][0-9]$/' : request.status,
        headers: {
          'Content-Type': [{ match: jsonType }],
          ...(request.status === 'refused'
            ? {}
            : { 'X-KM-Correlation-Id': [{ match: correlationIdPattern }] }),
        },
        schema: request.schema,
      },
    },
  };
}
