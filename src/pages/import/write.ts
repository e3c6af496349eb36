import { cp, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ContractError } from '../../contract/error.ts';
import { type ContractFolders, contractFolders, loadContract, namedFolders } from '../../contract/load.ts';
import type { Contract } from '../../contract/model.ts';
import { readDocument } from '../../contract/shape.ts';
import { loadUntested } from '../../contract/untested.ts';
import { UserError } from '../../user-error.ts';
import { type OpenPlace, openPlaces } from '../open-places.ts';
import type { Draft, Existing } from './draft.ts';
import { withReasons } from './reasons.ts';

/** Reads the documents below a folder. @throws {ContractError} */
export async function readExisting(root: string): Promise<Existing> {
  const folders = namedFolders(root);
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

/** A draft that does not fit into the documents, which is a fault of the import. */
export class DraftBroken extends UserError {
  constructor(page: string, problems: string) {
    super(
      `the draft of ${page} is not in order, which is a fault of the import and none of the documents that are there (${problems}); nothing is written: add the API by hand`,
    );
  }
}

/** The clauses of an API that no case tests, by id. */
export type Caseless = (contract: Contract, api: string) => readonly string[];

/**
 * Writes a copy of the documents with the draft merged in. The folder comes to be at once and whole, or not at all.
 *
 * @param root the folder of the documents that exist; nothing below them is touched
 * @param out the new folder
 * @returns what is left open in it
 * @throws {FolderTaken} when `out` exists
 * @throws {DraftBroken}
 */
export async function writeDraft(
  draft: Draft,
  root: string,
  out: string,
  caseless: Caseless = () => [],
): Promise<readonly OpenPlace[]> {
  if ((await stat(out).catch(() => undefined)) !== undefined) {
    throw new FolderTaken(`${out} exists already; finish or remove it, or choose another folder with --out`);
  }
  const partial = `${out}.partial-${process.pid}`;
  const folders = contractFolders(partial);
  try {
    await mkdir(partial, { recursive: true });
    for (const folder of ['openapi', 'specs']) {
      await cp(path.join(root, folder), path.join(partial, folder), { recursive: true });
    }
    for (const [name, text] of draft.files) await writeFile(path.join(partial, name), text);
    const contract = loadWritten(folders, draft.page);
    const clauses = caseless(contract, draft.api);
    if (clauses.length > 0) {
      const file = path.join(folders.specs, 'untested.yaml');
      const text = withReasons(await readFile(file, 'utf8'), loadUntested(folders, contract), clauses);
      await writeFile(file, text);
      loadUntested(folders, contract);
    }
    const open = openPlaces(folders);
    await rename(partial, out);
    return open;
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

function loadWritten(folders: ContractFolders, page: string): Contract {
  try {
    return loadContract(folders);
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    throw new DraftBroken(page, error.message.replaceAll('\n', '; '));
  }
}
