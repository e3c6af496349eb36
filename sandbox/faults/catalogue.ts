import { apiOfClause } from '../../src/contract/clauses.ts';
import type { Contract } from '../../src/contract/model.ts';
import { didYouMean } from '../../src/yaml/nearest.ts';
import { SandboxError } from '../error.ts';
import { codeFaults } from './codes.ts';
import { echoFaults } from './echoes.ts';
import { type Fault, families } from './fault.ts';
import { nowAndThenFaults } from './now-and-then.ts';
import { overTimeFaults } from './over-time/over-time.ts';
import { preparedAnswerFaults } from './prepared-answers.ts';
import { requestEncryptionFaults } from './request-encryption.ts';
import { requestFieldFaults } from './request-fields.ts';
import { requestHeaderFaults } from './request-headers.ts';
import { responseEncryptionFaults } from './response-encryption.ts';
import { responseFieldFaults } from './response-fields.ts';
import { responseWireFaults } from './response-wire.ts';
import { robustnessFaults } from './robustness.ts';
import { wrongReasonFaults } from './wrong-reason.ts';

/** Every fault, API by API in the order of the documents, family by family. Made from the contract where a rule can make them. */
export function allFaults(contract: Contract): readonly Fault[] {
  const known = made.get(contract) ?? makeFaults(contract);
  made.set(contract, known);
  return known;
}

const made = new WeakMap<Contract, readonly Fault[]>();

function makeFaults(contract: Contract): readonly Fault[] {
  const all = [
    ...responseWireFaults(contract),
    ...responseEncryptionFaults(contract),
    ...codeFaults(contract),
    ...responseFieldFaults(contract),
    ...preparedAnswerFaults(contract),
    ...echoFaults(contract),
    ...requestHeaderFaults(contract),
    ...requestEncryptionFaults(contract),
    ...requestFieldFaults(contract),
    ...wrongReasonFaults(contract),
    ...overTimeFaults(contract),
    ...nowAndThenFaults(contract),
    ...robustnessFaults(contract),
  ];
  const apis = contract.apis.map(({ id }) => id);
  const place = ({ id, family }: Fault) =>
    apis.indexOf(apiOfClause(id)) * families.length + families.indexOf(family);
  return all.toSorted((a, b) => place(a) - place(b));
}

/** @throws {SandboxError} when there is none of this id */
export function findFault(id: string, contract: Contract): Fault {
  const all = allFaults(contract);
  const found = all.find((one) => one.id === id);
  if (found) return found;
  const near = didYouMean(
    id,
    all.map((one) => one.id),
  );
  throw new SandboxError(`--fault: no fault "${id}"${near}; --faults lists them`);
}
