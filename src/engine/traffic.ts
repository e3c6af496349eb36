import type { Api } from '../contract/model.ts';
import type { Reception } from '../judge/reception.ts';
import type { Pace } from '../target/profile.ts';
import type { Exchange } from '../wire/exchange.ts';
import { headerValues } from '../wire/headers.ts';
import { Breaker, type Patience, type Probe, type Sending } from './breaker.ts';
import type { Clock } from './clock.ts';
import { clockNote } from './clock-note.ts';
import { notSent } from './not-sent.ts';

/** Nothing more is sent, to the target or to one API: why, in one sentence. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** Milliseconds for which the requests to one API are put off by the target, without an answer in between. */
const longestPutOff = 30_000;
/** Milliseconds between the first two tries to reach a target that is to be cleaned up; each further one waits twice as long. */
const firstPause = 1_000;
const triesToCleanUp = 4;
/** Milliseconds that are waited at least where a target says when to come again: it may say at once. */
const shortestPause = 250;

export interface TrafficOptions {
  readonly clock: Clock;
  readonly pace: Pace;
  readonly maxRequests: number | undefined;
  /** Milliseconds, from now on, after which nothing more is sent. */
  readonly limit: number;
  readonly patience: Patience;
  readonly probe: Probe | undefined;
  readonly signal: AbortSignal | undefined;
  /** How many requests were sent before. */
  readonly sent?: number | undefined;
  /** How many in a row had no answer before. */
  readonly row?: number | undefined;
  /** Told how many in a row have none, whenever that changes. */
  readonly onRow?: ((row: number) => void) | undefined;
  /** Told of each request that is about to be sent. */
  readonly onSend?: (() => void) | undefined;
  /** Told once why nothing more is sent to the target. */
  readonly onStop?: ((sentence: string) => void) | undefined;
}

export interface SendOptions {
  /** Takes back what was made: it is sent however a run stands. */
  readonly cleaning?: boolean;
  /** It may go without an answer for a reason of its own. */
  readonly mayBeUnanswered?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** What came of one try to send a request. */
export interface Try {
  readonly exchange: Exchange;
  readonly reception: Reception;
}

/** All that goes to a target passes here: when it may, whether it may, and once more where that can do no harm. */
export class Traffic {
  readonly #options: TrafficOptions;
  readonly #breaker: Breaker;
  readonly #began: number;
  readonly #stoppedApis = new Map<string, string>();
  /** By API, since when the target has put its requests off. */
  readonly #putOff = new Map<string, number>();
  #stopped: string | undefined;
  #requests: number;
  #hasClock = false;
  /** When the next request may begin, by the pace. */
  #nextSlot = 0;
  /** Until when the target wants to be left alone. */
  #pauseUntil = 0;

