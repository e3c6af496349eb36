import type { Clause } from '../contract/model.ts';
import type { Waiver } from '../judge/waivers.ts';
import type { LocatedEntry } from '../yaml/located.ts';
import { didYouMean } from '../yaml/nearest.ts';
import type { FieldPath, Fields } from './fields.ts';
import { mostTold } from './problem.ts';
import type { WrittenWaiver } from './written.ts';

/** What of the clauses a profile's waivers are held against, by id. */
export type KnownClauses = ReadonlyMap<string, Pick<Clause, 'level'>>;

/**
 * The waivers of a profile. Problems go to `fields`: a clause that is not there or can't fail a run, a day that no
 * calendar has, the same waiver twice. What the schema has complained of is left out.
 */
export function readWaivers(fields: Fields, clauses: KnownClauses | undefined): readonly Waiver[] {
  const first = new Map<string, string>();
  return fields.items('waivers').flatMap((item, index) => {
    const path = ['waivers', String(index)] as const;
    const waiver = readWaiver(fields, path, item);
    if (!waiver) return [];
    checkClause(fields, [...path, 'clause'], waiver.clause, clauses);
    if (!isDay(waiver.expires)) {
      fields.problem([...path, 'expires'], 'no day of the calendar; expected the last day it holds');
    }
    const { code, place, status } = waiver.observed;
    const same = JSON.stringify([waiver.clause, code, place, status]);
    const before = first.get(same);
    if (before !== undefined)
      fields.problem(path, `waives the same as the one at ${before}; keep one of them`);
    first.set(same, waiver.at);
    return [waiver];
  });
}

function readWaiver(
  fields: Fields,
  path: readonly ['waivers', string],
  item: LocatedEntry,
): Waiver | undefined {
  const text = (...field: FieldPath<WrittenWaiver>) => fields.text(...path, ...field)?.value;
  const [clause, reason, owner, expires] = [text('clause'), text('reason'), text('owner'), text('expires')];
  if (clause === undefined || reason === undefined || owner === undefined || expires === undefined)
    return undefined;
  const [code, place] = [text('observed', 'code'), text('observed', 'place')];
  const status = fields.number(...path, 'observed', 'status');
  return {
    clause,
    observed: {
      ...(code === undefined ? {} : { code }),
      ...(place === undefined ? {} : { place }),
      ...(status === undefined ? {} : { status }),
    },
    reason: oneLine(reason),
    owner: oneLine(owner),
    expires,
    at: /[^/\\]*?:\d+(?=(?::\d+)?$)/.exec(item.at.place)?.[0] ?? item.at.place,
  };
}

function checkClause(
  fields: Fields,
  path: readonly string[],
  clause: string,
  clauses: KnownClauses | undefined,
): void {
  const known = clauses?.get(clause);
  if (clauses && !known) {
    fields.problem(
      path,
      `no such clause${fields.problems.length < mostTold ? didYouMean(clause, clauses.keys()) : ''}; npm run clauses lists them all`,
    );
  }
  if (known && known.level !== 'MUST') {
    fields.problem(path, `a ${known.level}, which never counts against a target: there is nothing to waive`);
  }
}

/** Of what has the form of a day, whether it is one; any other form is the schema's complaint. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return true;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function oneLine(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ');
}
