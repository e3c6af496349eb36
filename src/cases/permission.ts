import type { Effect } from '../contract/model.ts';
import type { Case } from './case.ts';

/**
 * What may be done to a target, from the least to the most: requests to operations that only read; to others as well, but
 * valid ones only as they are prepared; whatever the documents allow.
 */
export const allowances = ['read-only', 'prepared', 'any'] as const;

export type Allowance = (typeof allowances)[number];

/** The least of some. */
export function leastOf(first: Allowance, ...others: readonly Allowance[]): Allowance {
  return allowances.find((one) => one === first || others.includes(one)) ?? first;
}

/** What a profile permits; what it does not say is allowed. */
export interface Permission {
  readonly effects?: Allowance;
  /** Whether requests may be sent that no page speaks of, and very large ones. */
  readonly robustness?: boolean;
}

/** The cases, with those planned as not ready that the profile does not allow: whatever data there are for them. */
export function asPermitted(cases: readonly Case[], permission: Permission): readonly Case[] {
  return cases.map((one) => {
    const reason = whyForbidden(one, permission);
    return reason === undefined ? one : { ...one, plan: { ready: false, reason, acknowledged: true } };
  });
}

/** Why a profile does not allow a case, in words; undefined when it does. */
function whyForbidden(one: Case, { effects = 'any', robustness = true }: Permission): string | undefined {
  const why =
    effects === 'read-only' ? beyondReads(one) : effects === 'prepared' ? beyondPrepared(one) : undefined;
  if (why !== undefined) return why;
  return one.kind === 'robustness' && !robustness
    ? 'the profile allows no requests that the pages do not speak of (robustness)'
    : undefined;
}

function beyondReads({ api, plan, expectation }: Case): string | undefined {
  const only = 'the profile allows reads only:';
  if (expectation.kind === 'workflow') return `${only} this workflow writes`;
  if (api.effect !== 'reads') return `${only} this operation ${api.effect}`;
  if (!plan.ready || !plan.mutation) return undefined;
  // No document says what comes of it.
  const { breaks } = plan.mutation;
  return breaks.includes('method') || breaks.includes('path')
    ? `${only} what another method or path does is not documented`
    : undefined;
}

function beyondPrepared({ api, plan, expectation }: Case): string | undefined {
  const only = 'the profile allows prepared requests only where something is changed:';
  if (expectation.kind === 'workflow') return `${only} this workflow sends data of its own`;
  if (api.effect === 'reads' || !plan.ready) return undefined;
  const isMaybeValid = expectation.kind === 'understood' || expectation.kind === 'observed';
  return plan.control !== undefined || (isMaybeValid && plan.mutation?.at === 'body')
    ? `${only} this operation ${api.effect}, and may take what is sent`
    : undefined;
}

/** Whether something of a target is changed by it. */
export function isChange(effect: Effect): effect is Exclude<Effect, 'reads'> {
  return effect !== 'reads';
}