  constructor(options: TrafficOptions) {
    const { clock, patience, probe, signal, row, onRow } = options;
    this.#options = options;
    this.#began = clock.now();
    this.#requests = options.sent ?? 0;
    this.#breaker = new Breaker({
      clock,
      patience,
      probe,
      signal,
      row,
      onRow,
      stop: (sentence) => this.stop(sentence),
      stopApi: (api, sentence) => this.#stoppedApis.set(api, sentence),
    });
  }

  /** Why nothing more is sent to the target; undefined as long as something is. */
  get stopped(): string | undefined {
    return this.#stopped;
  }

  /** From now on nothing more is sent but for cleaning up; cases that are not done bear the sentence. The first counts. */
  stop(sentence: string): void {
    if (this.#stopped !== undefined) return;
    this.#stopped = sentence;
    this.#options.onStop?.(sentence);
  }

  /**
   * Sends a request, as soon as it may be sent, and once more where the target has asked for that or where nothing can
   * have been done twice.
   *
   * @param attempt makes it anew each time, since it has the time in it; the number of the try, from 0
   * @returns the last try, with what a reader should know of the others
   * @throws {Stopped}
   */
  async send<T extends Try>(
    api: Api,
    attempt: (nth: number) => Promise<T>,
    options: SendOptions = {},
  ): Promise<T & { readonly notes: readonly string[] }> {
    const notes = new Set<string>();
    for (let nth = 0; ; nth += 1) {
      await this.#admitted(api, options);
      const sending = this.#breaker.sending();
      const tried = await attempt(nth);
      this.#compareClocks(tried.exchange, notes);
      const again = this.#hears(api, tried, sending, { ...options, nth });
      if (again === undefined && options.cleaning && nth + 1 < triesToCleanUp && !hasReached(tried)) {
        await this.#options.clock.wait(firstPause * 2 ** nth, options.signal);
        continue;
      }
      if (again === undefined) return { ...tried, notes: [...notes] };
      notes.add(again);
    }
  }

  /** Asks for one request besides, which no breaker hears of. */
  async aside<T>(send: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    await this.#paced(signal);
    this.#counts();
    return send();
  }

  async #admitted({ id }: Api, { cleaning = false, signal }: SendOptions): Promise<void> {
    const expectOpen = () => {
      signal?.throwIfAborted();
      const why = this.#stopped ?? this.#stoppedApis.get(id);
      if (why !== undefined && !cleaning) throw new Stopped(why);
    };
    expectOpen();
    await this.#breaker.settled();
    if (!cleaning) this.#expectWithinLimits();
    await this.#paced(signal);
    // Much may have happened meanwhile.
    await this.#breaker.settled();
    expectOpen();
    if (!cleaning) this.#expectWithinLimits();
    this.#counts();
  }

  #counts(): void {
    this.#requests += 1;
    this.#options.onSend?.();
  }

  #expectWithinLimits(): void {
    const { maxRequests, limit, clock } = this.#options;
    if (maxRequests !== undefined && this.#requests >= maxRequests) {
      this.stop(
        `${notSent}: the run has sent ${maxRequests} requests, as many as maxRequests of the profile allows`,
      );
    }
    if (clock.now() - this.#began >= limit) {
      this.stop(
        `${notSent}: the run has taken ${seconds(limit)}, as long as timeouts.run of the profile allows`,
      );
    }
    if (this.#stopped !== undefined) throw new Stopped(this.#stopped);
  }

  /** Waits for the turn of a request: evenly spaced, and not before the target wants to be asked again. */
  async #paced(signal: AbortSignal | undefined): Promise<void> {
    const { clock, pace } = this.#options;
    for (;;) {
      const now = clock.now();
      if (this.#pauseUntil > now) {
        await clock.wait(this.#pauseUntil - now, signal);
        continue;
      }
      if (pace.requestsPerSecond === undefined) return;
      const slot = Math.max(now, this.#nextSlot);
      this.#nextSlot = slot + 1000 / pace.requestsPerSecond;
      if (slot > now) await clock.wait(slot - now, signal);
      if (this.#pauseUntil <= clock.now()) return;
    }
  }

  /** Once is enough. */
  #compareClocks(exchange: Exchange, notes: Set<string>): void {
    if (this.#hasClock || !exchange.outcome.ok) return;
    this.#hasClock = true;
    const note = clockNote(exchange);
    if (note !== undefined) notes.add(note);
  }

  /** Takes in what came of a try; says why it is to be tried again, if so. */
  #hears(
    api: Api,
    { exchange: { outcome }, reception }: Try,
    sending: Sending,
    { nth, cleaning = false, mayBeUnanswered = false }: SendOptions & { readonly nth: number },
  ): string | undefined {
    if (reception.usable || reception.answered) {
      this.#putOff.delete(api.id);
      this.#breaker.answered(api.id);
      return undefined;
    }
    const { clock } = this.#options;
    if (outcome.ok) {
      const { status, headers } = outcome.response;
      const pause = retryAfter(headers);
      if (pause !== undefined) {
        const wait = Math.max(pause, shortestPause);
        const since = this.#putOff.get(api.id) ?? clock.now();
        this.#putOff.set(api.id, since);
        if (clock.now() + wait - since > longestPutOff) {
          this.#stoppedApis.set(
            api.id,
            `${notSent} to ${api.id}: the target puts its requests off for longer than ${seconds(longestPutOff)} (HTTP ${status} with Retry-After)`,
          );
          return undefined;
        }
        this.#pauseUntil = Math.max(this.#pauseUntil, clock.now() + wait);
        return `the target put the request off (HTTP ${status} with Retry-After): sent again when it may be`;
      }
    } else if (outcome.failure.idleConnection && api.effect === 'reads' && nth === 0 && !cleaning) {
      return 'the connection had served before and ended before an answer: sent once more, since the request only reads';
    }
    // A connection that is closed costs no time, and may be closed for what is wrong with the request.
    const wasClosed = !outcome.ok && outcome.failure.kind === 'reset';
    this.#breaker.unanswered(api.id, sending, reception.why, mayBeUnanswered || wasClosed);
    return undefined;
  }
}

/** Whether anything of a request may have come to the target. */
function hasReached({ exchange: { outcome } }: Try): boolean {
  return outcome.ok || !['refused', 'dns', 'tls', 'proxy'].includes(outcome.failure.kind);
}

/** Milliseconds that a target wants to be left alone (RFC 9110, section 10.2.3); undefined when it does not say. */
export function retryAfter(
  headers: Parameters<typeof headerValues>[0],
  now = Date.now(),
): number | undefined {
  const [text] = headerValues(headers, 'retry-after');
  if (text === undefined) return undefined;
  if (/^\s*\d{1,9}\s*$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  if (Number.isNaN(date)) return undefined;
  // By the clock that it was written with, where that is told.
  const [told] = headerValues(headers, 'date');
  const from = Date.parse(told ?? '');
  return Math.max(0, date - (Number.isNaN(from) ? now : from));
}

function seconds(milliseconds: number): string {
  return `${Math.round(milliseconds / 1000)} s`;
}
