import type { Workflow, WorkflowDocument } from '../contract/arazzo/model.ts';
import type { Contract } from '../contract/model.ts';
import { isJsonObject } from '../json/json.ts';
import type { Case, Plan } from './case.ts';
import { controlOf, type PreparedData, planFor } from './prepared.ts';

/** Each workflow that stands for itself, with the promises that it tries: one case, many clauses. */
export function workflowCases(contract: Contract, prepared: PreparedData): readonly Case[] {
  return contract.workflows.flatMap((document) =>
    [...document.workflows.values()]
      .filter(({ isCalled }) => !isCalled)
      .map((workflow) => workflowCase(contract, document, workflow, prepared)),
  );
}

function workflowCase(
  contract: Contract,
  document: WorkflowDocument,
  workflow: Workflow,
  prepared: PreparedData,
): Case {
  const input = [...workflow.inputs.values()].find(({ kind }) => kind === 'prepared');
  const api = contract.apis.find(({ id }) => input?.kind === 'prepared' && id === input.api);
  if (!api)
    throw new Error(`${workflow.id} starts from no prepared request; the contract should not have loaded`);
  const base = api.scenarios.find(({ status, id }) => status < 300 && prepared.testData.has(id));
  const control = base ?? controlOf(api, prepared);
  const promised = new Set(clausesOf(document));
  return {
    kind: 'workflow',
    id: `${api.id}/workflow/${workflow.id}`,
    api,
    title: workflow.summary,
    level: 'MUST',
    clauses: [...contract.clauses.keys()].filter((id) => promised.has(id)),
    tags: [...document.apis.map((id) => `@${id}`), '@workflow'],
    plan: planOf(planFor(control, prepared), prepared),
    expectation: { kind: 'workflow', document, workflow, control },
  };
}

/** The ids of all clauses that a document of workflows names. */
function clausesOf({ processes, records, workflows }: WorkflowDocument): readonly string[] {
  return [
    ...processes.flatMap(({ promises, moves }) => [
      ...Object.values(promises).flatMap((one) => (typeof one === 'object' ? one.clause : (one ?? []))),
      ...moves.map(({ clause }) => clause),
    ]),
    ...records.flatMap(({ promises }) => Object.values(promises).flatMap((one) => one ?? [])),
    ...[...workflows.values()].flatMap(({ steps }) =>
      steps.flatMap(({ criteria }) => criteria.flatMap(({ clause }) => clause ?? [])),
    ),
  ];
}

function planOf(plan: Plan, { acceptsOnlyPreparedData }: PreparedData): Plan {
  if (acceptsOnlyPreparedData) {
    return {
      ready: false,
      reason: 'it sends data other than the prepared ones (acceptsOnlyPreparedData)',
      acknowledged: true,
    };
  }
  if (plan.ready && !isJsonObject(plan.body)) {
    return { ready: false, reason: 'the prepared request is no JSON object', acknowledged: false };
  }
  return plan;
}
