import type { JsonObject } from '../src/wire/json.ts';
import type { Outcome } from './act.ts';
import type { Answer } from './answer.ts';
import type { Check } from './checks.ts';
import type { WireAnswer } from './seal.ts';
import type { Situation } from './situation.ts';

/**
 * The one seam at which the sandbox can be made to behave otherwise: `--wrong`, faults, unusual but conformant
 * variants. Every part is optional and by default changes nothing. `open`, `act` and `seal` stand around a stage and
 * call it or not; `answer` and `send` get what a stage made and give back what is used.
 */
export interface Deviation {
  /** Whether a check is left out. What a left-out check would have stopped goes on as it is. */
  readonly leavesOut?: (check: Check, at: Situation) => boolean;
  /** Around the decryption and parsing of the body. */
  readonly open?: (at: Situation, open: () => Promise<JsonObject>) => Promise<JsonObject>;
  /** Around the business of the API; also the place to change `at.world`. */
  readonly act?: (at: Situation, act: (at: Situation) => Outcome) => Outcome;
  /** The answer in plain text, failures and refusals too. */
  readonly answer?: (answer: Answer, at: Situation) => Answer;
  /** Around the encryption of the answer. */
  readonly seal?: (
    answer: Answer,
    at: Situation,
    seal: (answer: Answer) => Promise<WireAnswer>,
  ) => Promise<WireAnswer>;
  /** The bytes, headers and pace of the answer. */
  readonly send?: (wire: WireAnswer, at: Situation) => WireAnswer;
}
