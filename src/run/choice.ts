import type { Case } from '../cases/case.ts';
import type { Settings } from './settings.ts';

/** Whether a case is among those that the command line has chosen; every one is where it has chosen none. */
export function choiceOf({ cases, grep }: Pick<Settings, 'cases' | 'grep'>): (one: Case) => boolean {
  const ids = cases && new Set(cases);
  const pattern = grep === undefined ? undefined : new RegExp(grep, 'i');
  return (one) =>
    (ids === undefined || ids.has(one.id)) &&
    (pattern === undefined || pattern.test([one.id, ...one.tags].join(' ')));
}
