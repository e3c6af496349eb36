import type { CheckId } from './check.ts';
import { type Answered, type Finding, type Outcome, worstOf } from './finding.ts';

/** What judging one answer came to. */
export interface Judgement {
  readonly outcome: Outcome;
  /** One line; empty when the answer conforms. */
  readonly reason: string;
  /** Every finding that is not `conforms`. */
  readonly findings: readonly Finding[];
  /** The clauses that the answer was seen to keep. */
  readonly kept: readonly string[];
  readonly interpretations: readonly string[];
  /** The enum values that were seen, by the clause that lists them. */
  readonly seen: readonly { readonly clause: string; readonly values: readonly string[] }[];
  /** Why no answer came after a promise had been broken, if so: once that is waived, nothing else is known. */
  readonly trouble?: string;
}

/** Collects what the checks of one answer say. A clause both kept and broken, at two places, is broken. */
export class Evidence {
  /** By what they say: an answer may have a hundred thousand. */
  readonly #findings = new Map<string, Finding>();
  readonly #kept = new Set<string>();
  readonly #interpretations = new Set<string>();
  readonly #seen = new Map<string, Set<string>>();
  readonly #answered: Answered | undefined;

  /** @param answered what the judged answer came with, for its findings */
  constructor(answered?: Answered) {
    this.#answered = answered;
  }

  keeps(clause: string): void {
    this.#kept.add(clause);
  }

  breaks(
    check: CheckId,
    clause: string,
    place: string,
    expected: string,
    actual: string,
    answered: Answered | undefined = this.#answered,
  ): void {
    this.#finds({
      check,
      clause,
      outcome: 'violates',
      place,
      expected,
      actual,
      ...(answered && { answered }),
    });
  }

  /** A SHOULD that was not kept. */
  warns(check: CheckId, clause: string, place: string, expected: string, actual: string): void {
    const answered = this.#answered;
    this.#finds({ check, clause, outcome: 'warns', place, expected, actual, ...(answered && { answered }) });
  }

  /** What several answers of a case have in common is told once; a waiver may know them apart by what they came with. */
  #finds(finding: Finding): void {
    const { check, clause, outcome, place, expected, actual, answered } = finding;
    const same = JSON.stringify([
      check,
      clause,
      outcome,
      place,
      expected,
      actual,
      answered?.status,
      answered?.code,
    ]);
    if (!this.#findings.has(same)) this.#findings.set(same, finding);
  }

  /** Kept or broken, by a condition. */
  check(
    check: CheckId,
    holds: boolean,
    clause: string,
    place: string,
    expected: string,
    actual: string,
    answered?: Answered,
  ): boolean {
    if (holds) this.keeps(clause);
    else this.breaks(check, clause, place, expected, actual, answered);
    return holds;
  }

  /** A documented value of an enum came back. */
  sees(clause: string, value: string): void {
    this.#seen.set(clause, (this.#seen.get(clause) ?? new Set()).add(value));
  }

  shows(...interpretations: readonly string[]): void {
    for (const interpretation of interpretations) this.#interpretations.add(interpretation);
  }

  /** Takes over what another judgement of the same answer, or of another one, has found. */
  adds({ findings, kept, interpretations, seen }: Judgement): void {
    for (const finding of findings) this.#finds(finding);
    for (const clause of kept) this.keeps(clause);
    this.shows(...interpretations);
    for (const { clause, values } of seen) for (const value of values) this.sees(clause, value);
  }

  judgement(): Judgement {
    const findings = [...this.#findings.values()];
    const broken = new Set(findings.map(({ clause }) => clause));
    return {
      outcome: worstOf(findings.map(({ outcome }) => outcome)),
      reason: reasonOf(findings),
      findings,
      kept: [...this.#kept].filter((clause) => !broken.has(clause)),
      interpretations: [...this.#interpretations],
      seen: [...this.#seen].map(([clause, values]) => ({ clause, values: [...values] })),
    };
  }
}

/** Findings in one line: the first of them, and how many more there are; empty without any. */
export function reasonOf([first, ...others]: readonly Finding[]): string {
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return first ? `${first.place}: expected ${first.expected}, got ${first.actual}${more}` : '';
}

/** A case that came to no judgement. */
export function unjudged(outcome: Exclude<Outcome, 'conforms' | 'violates'>, reason: string): Judgement {
  return { outcome, reason, findings: [], kept: [], interpretations: [], seen: [] };
}

/** Two judgements as one. */
export function mergeJudgements(one: Judgement, other: Judgement): Judgement {
  const evidence = new Evidence();
  evidence.adds(one);
  evidence.adds(other);
  return evidence.judgement();
}
