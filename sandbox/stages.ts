import type { Api, Contract } from '../src/contract/model.ts';
import type { JsonObject } from '../src/json/json.ts';
import type { RawHeader } from '../src/wire/exchange.ts';
import type { Check } from './checks.ts';
import type { Credentials } from './credentials.ts';
import type { AnswerCode } from './own-codes.ts';
import type { World } from './world.ts';

// What the stages of the pipeline hand to each other. It stands in one file because a deviation gets what it may change.

/** A request as it came over the wire. */
export interface Received {
  readonly headers: readonly RawHeader[];
  readonly body: Uint8Array;
}

/** Everything that the stages of one request know. */
export interface Situation {
  readonly contract: Contract;
  readonly api: Api;
  readonly credentials: Credentials;
  readonly world: World;
  readonly deviation: Deviation;
  readonly received: Received;
  /** Which request to this API it is since the start, from 1. */
  readonly count: number;
  /** Milliseconds since the epoch, one reading for the whole request. */
  readonly now: number;
  /** The business part of the body in plain text; undefined until the body is open. */
  readonly parameters: JsonObject | undefined;
}

/** What became of a request: its code, and the business fields. */
export interface Outcome extends AnswerCode {
  readonly fields: JsonObject;
}

/** An answer in plain text. */
export interface Answer {
  readonly status: number;
  readonly headers: readonly RawHeader[];
  /** The envelope first, the business fields beside it. */
  readonly body: JsonObject;
  readonly encrypted: boolean;
}

/** An answer as it goes over the wire. */
export interface WireAnswer {
  readonly status: number;
  /** Names keep their case; framing headers are added when it is sent. */
  readonly headers: readonly RawHeader[];
  readonly body: Uint8Array;
  /** Sent in chunks without a Content-Length. */
  readonly chunked?: boolean;
  /** Milliseconds to wait before it is sent. */
  readonly delay?: number;
  /** Not sent at all: the connection is closed instead. */
  readonly lost?: boolean;
}

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
