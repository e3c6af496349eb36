import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Contract } from './model.ts';

/** The environment variable in which the first process of a run tells the others where it has put the contract. */
export const sharedContractVariable = 'KONAPLATE_SHARED_CONTRACT';

/**
 * The contract that an earlier process of the same run has read and checked, or else the one that `load` gives, put down
 * for the processes that inherit this environment: reading the documents takes each of them half a second. The file lies
 * in a private folder and goes with the process that made it.
 */
export function sharedContract(env: NodeJS.ProcessEnv, load: () => Contract): Contract {
  const file = env[sharedContractVariable];
  if (file !== undefined) {
    const contract: Contract = deserialize(readFileSync(file));
    return contract;
  }
  const contract = load();
  env[sharedContractVariable] = putDown(contract);
  return contract;
}

/** Structured clone keeps what the contract is made of: maps, bigint, and which schemas are the same. */
function putDown(contract: Contract): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'konaplate-contract-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'contract');
  writeFileSync(file, serialize(contract), { mode: 0o600 });
  return file;
}
