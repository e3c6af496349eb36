import type { Fault } from '../../sandbox/faults/fault.ts';
import type { OneRun } from './one-run.ts';
import type { OwnPass } from './ours.ts';
import { keyOf, type Pass } from './pass.ts';
import type { Peer } from './peer.ts';
import type { Target } from './targets.ts';

/** One tool's line; times in seconds. `reports/peers/peers.json` holds this. */
export interface Line {
  readonly id: string;
  readonly name: string;
  readonly judges: string;
  readonly caught: readonly string[];
  readonly missed: readonly string[];
  /** Fault → a few of the failures by which it was caught. */
  readonly by: Readonly<Record<string, readonly string[]>>;
  /** Variant → a few of the failures. */
  readonly falseAlarms: Readonly<Record<string, readonly string[]>>;
  readonly baseline: readonly string[];
  readonly pass: number;
  readonly run: number;
  readonly exitCodes: readonly (number | null)[];
}

/** Failures that are kept of one target. */
const few = 3;

/** The line of a peer. */
export function peerLine(
  { id, name, judges }: Peer,
  { baseline, failures, duration }: Pass,
  targets: readonly Target[],
  run: OneRun,
): Line {
  const failed = (target: Target) => failures.get(keyOf(target)) ?? [];
  const faults = targets.filter(({ kind }) => kind === 'fault');
  const kept = (kind: Target['kind']) =>
    Object.fromEntries(
      targets
        .filter((target) => target.kind === kind && failed(target).length > 0)
        .map((target) => [target.id, failed(target).slice(0, few)]),
    );
  return {
    id,
    name,
    judges,
    caught: faults.filter((one) => failed(one).length > 0).map((one) => one.id),
    missed: faults.filter((one) => failed(one).length === 0).map((one) => one.id),
    by: kept('fault'),
    falseAlarms: kept('variant'),
    baseline,
    pass: duration / 1000,
    run: run.duration / 1000,
    exitCodes: run.exitCodes,
  };
}

/** The line of this suite, by the measure that is the peers'. */
export function ownLine(own: OwnPass, targets: readonly Target[], run: OneRun): Line {
  const faults = targets.filter(({ kind }) => kind === 'fault').map(({ id }) => id);
  return {
    id: 'konaplate-conformance',
    name: 'konaplate-conformance',
    judges: 'its own cases and clauses',
    caught: faults.filter((id) => own.caught.has(id)),
    missed: faults.filter((id) => !own.caught.has(id)),
    by: {},
    falseAlarms: Object.fromEntries([...own.falseAlarms].map(([id, all]) => [id, all.slice(0, few)])),
    baseline: [],
    pass: own.duration / 1000,
    run: run.duration / 1000,
    exitCodes: run.exitCodes,
  };
}

/** The table for a terminal. */
export function comparisonRows(
  lines: readonly Line[],
  counts: { readonly faults: number; readonly variants: number },
): readonly (readonly string[])[] {
  return [
    ['', 'faults caught', 'false alarms', 'failures without a fault', 'the whole pass', 'one run'],
    ...lines.map((line) => [
      line.name,
      `${line.caught.length} of ${counts.faults}`,
      `${Object.keys(line.falseAlarms).length} of ${counts.variants}`,
      String(line.baseline.length),
      `${line.pass.toFixed(0)} s`,
      `${line.run.toFixed(1)} s`,
    ]),
  ];
}

/** Caught faults by family, a column for each tool. */
export function familyRows(lines: readonly Line[], faults: readonly Fault[]): readonly (readonly string[])[] {
  const families = [...new Set(faults.map(({ family }) => family))];
  return [
    ['', 'faults', ...lines.map(({ id }) => id)],
    ...families.map((family) => {
      const ids = faults.filter((one) => one.family === family).map(({ id }) => id);
      return [
        family,
        String(ids.length),
        ...lines.map(({ caught }) => String(ids.filter((id) => caught.includes(id)).length)),
      ];
    }),
  ];
}
