import { clauseId } from '../contract/clauses.ts';
import type { Case } from './case.ts';
import { type CaseSource, planFor } from './prepared.ts';

/** One case for each documented scenario, in the order of the page; a target without data changes none of that. */
export function scenarioCases({ api, prepared }: CaseSource): readonly Case[] {
  return api.scenarios.map((scenario) => ({
    kind: 'scenario',
    id: scenario.id,
    api,
    title: scenario.title,
    level: 'MUST',
    clauses: [
      clauseId.scenario(scenario.id),
      ...(['code', 'status', 'message'] as const).map((aspect) =>
        clauseId.code(api.id, scenario.code, aspect),
      ),
    ],
    tags: [`@${api.id}`, `@${scenario.code}`, '@scenario'],
    plan: planFor(scenario, prepared),
    expectation: { kind: 'outcome', scenario },
  }));
}
