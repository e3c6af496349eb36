import { families } from '../sandbox/faults/fault.ts';
import { causeGoals, type MutationTestResult } from './result.ts';

/** The mutation test as a short text for a terminal. */
export function mutationTestText(result: MutationTestResult): string {
  const { counts, faults, variants, cases, duration, whole } = result;
  const rows = families.flatMap((family) => {
    const some = faults.filter((one) => one.family === family);
    if (some.length === 0) return [];
    const caught = some.filter((one) => one.caught).length;
    const noisy = some.filter(({ noise }) => noise.length > 0).length;
    return [[family, some.length, caught, some.length - caught, noisy]];
  });
  const table = [
    ['family', 'faults', 'caught', 'missed', 'noisy'],
    ...rows,
    ['all', counts.faults, counts.caught, counts.missed, counts.noisy],
  ].map(
    ([name, ...numbers]) =>
      `  ${String(name).padEnd(26)}${numbers.map((one) => String(one).padStart(8)).join('')}`,
  );
  return [
    ...(faults.length === 0 ? [] : [...table, '']),
    ...faults.filter(({ caught }) => !caught).map(({ id, sentence }) => `missed  ${id}\n        ${sentence}`),
    ...faults.flatMap(({ id, noise: [first, ...more] }) =>
      first === undefined
        ? []
        : [`noisy   ${id}\n        ${first}${more.length === 0 ? '' : ` (and ${more.length} more)`}`],
    ),
    ...variants.flatMap(({ id, trouble: [first, ...more] }) =>
      first === undefined
        ? []
        : [`failed  variant ${id}\n        ${first}${more.length === 0 ? '' : ` (and ${more.length} more)`}`],
    ),
    ...(whole ? wholeText(result) : []),
    `${counts.variants} conformant variants, ${counts.failed} of them failed`,
    `${counts.faults} faults: ${counts.caught} caught, ${counts.missed} missed, ${counts.noisy} noisy`,
    ...(counts.caught === 0 ? [] : causesText(result)),
    `${cases.ran} runs of ${cases.all} cases in ${duration.toFixed(1)} s; ${cases.spared} more could not have come out otherwise (mutation/affected.ts says why)`,
  ].join('\n');
}

/** How well the causes of a report tell a fault, and the faults that they tell less well. */
function causesText({ counts, faults }: MutationTestResult): readonly string[] {
  const part = (number: number, goal: number) =>
    `${number} of ${counts.caught}, ${(Math.floor((number / counts.caught) * 1000) / 10).toFixed(1)} % (goal ${goal * 100} %)`;
  const caught = faults.filter((one) => one.caught);
  return [
    `caught faults with exactly one cause: ${part(counts.oneCause, causeGoals.oneCause)}${listed(caught.filter(({ causes }) => causes !== 1).map(({ id, causes }) => `${causes} causes: ${id}`))}`,
    `caught faults whose first cause names a clause that they break: ${part(counts.firstNames, causeGoals.firstNames)}${listed(caught.filter(({ firstNames }) => !firstNames).map(({ id }) => id))}`,
  ];
}

function wholeText({ unbroken, idle, stale, removals }: MutationTestResult): readonly string[] {
  const unexplained = (list: MutationTestResult['idle']) =>
    list.filter(({ reason }) => reason === undefined).map(({ id }) => id);
  const needless = removals.filter(({ missed }) => missed.length === 0);
  return [
    `${unbroken.length} clauses that no fault breaks, ${unexplained(unbroken).length} of them without a reason in mutation/unbroken.yaml${listed(unexplained(unbroken))}`,
    `${idle.length} cases that never caught anything, ${unexplained(idle).length} of them without a reason in mutation/never-catches.yaml${listed(unexplained(idle))}`,
    ...(stale.length === 0 ? [] : [`reasons that are no longer needed${listed(stale)}`]),
    `${removals.length} checks of the judge: without any one of ${removals.length - needless.length} of them a fault is missed${listed(needless.map(({ check }) => `not needed: ${check}`))}`,
  ];
}

function listed(list: readonly string[]): string {
  const shown = list.slice(0, 12).map((one) => `\n  ${one}`);
  return `${list.length === 0 ? '' : ':'}${shown.join('')}${list.length > shown.length ? `\n  and ${list.length - shown.length} more` : ''}`;
}
