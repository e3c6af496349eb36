import type { Contract } from '../contract/model.ts';
import type { Case } from './case.ts';
import { encryptionCases } from './encryption-cases.ts';
import { integrityCases } from './integrity-cases.ts';
import { controlOf, type PreparedData } from './prepared.ts';
import { requestCases } from './request-cases.ts';
import { robustnessCases } from './robustness-cases.ts';
import { scenarioCases } from './scenario-cases.ts';
import { workflowCases } from './workflow-cases.ts';

/** Every case for a target, API by API in the order of the documents; the same data and seed make the same cases. */
export function allCases(contract: Contract, prepared: PreparedData, seed: number): readonly Case[] {
  const perApi = contract.apis.flatMap((api) => {
    const source = { contract, api, prepared, control: controlOf(api, prepared), seed };
    return [scenarioCases, requestCases, integrityCases, encryptionCases, robustnessCases].flatMap((make) =>
      make(source),
    );
  });
  return [...perApi, ...workflowCases(contract, prepared)];
}
