/** How each sentence begins that says why some cases were not sent. */
export const notSent = 'nothing more was sent';

/** Whether a case was left out because nothing more was sent to the target or its API. */
export function wasNotSent({
  outcome,
  reason,
}: {
  readonly outcome: string;
  readonly reason: string;
}): boolean {
  return outcome === 'not-exercised' && reason.startsWith(notSent);
}

/** Why cases were not sent, once each, with how many. */
export function notSentBecause(
  cases: readonly { readonly outcome: string; readonly reason: string }[],
): readonly string[] {
  const counts = new Map<string, number>();
  for (const one of cases) if (wasNotSent(one)) counts.set(one.reason, (counts.get(one.reason) ?? 0) + 1);
  return [...counts].map(
    ([reason, count]) => `${reason}; so ${count} ${count === 1 ? 'case was' : 'cases were'} not done`,
  );
}
