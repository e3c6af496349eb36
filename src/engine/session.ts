import type { Contract } from '../contract/model.ts';
import type { Redactor } from '../redact/redactor.ts';
import type { Profile } from '../target/profile.ts';
import type { HttpClient } from '../wire/client.ts';
import type { Traffic } from './traffic.ts';

/** What a look at the target before a run has shown. */
export type Preflight =
  | {
      readonly ok: true;
      /** Why nothing was asked, if so. */
      readonly note?: string;
    }
  | {
      readonly ok: false;
      /** One sentence: the likely cause, and what to change. */
      readonly why: string;
    };

/** What the cases of one engine share. */
export interface Session {
  readonly contract: Contract;
  readonly profile: Profile;
  readonly client: HttpClient;
  /** What all requests to the target pass. */
  readonly traffic: Traffic;
  readonly redactor: Redactor;
  /** Who sends, as each request says. */
  readonly userAgent: string;
  /** The one clock of a run. */
  readonly now: () => Date;
  /** A source of numbers in [0, 1) that depends on nothing but the seed and the case. */
  readonly randomFor: (caseId: string) => () => number;
  /** Aborts when nothing more shall be sent, but for the deletion of what was registered. */
  readonly signal?: AbortSignal;
  /** What is waited for before the first request of a case. */
  readonly preflight?: () => Promise<Preflight>;
}
