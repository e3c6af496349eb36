import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { writeWhole } from '../ledger/storage.ts';

/** What Allure's runtime asks of a writer. */
export interface ResultsWriter {
  writeResult(result: { readonly uuid: string }): void;
  writeGroup(group: { readonly uuid: string }): void;
  writeGlobals(name: string, globals: object): void;
  writeAttachment(name: string, content: Uint8Array | string): void;
}

/**
 * Writes Allure's results plainly. Allure's own writer waits until each file has reached the disk, which takes longer
 * than the case that it tells of; here a crash may take the last ones, and results are counted before a page is made.
 */
export function resultsWriter(dir: string): ResultsWriter {
  mkdirSync(dir, { recursive: true });
  const write = (name: string, content: Uint8Array | string) =>
    writeWhole(path.join(dir, name), content, false);
  return {
    writeResult: (result) => write(`${result.uuid}-result.json`, JSON.stringify(result)),
    writeGroup: (group) => write(`${group.uuid}-container.json`, JSON.stringify(group)),
    writeGlobals: (name, globals) => write(name, JSON.stringify(globals)),
    writeAttachment: write,
  };
}
