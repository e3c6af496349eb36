import { tranTime } from '../src/wire/clock.ts';
import { OverTimeState } from './over-time/state.ts';
import {
  type Account,
  type AccountDetails,
  accounts,
  type FailureCode,
  type Fate,
  fates,
  nonMembers,
  type PhysicalCard,
  physicalCards,
  registrations,
} from './prepared.ts';

/** How far a registration has come. Source: page 000, lines 165 to 169 and 208 to 291. */
export type Progress =
  | { readonly status: 'ARS_AUTH_IN_PROGRESS' | 'ARS_AUTH_DONE' | 'BANK_ACC_REGISTERED' }
  | { readonly failed: FailureCode };

export interface Registration {
  readonly regNo: string;
  readonly member: bigint;
  readonly fate: Fate;
  /** Milliseconds since the epoch; -Infinity for the prepared ones. */
  readonly began: number;
  readonly details: AccountDetails | undefined;
}

/**
 * How far a registration has come at a moment: first the telephone call, then the bank, a step each. A failed call
 * (002_014) ends it after the first step, every other failure after the second.
 *
 * @param step milliseconds
 */
export function progressOf({ fate, began }: Registration, now: number, step: number): Progress {
  if (fate === 'registered-at-once') return { status: 'BANK_ACC_REGISTERED' };
  const elapsed = now - began;
  if (fate === 'never-ends' || elapsed < step) return { status: 'ARS_AUTH_IN_PROGRESS' };
  if (fate === '002_014') return { failed: fate };
  if (elapsed < 2 * step) return { status: 'ARS_AUTH_DONE' };
  return fate === 'registered' ? { status: 'BANK_ACC_REGISTERED' } : { failed: fate };
}

/** Members, accounts, cards and registrations, in memory. Time passes only with the clock: there are no timers. */
export class World {
  /** What is known of processes and records by the documents of workflows alone. */
  readonly overTime: OverTimeState;
  readonly #clock: () => number;
  readonly #step: number;
  #latest = 0;
  readonly #accounts = new Map(accounts);
  readonly #registrations = new Map<string, Registration>();
  /** The last registration of each member. */
  readonly #lastOf = new Map<bigint, Registration>();
  /** Those whose account may still come, in the order in which they end. */
  readonly #open = new Set<Registration>();
  #count = 0;

  constructor(options: { readonly clock: () => number; readonly registrationMs: number }) {
    this.#clock = options.clock;
    this.#step = options.registrationMs;
    this.overTime = new OverTimeState(() => this.now(), this.#step);
    for (const prepared of registrations) {
      const registration = { ...prepared, began: Number.NEGATIVE_INFINITY, details: undefined };
      this.#registrations.set(prepared.regNo, registration);
      this.#lastOf.set(prepared.member, registration);
    }
  }

  /** Milliseconds since the epoch. Never goes back, even if the machine's clock does: no status may. */
  now(): number {
    this.#latest = Math.max(this.#latest, this.#clock());
    return this.#latest;
  }

  isMember(id: bigint): boolean {
    return !nonMembers.some(({ from, to }) => from <= id && id <= to);
  }

  /** Begins a registration; undefined while one of the same member is under way. */
  register(member: bigint, details: AccountDetails): Registration | undefined {
    const now = this.#settle();
    const last = this.#lastOf.get(member);
    if (last && isUnderWay(progressOf(last, now, this.#step))) return undefined;
    const fate = fates.find(({ from, to }) => from <= member && member <= to)?.fate ?? 'registered';
    const registration = { regNo: this.#newNumber(now), member, fate, began: now, details };
    this.#registrations.set(registration.regNo, registration);
    this.#lastOf.set(member, registration);
    if (fate === 'registered-at-once') this.#putAccount(registration, now);
    if (fate === 'registered') this.#open.add(registration);
    return registration;
  }

  /** How far the registration with a number has come; undefined for an unknown number. */
  progress(regNo: string): Progress | undefined {
    const registration = this.#registrations.get(regNo);
    return registration && progressOf(registration, this.now(), this.#step);
  }

  accountOf(member: bigint): Account | undefined {
    this.#settle();
    return this.#accounts.get(member);
  }

  /** Deletes the account, if there is one. A registration under way goes on, and its account comes. */
  deleteAccount(member: bigint): void {
    this.#settle();
    this.#accounts.delete(member);
  }

  /** The physical card of a member with exactly these details. */
  physicalCard(given: Pick<PhysicalCard, 'holder' | 'number' | 'expiry' | 'cvc'>): PhysicalCard | undefined {
    return physicalCards.find(
      (card) =>
        card.holder === given.holder &&
        card.number === given.number &&
        card.expiry === given.expiry &&
        card.cvc === given.cvc,
    );
  }

  /** Lets the accounts of all registrations that have ended by now come, each at the time of its end. */
  #settle(): number {
    const now = this.now();
    for (const registration of this.#open) {
      const end = registration.began + 2 * this.#step;
      // All take the same time, so that they end in the order in which they began.
      if (end > now) break;
      this.#open.delete(registration);
      this.#putAccount(registration, end);
    }
    return now;
  }

  /** A first account, or a change of the one there is ("will be changed to a new account", page 001, line 19). */
  #putAccount({ member, details }: Registration, at: number): void {
    if (!details) return;
    const before = this.#accounts.get(member);
    this.#accounts.set(member, {
      ...details,
      accountId: before?.accountId ?? this.#newAccountId(),
      created: before?.created ?? at,
      updated: at,
    });
  }

  /** 22 characters: the time, and a count. */
  #newNumber(now: number): string {
    let regNo: string;
    do {
      this.#count += 1;
      regNo = tranTime(new Date(now), 'KST') + String(this.#count % 1e8).padStart(8, '0');
    } while (this.#registrations.has(regNo));
    return regNo;
  }

  /** 5 characters. */
  #newAccountId(): string {
    this.#count += 1;
    return `A${(this.#count % 36 ** 4).toString(36).toUpperCase().padStart(4, '0')}`;
  }
}

function isUnderWay(progress: Progress): boolean {
  return 'status' in progress && progress.status !== 'BANK_ACC_REGISTERED';
}
