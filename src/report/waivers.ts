import { clauseId } from '../contract/clauses.ts';
import type { Contract } from '../contract/model.ts';
import { clausesTestedBy } from '../contract/tested-by.ts';
import type { Answered, Finding } from '../judge/finding.ts';
import { exitCodes } from '../judge/verdict.ts';
import { fits, isExpired, type Waiver } from '../judge/waivers.ts';
import type { CaseRecord } from '../record/record.ts';
import type { Ledger } from './ledger/ledger.ts';

/**
 * What a run says of a waiver: `used`, a finding fits it; `expired`, its last day is over; `stale`, a whole run showed no
 * finding that fits it; `undecided`, nothing fitted it and not everything was seen. Expired and stale ones fail the run.
 */
export const waiverStates = ['used', 'expired', 'stale', 'undecided'] as const;

export type WaiverState = (typeof waiverStates)[number];

export interface WaiverStanding {
  readonly waiver: Waiver;
  readonly state: WaiverState;
  /** Why, and what to do, in one line; empty when it is used. */
  readonly why: string;
  /** The cases in which a finding fits it. */
  readonly cases: readonly string[];
  /** What was found there that fits it. */
  readonly findings: readonly Finding[];
}

/** What a waiver wants to have been seen: `/parcel/size, HTTP 200 with <code>`. */
export function observedText({ place, ...answered }: Waiver['observed']): string {
  return [place, answeredText(answered)].filter((part) => part !== undefined && part !== '').join(', ');
}

function answeredText({ status, code }: Partial<Answered>): string {
  if (status === undefined) return code === undefined ? '' : `code ${code}`;
  return `HTTP ${status}${code === undefined ? '' : ` with ${code}`}`;
}

/**
 * How each waiver of a run stands. Only a run of all cases, or of all its shards together, can tell that nothing fits
 * a waiver any more, and only when every case was judged that could have shown it.
 */
export function waiverStandings(
  { header, cases, footer }: Ledger,
  contract: Contract,
): readonly WaiverStanding[] {
  const waivers = header.waivers ?? [];
  if (waivers.length === 0) return [];
  const testedBy = clausesTestedBy(contract);
  return waivers.map((waiver, index) => {
    const fitting = cases
      .filter(({ outcome }) => outcome !== 'harness-error')
      .map((record) => ({
        id: record.id,
        findings: record.findings.filter((one) => one.waiver === index || fits(waiver, one)),
      }))
      .filter(({ findings }) => findings.length > 0);
    const seen = {
      waiver,
      cases: fitting.map(({ id }) => id),
      findings: fitting.flatMap((one) => one.findings),
    };
    if (isExpired(waiver, footer.finishedAt)) {
      const still =
        fitting.length === 0
          ? 'nothing in this run fitted it; take it out'
          : `its deviation shows in ${plural(fitting.length, 'case')}; have the target mended, or agree on another day`;
      return { ...seen, state: 'expired', why: `expired on ${waiver.expires}; ${still}` };
    }
    if (fitting.length > 0) return { ...seen, state: 'used', why: '' };
    const otherwise = brokenOtherwise(waiver, cases);
    const unseen =
      header.cases.planned < header.cases.all
        ? `${header.cases.planned} of ${header.cases.all} cases ran, and only a whole run can tell whether it is still needed`
        : unseenIn(cases, waiver.clause, testedBy);
    if (unseen !== undefined) {
      return { ...seen, state: 'undecided', why: ['nothing fitted it', ...otherwise, unseen].join('; ') };
    }
    const kept = cases.filter((record) => keeps(record, waiver.clause)).length;
    const instead =
      kept > 0 ? `${plural(kept, 'case')} kept the clause` : 'no answer of the whole run showed the clause';
    return {
      ...seen,
      state: 'stale',
      why:
        otherwise.length > 0
          ? `nothing fits it; ${otherwise[0]}; take it out, or write down what is to be waived`
          : `nothing fits it any more: ${instead}; take it out`,
    };
  });
}

/** The exit code of a run: that of its verdict, unless a waiver of its profile has to be mended first. */
export function exitCodeOf(ledger: Ledger, contract: Contract): 0 | 1 | 3 {
  return waiverStandings(ledger, contract).some(fails) ? 1 : exitCodes[ledger.footer.verdict];
}

/** Whether a waiver keeps the run from exiting with 0. */
export function fails({ state }: Pick<WaiverStanding, 'state'>): boolean {
  return state === 'expired' || state === 'stale';
}

/** How else the clause was broken, which the waiver does not cover. */
function brokenOtherwise({ clause }: Waiver, cases: readonly CaseRecord[]): readonly string[] {
  for (const { id, outcome, findings } of cases) {
    const other = findings.find((one) => one.clause === clause && one.outcome === 'violates');
    if (!other || outcome === 'harness-error') continue;
    return [
      `its clause was broken otherwise: ${observedText({ place: other.place, ...other.answered })} in ${id}`,
    ];
  }
  return [];
}

/**
 * Why not everything was judged that could have shown a clause broken, if so: a case without a judgement, or one that
 * tests the clause and broke off before it, at another promise.
 */
function unseenIn(
  cases: readonly CaseRecord[],
  clause: string,
  testedBy: ReturnType<typeof clausesTestedBy>,
): string | undefined {
  const [first, ...others] = cases.filter((record) => {
    const { outcome, findings } = record;
    if (outcome === 'conforms' || outcome === 'warns') return false;
    if (outcome !== 'violates' && outcome !== 'waived' && outcome !== 'not-testable') return true;
    const shown = keeps(record, clause) || findings.some((one) => one.clause === clause);
    return testedBy(record).has(clause) && !shown;
  });
  if (!first) return undefined;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return `what could have shown it did not come so far: ${first.id} (${first.outcome})${more}`;
}

function keeps({ id, kind, outcome, kept }: CaseRecord, clause: string): boolean {
  if (outcome === 'harness-error') return false;
  const own = kind === 'scenario' && clause === clauseId.scenario(id) && outcome === 'conforms';
  return own || kept.includes(clause);
}

function plural(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
