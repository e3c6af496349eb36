import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { stringifyJson } from '../../src/json/json.ts';
import { plainDocument } from './documents.ts';
import type { Command, Peer } from './peer.ts';
import { portmanConfig } from './portman-config.ts';
import { quiet } from './process.ts';
import { StandIns, withExamples } from './stand-ins.ts';

/** Portman makes a Postman collection of document and configuration, Newman runs it. */
export const portman: Peer = {
  id: 'portman',
  name: 'Portman 1.33.0 with Newman 6.2.2',
  judges:
    'contract tests, fuzzing and variations made from the OpenAPI document; JSON Schema of each scenario',
  runner: 'newman.mjs',
  setUp: async (folder, given) => {
    const { operations, examplesOf, prefix } = given;
    const standIns = new StandIns();
    const document = plainDocument(operations, examplesOf, {
      version: '3.0.3',
      server: `http://127.0.0.1${prefix}`,
    });
    writeFileSync(path.join(folder, 'openapi.json'), stringifyJson(withExamples(document, standIns)));
    const paths = Object.fromEntries(operations.map((one) => [one.id, one.path]));
    writeFileSync(path.join(folder, 'paths.json'), JSON.stringify(paths));
    const config = portmanConfig(given, standIns);
    writeFileSync(path.join(folder, 'portman-config.json'), stringifyJson(config));
    writeFileSync(
      path.join(folder, 'postman-config.json'),
      JSON.stringify({
        folderStrategy: 'Tags',
        parametersResolution: 'Example',
        keepImplicitHeaders: true,
        enableOptionalParameters: true,
      }),
    );
    await promisify(execFile)(
      process.execPath,
      [
        path.join(import.meta.dirname, 'node_modules/@apideck/portman/bin/portman'),
        ...portmanArguments(folder),
      ],
      { cwd: folder, env: { ...process.env, ...quiet } },
    );
  },
  commands: (folder, url): readonly Command[] => [
    { program: 'portman', args: portmanArguments(folder) },
    {
      program: 'newman',
      args: [
        'run',
        path.join(folder, 'collection.json'),
        '--env-var',
        `baseUrl=${url}/open-api`,
        '--timeout-request',
        '15000',
      ],
    },
  ],
};

function portmanArguments(folder: string): string[] {
  const file = (name: string) => path.join(folder, name);
  return [
    ...['--local', file('openapi.json'), '--output', file('collection.json')],
    ...[
      '--portmanConfigFile',
      file('portman-config.json'),
      '--postmanConfigFile',
      file('postman-config.json'),
    ],
  ];
}
