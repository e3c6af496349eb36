import { type Finding, type Outcome, worstOf } from './finding.ts';

/** What judging one answer came to. */
export interface Judgement {
  readonly outcome: Outcome;
  /** One line; empty when the answer conforms. */
  readonly reason: string;
  /** Every finding that is not `conforms`. */
  readonly findings: readonly Finding[];
  /** The clauses that the answer was seen to keep. */
  readonly kept: readonly string[];
  readonly readings: readonly string[];
  /** The enum values that were seen, by the clause that lists them. */
  readonly seen: readonly { readonly clause: string; readonly values: readonly string[] }[];
}

/** Collects what the checks of one answer say. A clause both kept and broken, at two places, is broken. */
export class Evidence {
  readonly #findings: Finding[] = [];
  readonly #kept = new Set<string>();
  readonly #readings = new Set<string>();
  readonly #seen = new Map<string, Set<string>>();

  keeps(clause: string): void {
    this.#kept.add(clause);
  }

  breaks(clause: string, place: string, expected: string, actual: string): void {
    this.#findings.push({ clause, outcome: 'violates', place, expected, actual });
  }

  /** A SHOULD that was not kept. */
  warns(clause: string, place: string, expected: string, actual: string): void {
    this.#findings.push({ clause, outcome: 'warns', place, expected, actual });
  }

  /** Kept or broken, by a condition. */
  check(holds: boolean, clause: string, place: string, expected: string, actual: string): boolean {
    if (holds) this.keeps(clause);
    else this.breaks(clause, place, expected, actual);
    return holds;
  }

  /** A documented value of an enum came back. */
  sees(clause: string, value: string): void {
    this.#seen.set(clause, (this.#seen.get(clause) ?? new Set()).add(value));
  }

  shows(...readings: readonly string[]): void {
    for (const reading of readings) this.#readings.add(reading);
  }

  /** Takes over what another judgement of the same answer, or of another one, has found. */
  adds({ findings, kept, readings, seen }: Judgement): void {
    this.#findings.push(...findings);
    for (const clause of kept) this.keeps(clause);
    this.shows(...readings);
    for (const { clause, values } of seen) for (const value of values) this.sees(clause, value);
  }

  judgement(): Judgement {
    const broken = new Set(this.#findings.map(({ clause }) => clause));
    const [first, ...others] = this.#findings;
    const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
    return {
      outcome: worstOf(this.#findings.map(({ outcome }) => outcome)),
      reason: first ? `${first.place}: expected ${first.expected}, got ${first.actual}${more}` : '',
      findings: this.#findings,
      kept: [...this.#kept].filter((clause) => !broken.has(clause)),
      readings: [...this.#readings],
      seen: [...this.#seen].map(([clause, values]) => ({ clause, values: [...values] })),
    };
  }
}

/** A case that came to no judgement. */
export function unjudged(outcome: Exclude<Outcome, 'conforms' | 'violates'>, reason: string): Judgement {
  return { outcome, reason, findings: [], kept: [], readings: [], seen: [] };
}

/** Two judgements as one. */
export function mergeJudgements(one: Judgement, other: Judgement): Judgement {
  const evidence = new Evidence();
  evidence.adds(one);
  evidence.adds(other);
  return evidence.judgement();
}
