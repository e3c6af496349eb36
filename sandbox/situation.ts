import type { Api, Contract } from '../src/contract/model.ts';
import type { RawHeader } from '../src/wire/exchange.ts';
import type { JsonObject } from '../src/wire/json.ts';
import type { Check } from './checks.ts';
import type { Credentials } from './credentials.ts';
import type { Deviation } from './deviation.ts';
import type { Refusal } from './own-codes.ts';
import type { World } from './world.ts';

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

/** Stops the request unless the check holds; a deviation may leave a check out. */
export function demand(at: Situation, check: Check, holds: boolean, refusal: () => Refusal): void {
  if (!holds && at.deviation.leavesOut?.(check, at) !== true) throw refusal();
}
