/**
 * The suite as a library: documents → contract, profile → target, contract and target → cases, and an engine that does
 * them. Everything else is private and may change with any version.
 */
export { allCases } from './cases/all-cases.ts';
export type { Case, CaseKind } from './cases/case.ts';
export { ContractError } from './contract/error.ts';
export { loadContract, namedFolders } from './contract/load.ts';
export type { Api, Clause, Contract } from './contract/model.ts';
export { type Engine, type EngineOptions, openEngine } from './engine/engine.ts';
export type { Finding, Outcome } from './judge/finding.ts';
export type { CaseRecord } from './record/record.ts';
export { readProfile } from './run/plan.ts';
export { ProfileError } from './target/problem.ts';
export type { Profile } from './target/profile.ts';
