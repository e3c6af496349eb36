import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What a run is made of besides documents and profiles: the suite's code and the versions it is pinned to. */
const parts = ['package.json', 'package-lock.json', 'playwright.config.ts', 'src', 'suites'];

/**
 * SHA-256 in hex over the suite's own files, with their paths: two runs with the same one were made by the same suite.
 *
 * @param root the project's root folder
 */
export function toolDigest(root: string): string {
  const hash = createHash('sha256');
  for (const file of parts.flatMap((part) => filesOf(root, part))) {
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(path.join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesOf(root: string, part: string): readonly string[] {
  if (path.extname(part) !== '') return [part];
  return readdirSync(path.join(root, part), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .sort();
}
