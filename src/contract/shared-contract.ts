import { deserialize, serialize } from 'node:v8';
import { handOver, takeOver } from '../process/handed-over.ts';
import type { Contract } from './model.ts';

/** The environment variable in which the first process of a run tells the others where it has put the contract. */
export const sharedContractVariable = 'KONAPLATE_SHARED_CONTRACT';

/**
 * The contract that an earlier process of the same run has read and checked, or else the one that `load` gives, put down
 * for the processes that inherit this environment: reading the documents takes each of them half a second.
 */
export function sharedContract(env: NodeJS.ProcessEnv, load: () => Contract): Contract {
  const handed = takeOver(env, sharedContractVariable);
  if (handed !== undefined) {
    const contract: Contract = deserialize(handed);
    return contract;
  }
  const contract = load();
  // Structured clone keeps what the contract is made of: maps, bigint, and which schemas are the same.
  handOver(env, sharedContractVariable, serialize(contract));
  return contract;
}
