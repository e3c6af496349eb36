import { clauseId } from '../contract/clauses.ts';
import type { Contract } from '../contract/model.ts';
import { isJsonObject } from '../json/json.ts';
import type { Case, Plan } from './case.ts';
import { controlOf, type PreparedData, planFor } from './prepared.ts';

/** The APIs of an account's life, and the scenario whose prepared request a fresh registration is made from. */
const life = {
  register: 'ars-register',
  inquiry: 'ars-inquiry',
  info: 'account-info',
  delete: 'account-delete',
} as const;

/** The documented life of a registered account, beside that of another member: one case, many clauses. */
export function overTimeCases(contract: Contract, prepared: PreparedData): readonly Case[] {
  const apis = Object.values(life).map((id) => contract.apis.find((api) => api.id === id));
  const [register, ...others] = apis.filter((api) => api !== undefined);
  if (!register || others.length !== 3) return [];
  const base = register.scenarios.find(({ status, id }) => status < 300 && prepared.testData.has(id));
  const control = base ?? controlOf(register, prepared);
  return [
    {
      kind: 'over-time',
      id: `${register.id}/over-time/life-of-an-account`,
      api: register,
      title: 'a registration, others meanwhile, its end, the account, another account, the deletion',
      level: 'MUST',
      clauses: [register, ...others].flatMap((api) =>
        api.behaviours.map(({ id }) => clauseId.behaviour(api.id, id)),
      ),
      tags: [`@${register.id}`, '@over-time'],
      plan: planOf(planFor(control, prepared), prepared),
      expectation: { kind: 'life', control },
    },
  ];
}

function planOf(plan: Plan, { acceptsOnlyPreparedData }: PreparedData): Plan {
  if (acceptsOnlyPreparedData) {
    return {
      ready: false,
      reason: 'it registers accounts of other members than the prepared ones (acceptsOnlyPreparedData)',
      acknowledged: true,
    };
  }
  if (plan.ready && !isJsonObject(plan.body)) {
    return { ready: false, reason: 'the prepared registration is no JSON object', acknowledged: false };
  }
  return plan;
}
