import type { CaseKind } from '../cases/case.ts';
import type { Level } from '../contract/model.ts';
import type { Answered, Finding, Outcome } from '../judge/finding.ts';
import type { Verdict } from '../judge/verdict.ts';
import type { Waiver } from '../judge/waivers.ts';

/** A body as it may be shown: text with secrets, card and personal data masked, cut when long. */
export interface ShownMessage {
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** What stood on the wire; a JWE is told by its header and length. */
  readonly body: string;
  /** The decrypted body, when the wire had a JWE. */
  readonly plaintext?: string;
}

/** One exchange as it may be written down. */
export interface ShownExchange {
  readonly request: ShownMessage & { readonly method: string; readonly url: string };
  readonly response?: ShownMessage & { readonly status: number };
  /** Why no answer came. */
  readonly failure?: { readonly kind: string; readonly message: string };
  /** Milliseconds. */
  readonly duration: number;
}

/** An HTTP status and the code that comes with it. */
export interface DocumentedOutcome {
  readonly status: number;
  readonly code: string;
}

/** What a run says of one case. */
export interface CaseRecord {
  readonly type: 'case';
  /** The scenario id for a scenario: `parcel-search/found`. */
  readonly id: string;
  /** Its place among all cases that there are, from 0: by it the ledgers of shards are merged. */
  readonly position?: number;
  readonly api: string;
  readonly kind: CaseKind;
  readonly level: Level;
  readonly title: string;
  /** The documented outcome, or in words what must come. */
  readonly expected: DocumentedOutcome | string;
  /** The clauses that the case is there to test. */
  readonly clauses: readonly string[];
  readonly outcome: Outcome;
  /** The profile says, with a reason, that it can't serve this case. */
  readonly acknowledged: boolean;
  /** Why, in one line; empty when the case conforms. */
  readonly reason: string;
  /** Every finding that is not `conforms`. */
  readonly findings: readonly Finding[];
  /** The clauses that a real answer was seen to keep. */
  readonly kept: readonly string[];
  /** The values of enums that real answers had, by clause: documented ones alone, so that none is anybody's secret. */
  readonly seen?: readonly { readonly clause: string; readonly values: readonly string[] }[];
  /** What the judged answer came with; no code when it had none of the form of a code. */
  readonly answered?: Answered;
  /** The interpretations of ambiguities that the target was seen to follow: `<ambiguity>.<interpretation>`. */
  readonly interpretations: readonly string[];
  /** What a reader should know besides, such as a prepared request that departs from the documents. */
  readonly notes: readonly string[];
  /** What the case has registered at the target and may have left there, a line each. */
  readonly left?: readonly string[];
  /** Why no answer came after a promise had been broken, if so: a waiver of that promise leaves this. */
  readonly trouble?: string;
  readonly exchanges: readonly ShownExchange[];
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Milliseconds. */
  readonly duration: number;
}

/** The first line of a ledger. */
export interface LedgerHeader {
  readonly type: 'header';
  readonly ledger: 1;
  /** The same in all files of a run, and of all its shards. */
  readonly runId: string;
  /** `digest`: SHA-256 over the suite's own files, hexadecimal. */
  readonly tool: { readonly name: string; readonly version: string; readonly digest?: string };
  readonly documents: { readonly title: string; readonly version: string; readonly digest: string };
  /** What may be shown of the target's profile. */
  readonly target: Readonly<Record<string, unknown>>;
  readonly seed: number;
  readonly startedAt: string;
  /** What of the suite was chosen. */
  readonly selection: { readonly grep?: string; readonly shard?: string };
  /** How many cases were planned and how many there are without a selection. */
  readonly cases: { readonly planned: number; readonly all: number };
  /** The waivers of the target's profile, in its order; findings name them by their place here. */
  readonly waivers?: readonly Waiver[];
  /** What the person who started the run was told of profile and settings beforehand, one line each. */
  readonly notes?: readonly string[];
}

/** The last line of a ledger; without it a run is incomplete. */
export interface LedgerFooter {
  readonly type: 'footer';
  readonly finishedAt: string;
  readonly counts: Readonly<Record<Outcome, number>>;
  /** Trouble of the run itself, such as a worker that crashed; any of it keeps a run from being conformant. */
  readonly problems: readonly string[];
  readonly verdict: Verdict;
}
