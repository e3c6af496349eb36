import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { TODO } from '../../src/pages/open-places.ts';

/**
 * Finishes a draft as a person would who finds nothing to change, by its YAML alone: what is written at each open place
 * stays, the mark goes, and so does a comment that only asks.
 *
 * @param folder that of the draft; its files are changed in place
 */
export async function finishDraft(folder: string): Promise<void> {
  const names = await readdir(folder, { recursive: true });
  for (const name of names.filter((one) => one.endsWith('.yaml'))) {
    const file = path.join(folder, name);
    const text = await readFile(file, 'utf8');
    if (text.includes(TODO)) await writeFile(file, finishText(text));
  }
}

/** The text of one file without its marks. */
export function finishText(text: string): string {
  return text
    .split('\n')
    .flatMap((line) => {
      const asked = line.indexOf(`# ${TODO}`);
      if (asked < 0) return [line.replaceAll(new RegExp(`${escaped(TODO)}:? ?`, 'g'), '')];
      const kept = line.slice(0, asked).trimEnd();
      return kept === '' ? [] : [kept];
    })
    .join('\n');
}

function escaped(text: string): string {
  return text.replaceAll(/[()]/g, '\\$&');
}
