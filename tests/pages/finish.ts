import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { TODO } from '../../src/pages/open-places.ts';

/**
 * Finishes a draft as a person would who finds nothing to change: what is written at each open place stays, the mark
 * goes.
 *
 * @returns the folder of the finished copy
 */
export async function finished(draft: string): Promise<string> {
  const out = `${draft}-finished`;
  await cp(draft, out, { recursive: true });
  const names = await readdir(out, { recursive: true });
  for (const name of names.filter((one) => one.endsWith('.yaml'))) {
    const file = path.join(out, name);
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replaceAll(`${TODO}: `, ''));
  }
  return out;
}
