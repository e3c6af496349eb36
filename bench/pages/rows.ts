import type { FaultResult } from '../../mutation/assess.ts';
import { sum, table } from '../numbers.ts';
import type { Imported, Tried } from './page.ts';

/** What became of one page; what it did not get to is not there. */
export interface Row extends Partial<Imported>, Partial<Omit<Tried, 'troubles'>> {
  readonly name: string;
  /** What kept it from a conformant run, each one line. */
  readonly troubles: readonly string[];
  /** Milliseconds. */
  readonly duration: number;
  /** Those of its API, where they were tried. */
  readonly faults?: readonly FaultResult[];
}

const shownTroubles = 5;

/** A row for each page, a last one with the sums, and below them what went wrong. */
export function rowsText(rows: readonly Row[]): string {
  const withFaults = rows.some(({ faults }) => faults !== undefined);
  const through = rows.filter(({ troubles }) => troubles.length === 0).length;
  const counted = [
    ['open places', (row: Row) => row.openPlaces],
    ['doubts', (row: Row) => row.doubts],
    ['clauses', (row: Row) => row.clauses],
    ['without a case', (row: Row) => row.reasons],
    ['cases', (row: Row) => row.cases],
    ['not testable', (row: Row) => row.notTestable],
    ['harness errors', (row: Row) => row.harnessErrors],
  ] as const;
  const faultsOf = (all: readonly FaultResult[] | undefined) =>
    all === undefined ? ['', ''] : [`${all.filter(({ caught }) => caught).length}/${all.length}`, noisy(all)];
  const minutes = (ms: number) => (ms / 60_000).toFixed(2);
  const line = (row: Row) => [
    row.name,
    ...counted.map(([, of]) => String(of(row) ?? '')),
    row.troubles.length === 0 ? (row.verdict ?? '') : 'FAILED',
    minutes(row.duration),
    ...(withFaults ? faultsOf(row.faults) : []),
  ];
  const sums = [
    'all',
    ...counted.map(([, of]) => String(sum(rows.map((row) => of(row) ?? 0)))),
    `${through} of ${rows.length}`,
    minutes(sum(rows.map(({ duration }) => duration))),
    ...(withFaults ? faultsOf(rows.flatMap(({ faults }) => faults ?? [])) : []),
  ];
  const head = ['page', ...counted.map(([name]) => name), 'outcome', 'minutes'];
  return [
    ...rows.flatMap(troublesText),
    table([[...head, ...(withFaults ? ['faults caught', 'noisy'] : [])], ...rows.map(line), sums]),
  ].join('');
}

function noisy(faults: readonly FaultResult[]): string {
  return String(faults.filter(({ noise }) => noise.length > 0).length);
}

function troublesText({ name, troubles, faults = [] }: Row): string[] {
  const more = troubles.length - shownTroubles;
  return [
    ...troubles.slice(0, shownTroubles).map((trouble) => `${name}: ${trouble}\n`),
    ...(more > 0 ? [`${name}: and ${more} more\n`] : []),
    ...faults
      .filter(({ caught }) => !caught)
      .map(({ id, sentence }) => `${name}: not caught: ${id}: ${sentence}\n`),
    ...faults.flatMap(({ id, noise: [first] }) =>
      first === undefined ? [] : [`${name}: noisy: ${id}: ${first}\n`],
    ),
  ];
}
