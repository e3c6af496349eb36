import type { Level } from '../contract/model.ts';
import type { JsonValue } from '../wire/json.ts';
import type { Case, CaseKind, Change, Expectation } from './case.ts';
import { type CaseSource, planFor } from './prepared.ts';

/** General codes of the platform for a bad value, a missing one and a wrong length (guide). */
export const badValueCodes = ['000_002', '000_003', '000_015'] as const;

/** A case that changes the control's prepared request in one thing. */
export function changedCase(
  source: CaseSource,
  one: {
    readonly kind: CaseKind;
    /** The part of the id behind `<api>/<kind>/`. */
    readonly name: string;
    readonly title: string;
    readonly level?: Level;
    readonly clauses: readonly string[];
    readonly change: Change;
    /** The changed body, when the body is what changes. */
    readonly body?: JsonValue;
    readonly expectation: Expectation;
    /** A valid request beyond the prepared ones, which some targets do not take. */
    readonly beyondPrepared?: boolean;
  },
): Case {
  const { api, prepared, control } = source;
  const plan = planFor(control, prepared);
  const refused = one.beyondPrepared === true && prepared.acceptsOnlyPreparedData;
  return {
    kind: one.kind,
    id: `${api.id}/${one.kind}/${one.name}`,
    api,
    title: one.title,
    level: one.level ?? 'MUST',
    clauses: one.clauses,
    tags: [`@${api.id}`, `@${one.kind}`],
    plan: refused
      ? {
          ready: false,
          reason: 'it is a valid request beyond the prepared ones (acceptsOnlyPreparedData)',
          acknowledged: true,
        }
      : plan.ready
        ? { ready: true, body: one.body ?? plan.body, change: one.change }
        : plan,
    expectation: one.expectation,
  };
}
