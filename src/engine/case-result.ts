import type { Judgement } from '../judge/evidence.ts';
import type { Answered } from '../judge/finding.ts';
import type { ShownExchange } from '../record/record.ts';
import type { RedactorOptions } from '../redact/redactor.ts';
import type { Change } from './change.ts';

/** What doing a case came to. */
export interface CaseResult {
  readonly judgement: Judgement;
  readonly exchanges: readonly ShownExchange[];
  /** What must not be told of the answers that the judgement quotes. */
  readonly sensitive: readonly RedactorOptions[];
  readonly notes: readonly string[];
  /** What its requests may have changed on the target. */
  readonly changes?: readonly Change[];
  /** What it has started there, and what of that it has taken back, a line each. */
  readonly made?: readonly string[];
  readonly gone?: readonly string[];
  /** What the case has registered and could not take back, a line each. */
  readonly left?: readonly string[];
  /** What the target answered, as far as it may be written down. */
  readonly answered?: Answered;
}
