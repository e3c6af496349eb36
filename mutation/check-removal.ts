import type { Fault } from '../sandbox/faults/fault.ts';
import type { Contract } from '../src/contract/model.ts';
import { type CheckId, checkIds } from '../src/judge/check.ts';
import { counts } from './assess.ts';
import type { Trial } from './trial.ts';

/** What would be missed if the judge had not one of its checks. */
export interface CheckRemoval {
  readonly check: CheckId;
  /** Faults that no other check catches by name. */
  readonly missed: readonly string[];
}

/**
 * Takes the findings of one check after the other out of the trials and sees which faults are no longer caught. The
 * findings of the other checks stay as they were: none of them looks further because another one said nothing, but
 * for a missing code, behind which the rest of an answer is not judged.
 */
export function removeEachCheck(
  faults: readonly Fault[],
  trials: readonly Trial[],
  contract: Contract,
): readonly CheckRemoval[] {
  const byId = new Map(
    trials.filter(({ kind }) => kind === 'fault').map((trial) => [trial.id, trial] as const),
  );
  const caught = faults.flatMap((fault) => {
    const right = (byId.get(fault.id)?.findings ?? []).filter(
      (one) => fault.breaks.includes(one.clause) && counts(one, contract),
    );
    return right.length === 0 ? [] : [{ id: fault.id, right }];
  });
  return checkIds.map((check) => ({
    check,
    missed: caught.filter(({ right }) => right.every((one) => one.check === check)).map(({ id }) => id),
  }));
}
