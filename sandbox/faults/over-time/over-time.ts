import type { Contract } from '../../../src/contract/model.ts';
import type { Fault } from '../fault.ts';
import { recordFaults, removalFaults } from './records.ts';
import { idFaults, startFaults } from './starts.ts';
import { moveFaults, statusFaults } from './statuses.ts';
import { subjectsIn } from './subject.ts';

/** Promises that only several requests together can show to be broken, made from the documents of workflows. */
export function overTimeFaults(contract: Contract): readonly Fault[] {
  return subjectsIn(contract).flatMap((subject) =>
    [startFaults, idFaults, statusFaults, moveFaults, recordFaults, removalFaults].flatMap((make) =>
      make(subject),
    ),
  );
}
