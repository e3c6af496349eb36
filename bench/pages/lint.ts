import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { root } from '../../src/run/settings.ts';

/** Lints the OpenAPI documents of several folders in one process; folder → its errors, each one line. */
export function lintAll(folders: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const errors = new Map<string, string[]>();
  if (folders.length === 0) return errors;
  const files = new Map(folders.map((folder) => [path.join(folder, 'openapi/konaplate.yaml'), folder]));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      'node_modules/@redocly/cli/bin/cli.js',
      'lint',
      ...files.keys(),
      '--format=checkstyle',
      '--max-problems=9999',
    ],
    { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28 },
  );
  if (status === 0) return errors;
  for (const report of stdout.split('<file name="').slice(1)) {
    const folder = files.get(path.resolve(root, report.slice(0, report.indexOf('"'))));
    const found = [...report.matchAll(/severity="error" message="([^"]*)"/g)];
    if (folder === undefined || found.length === 0) continue;
    errors.set(folder, [
      ...(errors.get(folder) ?? []),
      ...found.map(([, message = '']) => `lint: ${message}`),
    ]);
  }
  if (errors.size === 0) throw new Error(`lint came to no result:\n${stderr.slice(-2000)}`);
  return errors;
}
