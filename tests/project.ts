import path from 'node:path';
import { contractFolders, loadContract } from '../src/contract/load.ts';
import { sharedContract } from '../src/contract/shared-contract.ts';

/** The project's own folder. */
export const root = path.resolve(import.meta.dirname, '..');

/**
 * The contract of the project's documents. `npm test` reads them once for all files of tests, since that takes each
 * process a second; a file that is run alone reads them itself.
 */
export const contract = sharedContract(process.env, () => loadContract(contractFolders(root)));
