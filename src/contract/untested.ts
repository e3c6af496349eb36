import path from 'node:path';
import { nearest } from '../yaml/nearest.ts';
import { ContractError, type ContractProblem } from './error.ts';
import type { ContractFolders } from './load.ts';
import type { Contract } from './model.ts';
import { readDocument } from './shape.ts';

/** Why clauses have no case, as `specs/untested.yaml` says. */
export interface Untested {
  /** Clause id → the reason. */
  readonly reasons: ReadonlyMap<string, string>;
  readonly patterns: readonly UntestedPattern[];
}

export interface UntestedPattern {
  /** A clause id, in which `*` stands for any text. */
  readonly pattern: string;
  /** The ids of the clauses that it fits, at least one. */
  readonly clauses: readonly string[];
  /** `file:line:column` */
  readonly place: string;
}

/**
 * Reads `specs/untested.yaml` and holds it against the clauses.
 *
 * @throws {ContractError} every pattern that fits no clause, and every clause that two patterns excuse
 */
export function loadUntested({ specs }: ContractFolders, contract: Contract): Untested {
  const file = readDocument(path.join(specs, 'untested.yaml'), 'untested', path.dirname(specs));
  if ('problems' in file) throw new ContractError(file.problems);
  const problems: ContractProblem[] = [];
  const reasons = new Map<string, string>();
  const patterns: UntestedPattern[] = [];
  for (const [index, { clauses, reason }] of file.value.untested.entries()) {
    for (const [position, pattern] of clauses.entries()) {
      const place = file.placeOf(['untested', String(index), 'clauses', String(position)]);
      const fitting = matching(pattern, contract.clauses.keys());
      if (fitting.length === 0) {
        const near = nearest(pattern, contract.clauses.keys());
        problems.push({
          place,
          message: `no clause fits "${pattern}"${near === undefined ? '' : ` (did you mean "${near}"?)`}; npm run clauses lists them, or take it out`,
        });
      }
      const twice = fitting.find((id) => reasons.has(id));
      if (twice !== undefined) {
        problems.push({ place, message: `"${twice}" has a reason above already; keep one of them` });
      }
      for (const id of fitting) reasons.set(id, reason);
      patterns.push({ pattern, clauses: fitting, place });
    }
  }
  if (problems.length > 0) throw new ContractError(problems);
  return { reasons, patterns };
}

/** The patterns that excuse a clause which has a case by now: an excuse nobody needs hides what may be lost later. */
export function staleUntested(
  { patterns }: Untested,
  casesByClause: ReadonlyMap<string, readonly string[]>,
): readonly ContractProblem[] {
  return patterns.flatMap(({ pattern, clauses, place }) => {
    const tested = clauses.filter((id) => casesByClause.has(id));
    const [first] = tested;
    if (first === undefined) return [];
    const what =
      tested.length === clauses.length
        ? `"${pattern}" is no longer needed: take it out`
        : `"${pattern}" fits ${tested.length} of ${clauses.length} clauses that have a case: name the others alone`;
    return [
      { place, message: `${what}; ${first} is tested by ${casesByClause.get(first)?.[0] ?? 'a case'}` },
    ];
  });
}

function matching(pattern: string, ids: Iterable<string>): readonly string[] {
  const form = pattern
    .split('*')
    .map((text) => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))
    .join('.*');
  const whole = new RegExp(`^${form}$`);
  return [...ids].filter((id) => whole.test(id));
}
