import type { Level } from '../contract/model.ts';
import { stringifyJson } from '../json/json.ts';
import type { Case, CaseKind, Expectation, Plan } from './case.ts';
import type { Mutation } from './mutations/mutation.ts';
import { type CaseSource, planFor } from './prepared.ts';

interface ChangedCase {
  readonly kind: CaseKind;
  /** The part of the id behind `<api>/<kind>/`. */
  readonly name: string;
  readonly title: string;
  readonly level?: Level;
  readonly clauses: readonly string[];
  readonly mutation: Mutation | undefined;
  readonly expectation: Expectation;
  /** A valid request beyond the prepared ones, which some targets do not take. */
  readonly beyondPrepared?: boolean;
}

/** A case that sends the control's prepared request with one mutation, or without any. */
export function changedCase(source: CaseSource, one: ChangedCase): Case {
  const { api } = source;
  return {
    kind: one.kind,
    id: `${api.id}/${one.kind}/${one.name}`,
    api,
    title: one.title,
    level: one.level ?? 'MUST',
    clauses: one.clauses,
    tags: [`@${api.id}`, `@${one.kind}`],
    plan: planOf(source, one),
    expectation: one.expectation,
  };
}

function planOf(
  { prepared, control }: CaseSource,
  { mutation, expectation, beyondPrepared }: ChangedCase,
): Plan {
  if (beyondPrepared && prepared.acceptsOnlyPreparedData) {
    return untestable('it is a valid request beyond the prepared ones (acceptsOnlyPreparedData)', true);
  }
  const plan = planFor(control, prepared);
  const body = plan.ready ? plan.body : undefined;
  const vacuous = mutation?.vacuous?.({ body, credentials: prepared.credentials });
  if (vacuous !== undefined) return untestable(vacuous, true);
  if (!plan.ready || mutation?.at !== 'body') return plan.ready ? { ...plan, mutation } : plan;
  const changed = mutation.apply(plan.body);
  if (stringifyJson(changed) !== stringifyJson(plan.body)) return { ready: true, body: changed, mutation };
  // The prepared request is what the mutation would make of it: it can be sent, but not be rejected for that.
  return expectation.kind === 'rejected'
    ? untestable(`the prepared request of ${control.id} has this fault already; mend its test data`, false)
    : plan;
}

function untestable(reason: string, acknowledged: boolean): Plan {
  return { ready: false, reason, acknowledged };
}
