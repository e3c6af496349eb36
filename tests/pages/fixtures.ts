import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { contractFolders } from '../../src/contract/load.ts';
import { type Capture, parseCapture } from '../../src/pages/capture.ts';
import { type Check, checkPages } from '../../src/pages/check/check.ts';
import { type Documents, loadDocuments } from '../../src/pages/check/documents.ts';

/** An invented page and invented documents that agree with it, for tests to change by a hair. */

export const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
export const PAGES = fileURLToPath(new URL('captures/', import.meta.url));

/** A folder that goes when the test ends. */
export async function folder(t: TestContext): Promise<string> {
  const made = await mkdtemp(path.join(tmpdir(), 'pages-'));
  t.after(() => rm(made, { recursive: true, force: true }));
  return made;
}

/** The invented documents in a folder of their own, each file changed by `change`. */
export async function documentsIn(
  root: string,
  change: (text: string, name: string) => string = (text) => text,
): Promise<string> {
  await cp(fileURLToPath(new URL('documents/', import.meta.url)), root, { recursive: true });
  await mkdir(path.join(root, 'specs/apis'), { recursive: true });
  const names = [
    'openapi/konaplate.yaml',
    'specs/apis/waybills.yaml',
    'specs/ambiguities.yaml',
    'specs/catalogue.yaml',
    'specs/pages.yaml',
  ];
  for (const name of names) {
    const file = path.join(root, name);
    await writeFile(file, change(await readFile(file, 'utf8'), name));
  }
  return root;
}

/** The invented documents as they are: read once for all tests of a file. */
let unchanged: Documents | undefined;

/** The invented documents, each file changed by `change`. */
export async function documentsOf(
  t: TestContext,
  change?: (text: string, name: string) => string,
): Promise<Documents> {
  if (change) return loadDocuments(contractFolders(await documentsIn(await folder(t), change)));
  unchanged ??= loadDocuments(contractFolders(await documentsIn(await folder(t))));
  return unchanged;
}

export const WAYBILLS = await readFile(path.join(PAGES, 'waybills.txt'), 'utf8');

export function captureOf(text: string, file = 'waybills.txt'): Capture {
  return parseCapture(file, new TextEncoder().encode(text));
}

export function checkText(text: string, documents: Documents): Check {
  return checkPages([captureOf(text)], documents, false);
}

/** The text with one change; the part to be changed must be there. */
export function changed(text: string, part: string | RegExp, into: string): string {
  const result = text.replace(part, into);
  if (result === text) throw new Error(`nothing to change: ${part}`);
  return result;
}

/** Unexplained differences, without those that only moved, as `kind subject (fact)`. */
export function unexplained(check: Check): string[] {
  return check.differences
    .filter(({ explainedBy, fact }) => explainedBy.length === 0 && fact !== 'line' && fact !== 'citation')
    .map(({ kind, subject, fact }) => `${kind} ${subject} (${fact})`);
}
