import assert from 'node:assert/strict';
import { ContractError } from '../../src/contract/error.ts';
import { loadContract, namedFolders } from '../../src/contract/load.ts';

/** The documents of a folder are not loaded, and the error says why. */
export function assertRefused(folder: string, says: RegExp): void {
  assert.throws(
    () => loadContract(namedFolders(folder)),
    (error) => {
      assert.ok(error instanceof ContractError);
      assert.match(error.message, says);
      return true;
    },
  );
}
