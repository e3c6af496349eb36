import type { Contract } from '../contract/model.ts';
import type { Case } from './case.ts';
import { encryptionCases } from './encryption-cases.ts';
import { integrityCases } from './integrity-cases.ts';
import { asPermitted } from './permission.ts';
import { controlOf, type PreparedData } from './prepared.ts';
import { requestCases } from './request-cases.ts';
import { robustnessCases } from './robustness-cases.ts';
import { scenarioCases } from './scenario-cases.ts';
import { workflowCases } from './workflow-cases.ts';

/**
 * Every case for a target, API by API in the order of the documents; the same data and seed make the same cases. Those that
 * its profile does not allow are there, and not ready.
 */
export function allCases(contract: Contract, prepared: PreparedData, seed: number): readonly Case[] {
  const perApi = contract.apis.flatMap((api) => {
    const source = { contract, api, prepared, control: controlOf(api, prepared), seed };
    return [scenarioCases, requestCases, integrityCases, encryptionCases, robustnessCases].flatMap((make) =>
      make(source),
    );
  });
  return asPermitted([...perApi, ...workflowCases(contract, prepared)], prepared);
}
