import type { Contract } from '../contract/model.ts';
import { casesByClause } from '../contract/tested-by.ts';
import { allCases } from './all-cases.ts';
import type { Case } from './case.ts';

/** All cases, for what depends on no target: which cases there are is the same for each. */
export function casesOfAnyTarget(contract: Contract): readonly Case[] {
  return allCases(
    contract,
    { testData: new Map(), notTestable: new Map(), acceptsOnlyPreparedData: false },
    1,
  );
}

/** The clauses of an API that no case tests, whatever data a target has. */
export function caseless(contract: Contract, api: string): readonly string[] {
  const tested = casesByClause(contract, casesOfAnyTarget(contract));
  return [...contract.clauses.values()]
    .filter((one) => one.api === api && !tested.has(one.id))
    .map((one) => one.id);
}
