import type { Sensitivity } from '../contract/model.ts';
import { didYouMean } from '../yaml/nearest.ts';
import type { Fields } from './fields.ts';

/** The documented fields, and how each is kept from view, by name. */
export type DocumentedFields = ReadonlyMap<string, Sensitivity | undefined>;

/** The names that a profile wants in clear. Problems go to `fields`: no such field, or one that is never shown. */
export function readShowInClear(fields: Fields, documented: DocumentedFields | undefined): readonly string[] {
  return fields.items('showInClear').flatMap((_, index) => {
    const path = ['showInClear', String(index)] as const;
    const name = fields.text(...path)?.value;
    if (name === undefined || !documented) return name ?? [];
    const problem = problemOf(name, documented);
    return problem === undefined ? name : (fields.problem(path, problem) ?? []);
  });
}

function problemOf(name: string, documented: DocumentedFields): string | undefined {
  const mayBeShown = (mark: Sensitivity | undefined) => mark !== 'secret' && mark !== 'card-number';
  if (documented.has(name)) {
    return mayBeShown(documented.get(name))
      ? undefined
      : `${name} is never shown: keys, card numbers and what goes with them stay masked`;
  }
  const masked = [...documented].flatMap(([field, mark]) => (mark && mayBeShown(mark) ? field : []));
  return `no such field${didYouMean(name, masked) || `; there are ${masked.join(', ')}`}`;
}
