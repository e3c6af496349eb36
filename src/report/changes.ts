import { type Change, summedUp } from '../engine/change.ts';
import type { CaseRecord } from '../record/record.ts';

/** Something of a target that a case speaks of. */
export interface Told {
  readonly case: string;
  readonly what: string;
}

/** What a run has done to what its target keeps. */
export interface Changes {
  /** Requests that were taken, or may have been, by operation. */
  readonly operations: readonly Change[];
  /** What workflows have started, what of that is gone again, and what may be left. */
  readonly made: readonly Told[];
  readonly gone: readonly Told[];
  readonly left: readonly Told[];
}

/** Sums up what the cases of a run have done to their target. */
export function changesOf(cases: readonly CaseRecord[]): Changes {
  const told = (pick: (record: CaseRecord) => readonly string[] | undefined): readonly Told[] =>
    cases.flatMap((record) => (pick(record) ?? []).map((what) => ({ case: record.id, what })));
  return {
    operations: summedUp(cases.flatMap(({ changes = [] }) => changes)),
    made: told(({ made }) => made),
    gone: told(({ gone }) => gone),
    left: told(({ left }) => left),
  };
}
