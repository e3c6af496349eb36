import type { Case } from '../cases/case.ts';
import type { Settings } from './settings.ts';

/** Whether the command line has chosen a case; without a choice it has. */
export function choice(chosen: Settings['chosen']): (one: Case) => boolean {
  if (chosen === undefined) return () => true;
  if ('cases' in chosen) {
    const ids = new Set(chosen.cases);
    return ({ id }) => ids.has(id);
  }
  const pattern = new RegExp(chosen.matching, 'i');
  return ({ id, tags }) => pattern.test([id, ...tags].join(' '));
}
