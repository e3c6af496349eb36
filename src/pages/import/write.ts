import { cp, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { contractFolders, loadContract } from '../../contract/load.ts';
import { readDocument } from '../../contract/shape.ts';
import { UserError } from '../../user-error.ts';
import type { Draft, Existing } from './draft.ts';
import { TODO } from './yaml-text.ts';

/** Reads the documents below a folder. @throws {ContractError} */
export async function readExisting(root: string): Promise<Existing> {
  const folders = contractFolders(root);
  const contract = loadContract(folders);
  const file = path.join(folders.openapi, 'konaplate.yaml');
  const written = readDocument(file, 'document', root);
  // loadContract has read the same file a moment ago.
  if ('problems' in written) throw new Error(`${file} changed while it was read; run again`);
  return {
    contract,
    written: written.value,
    openapi: await readFile(file, 'utf8'),
    catalogue: await readFile(path.join(folders.specs, 'catalogue.yaml'), 'utf8'),
    ambiguities: await readFile(path.join(folders.specs, 'ambiguities.yaml'), 'utf8'),
    pages: await readFile(path.join(folders.specs, 'pages.yaml'), 'utf8'),
  };
}

/** A folder that a draft would overwrite. */
export class FolderTaken extends UserError {}

/** A place of a draft that is to be finished. */
export interface UnfinishedPlace {
  readonly place: string;
  readonly text: string;
}

/**
 * Writes a copy of the documents with the draft merged in. The folder comes to be at once and whole, or not at all.
 *
 * @param root the folder of the documents that exist; nothing below them is touched
 * @param out the new folder
 * @throws {FolderTaken} when `out` exists
 */
export async function writeDraft(
  draft: Draft,
  root: string,
  out: string,
): Promise<readonly UnfinishedPlace[]> {
  if ((await stat(out).catch(() => undefined)) !== undefined) {
    throw new FolderTaken(`${out} exists already; finish or remove it, or choose another folder with --out`);
  }
  const partial = `${out}.partial-${process.pid}`;
  try {
    await mkdir(partial, { recursive: true });
    for (const folder of ['openapi', 'specs']) {
      await cp(path.join(root, folder), path.join(partial, folder), { recursive: true });
    }
    const unfinished: UnfinishedPlace[] = [];
    for (const [name, text] of draft.files) {
      await writeFile(path.join(partial, name), text);
      for (const [index, line] of text.split('\n').entries()) {
        if (line.includes(TODO))
          unfinished.push({ place: `${path.join(out, name)}:${index + 1}`, text: line.trim() });
      }
    }
    loadContract(contractFolders(partial));
    await rename(partial, out);
    return unfinished;
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}
