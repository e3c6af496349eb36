import { readFileSync } from 'node:fs';
import { type Outcome, outcomes } from '../../judge/finding.ts';
import { verdictOf } from '../../judge/verdict.ts';
import type { CaseRecord, LedgerFooter, LedgerHeader } from '../../record/record.ts';
import { isCaseRecord, isFooter, isHeader, parseLine } from './lines.ts';
import { writeWhole } from './storage.ts';
import { withoutWrongSetup } from './wrong-setup.ts';

/** A whole run, as everything else is made from it. */
export interface Ledger {
  readonly header: LedgerHeader;
  readonly cases: readonly CaseRecord[];
  readonly footer: LedgerFooter;
}

/** What reading a ledger came to. `incomplete`: the run broke off, or the file was changed. */
export type ReadLedger =
  | ({ readonly state: 'complete' } & Ledger)
  | {
      readonly state: 'incomplete';
      readonly why: string;
      readonly header: LedgerHeader | undefined;
      readonly cases: readonly CaseRecord[];
    };

/**
 * Puts a run together: cases in the planned order, whichever process ran them. Of a case that ran more than once the
 * worst outcome counts, and says so. Trouble of the run itself makes the verdict incomplete unless a promise was broken.
 */
export function assembleLedger(run: {
  readonly header: LedgerHeader;
  readonly planned: readonly string[];
  readonly records: readonly CaseRecord[];
  readonly problems: readonly string[];
  /** What to say of a planned case without a record. */
  readonly missing: (id: string) => CaseRecord;
  readonly finishedAt: string;
}): Ledger {
  const byId = new Map<string, CaseRecord[]>();
  for (const record of run.records) byId.set(record.id, [...(byId.get(record.id) ?? []), record]);
  const planned = new Set(run.planned);
  const strangers = [...byId.keys()].filter((id) => !planned.has(id));
  const cases = withoutWrongSetup(
    [...planned].map((id) => worstRecord(byId.get(id) ?? []) ?? run.missing(id)),
  );
  const problems = [
    ...run.problems,
    ...strangers.map((id) => `a record of "${id}", which was not planned, was left out`),
  ];
  return { header: run.header, cases, footer: footerOf(run.header, cases, problems, run.finishedAt) };
}

function worstRecord(records: readonly CaseRecord[]): CaseRecord | undefined {
  const [first, ...others] = records;
  if (!first) return undefined;
  if (others.length === 0) return first;
  const worst = records.reduce((a, b) => (outcomes.indexOf(b.outcome) > outcomes.indexOf(a.outcome) ? b : a));
  return {
    ...worst,
    notes: [
      ...worst.notes,
      `It ran ${records.length} times (${records.map((one) => one.outcome).join(', ')}); the worst counts.`,
    ],
  };
}

function footerOf(
  { selection }: Pick<LedgerHeader, 'selection'>,
  cases: readonly CaseRecord[],
  problems: readonly string[],
  finishedAt: string,
): LedgerFooter {
  // A shard may have no case; that all of them together have some is seen when they are merged.
  const verdict = isEmptyShard(selection, cases) ? 'conformant' : verdictOf(cases);
  return {
    type: 'footer',
    finishedAt,
    counts: countOutcomes(cases),
    problems,
    verdict: verdict === 'conformant' && problems.length > 0 ? 'incomplete' : verdict,
  };
}

/** Whether a run did nothing since no case fell to its shard. */
export function isEmptyShard({ shard }: LedgerHeader['selection'], cases: readonly CaseRecord[]): boolean {
  return shard !== undefined && cases.length === 0;
}

/** How many cases came to each outcome; every outcome is named. */
export function countOutcomes(cases: readonly CaseRecord[]): Readonly<Record<Outcome, number>> {
  const counts: Record<Outcome, number> = {
    conforms: 0,
    waived: 0,
    warns: 0,
    'not-exercised': 0,
    'not-testable': 0,
    'setup-error': 0,
    'target-error': 0,
    'harness-error': 0,
    violates: 0,
  };
  for (const { outcome } of cases) counts[outcome] += 1;
  return counts;
}

/** Writes a ledger, one JSON value a line, and gives the file its name when it is whole. */
export function writeLedger(file: string, { header, cases, footer }: Ledger): void {
  writeWhole(file, `${[header, ...cases, footer].map((line) => JSON.stringify(line)).join('\n')}\n`);
}

/** Reads a ledger; a footer that is missing or disagrees with the cases makes it incomplete. */
export function readLedger(file: string): ReadLedger {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map(parseLine);
  const header = lines.find(isHeader);
  const cases = lines.filter(isCaseRecord);
  const footer = lines.at(-1);
  const incomplete = (why: string): ReadLedger => ({ state: 'incomplete', why, header, cases });

  if (!header || lines[0] !== header)
    return incomplete('the first line is no header of a ledger of version 1');
  if (!isFooter(footer)) return incomplete('there is no footer: the run broke off before its end');
  if (cases.length !== lines.length - 2)
    return incomplete('a line between header and footer is no record of a case');
  if (cases.length !== header.cases.planned) {
    return incomplete(`${header.cases.planned} cases were planned, and there are records of ${cases.length}`);
  }
  if (new Set(cases.map(({ id }) => id)).size !== cases.length) return incomplete('a case has two records');
  const counts = countOutcomes(cases);
  const wrong = outcomes.find((outcome) => counts[outcome] !== footer.counts[outcome]);
  if (wrong)
    return incomplete(`the footer counts ${footer.counts[wrong]} ${wrong}, and there are ${counts[wrong]}`);
  const verdict = footerOf(header, cases, footer.problems, footer.finishedAt).verdict;
  if (verdict !== footer.verdict)
    return incomplete(`the footer says ${footer.verdict}, and the cases ${verdict}`);
  return { state: 'complete', header, cases, footer };
}
