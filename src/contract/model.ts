import type { Encryption } from '../wire/jwe.ts';
import type { Signing } from '../wire/tran-token.ts';
import type { WorkflowDocument } from './arazzo/model.ts';
import { aspects } from './limits.ts';
import type { Schema } from './schema.ts';
import type { Observed } from './written/ambiguities.ts';
import type { Effect, Guard, Sensitivity } from './written/openapi.ts';

export type { Effect, Guard, Sensitivity } from './written/openapi.ts';

/** A documentation page of the platform, as the documents cite it. */
export interface Page {
  /** `004` */
  readonly number: string;
  /** As the page's title has it. */
  readonly name: string;
  /** The URL of the page, or the path of its API where no URL is known. */
  readonly address: string;
  /** SHA-256 of the capture that the words were taken from, hexadecimal. */
  readonly sha256: string;
  /** The words of each cited line, shortened. */
  readonly lines: ReadonlyMap<number, string>;
}

/** A line of a documentation page. */
export interface SourceLine {
  /** The number of the page. */
  readonly page: string;
  /** From 1. */
  readonly line: number;
}

/** A line as the source of a promise, with all that a reader needs to find it. */
export interface Source extends SourceLine {
  /** Name of the page. */
  readonly name: string;
  /** Address of the page. */
  readonly address: string;
  /** The words of the line, shortened, behind those of the line that names what they are about. */
  readonly quote: string;
}

export type Presence = 'required' | 'optional' | 'conditional';

/** One documented header of a request or response. */
export interface Header {
  readonly name: string;
  readonly presence: Presence;
  readonly schema: Schema;
  readonly sensitivity: Sensitivity | undefined;
  readonly guard?: Guard | undefined;
  /** The lines of this header on the API's own page, by fact; undefined when that page does not have it. */
  readonly facts: Facts | undefined;
}

/** The lines on which the facts of one thing stand, on one page. */
export interface Facts {
  readonly page: Page;
  readonly lines: ReadonlyMap<string, readonly number[]>;
}

/** A request or response body: the schema is that of the plain text, without the envelope. */
export interface Body {
  readonly encrypted: boolean;
  readonly schema: Schema;
  readonly facts: Facts | undefined;
}

/** A code and message of the page's list, with the HTTP status it comes with. */
export interface CodeRow {
  readonly status: number;
  readonly code: string;
  /** The message as the page has it first; then other interpretations of it. */
  readonly messages: readonly MessageInterpretation[];
  readonly description: string;
  readonly facts: Facts;
}

export interface MessageInterpretation {
  readonly text: string;
  readonly interpretation: InterpretationId | undefined;
}

/** `<ambiguity>.<interpretation>` */
export type InterpretationId = string;

/** One prepared test-data item of an API. */
export interface Scenario {
  /** `<api>/<name>`, fixed for good. */
  readonly id: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly given: string;
  /** The prepared request breaks a documented limit on purpose. */
  readonly breaksRequest: boolean;
  /** What the answer's body must be beyond its schema. */
  readonly body: Schema | undefined;
  readonly ambiguities: readonly string[];
  readonly source: Source;
}

/** A value of the answer that must equal a value of the request, both as JSON pointers. */
export interface Echo {
  readonly response: string;
  readonly request: string;
  readonly promise: string;
  readonly source: Source;
}

/** A promise about behaviour over time. */
export interface Behaviour {
  readonly id: string;
  readonly promise: string;
  readonly source: Source;
}

/** The answers of an API with one HTTP status. */
export interface Response {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: Body;
}

/** One documented API. */
export interface Api {
  readonly id: string;
  /** As the page names it. */
  readonly name: string;
  readonly summary: string;
  readonly page: Page;
  readonly version: string;
  readonly mode: 'sync' | 'async';
  /** What an accepted request does to what the target keeps. */
  readonly effect: Effect;
  readonly method: 'POST';
  /** Below the target's base URL, with a leading slash. */
  readonly path: string;
  readonly facts: Facts;
  readonly request: { readonly headers: readonly Header[]; readonly body: Body };
  /** By documented status, ascending. */
  readonly responses: readonly Response[];
  readonly codes: readonly CodeRow[];
  readonly scenarios: readonly Scenario[];
  readonly echoes: readonly Echo[];
  readonly behaviours: readonly Behaviour[];
  /** Request field → documented codes that may answer a bad value of it besides the general ones. */
  readonly rejections: ReadonlyMap<string, readonly string[]>;
  /** What it shares with all others. */
  readonly platform: Platform;
}

/** A place of an answer's code and message, JSON pointers (RFC 6901), and the interpretation that a code there shows. */
export interface EnvelopePlace {
  readonly code: string;
  readonly message: string;
  readonly interpretation: InterpretationId;
}

/** What an answer shows, depending on whether it took the request. */
export interface Either {
  readonly accepted: InterpretationId;
  readonly rejected: InterpretationId;
}

/** What all pages share: `specs/platform.yaml`. */
export interface Platform {
  readonly codes: {
    readonly success: string;
    readonly badValue: string;
    readonly missing: string;
    readonly wrongLength: string;
  };
  /** General code → what it says of a profile when it answers a prepared request that it should not answer. */
  readonly setup: ReadonlyMap<string, string>;
  /** The general codes that may answer any value that is not as documented, whether or not the page lists them. */
  readonly badValueCodes: readonly string[];
  /** What a header is for → its name. */
  readonly headers: Readonly<
    Record<
      'aspId' | 'correlationId' | 'accessKey' | 'cryptoKeyId' | 'tranToken' | 'tranTime' | 'timeZone',
      string
    >
  >;
  readonly signing: Signing;
  readonly encryption: Encryption;
  readonly envelope: {
    /** In the order in which they are looked for. */
    readonly places: readonly [EnvelopePlace, ...EnvelopePlace[]];
    /** The names of code and message at the first of these places, where the OpenAPI document has them. */
    readonly members: { readonly code: string; readonly message: string };
    /** Where a profile names the place. */
    readonly ofProfile: InterpretationId;
    /** Of an encrypted answer: in the message, or beside it. */
    readonly encrypted: { readonly inside: InterpretationId; readonly beside: InterpretationId };
  };
  /** What the answer to a request shows that every page leaves open. */
  readonly open: {
    /** An encrypted request without the id of the key. */
    readonly missingKeyId: Either;
    /** An optional text that is empty. */
    readonly emptyOptional: Either;
    /** A value within its limits that is nobody's. */
    readonly stranger: Either;
    /** A text of the greatest length in characters, which has more bytes. */
    readonly longerInBytes: Either;
  };
  /** What an answer shows by its form. */
  readonly shown: {
    /** By the content encryption of its message. */
    readonly contents: Readonly<Record<string, InterpretationId>>;
    /** Of an API no answer of which is marked as encrypted. */
    readonly unmarked: { readonly plain: InterpretationId; readonly encrypted: InterpretationId };
    /** Unmarked itself, of an API with an encrypted answer. */
    readonly failure: { readonly plain: InterpretationId; readonly encrypted: InterpretationId };
    /** By the HTTP status that refuses a wrong token, key or id. */
    readonly refusal: { readonly other: InterpretationId } & Readonly<Record<string, InterpretationId>>;
  };
}

/** A place where the documents allow more than one interpretation. */
export interface Ambiguity {
  readonly id: string;
  readonly text: string;
  /** Undefined: every API. */
  readonly apis: readonly string[] | undefined;
  readonly sources: readonly SourceLine[];
  readonly interpretations: ReadonlyMap<string, string>;
  readonly assumed: string;
  readonly why: string;
  readonly observed: Observed;
}

/** A name from the pages' navigation; `api` is set when its page is documented here. */
export interface CatalogueEntry {
  readonly name: string;
  readonly group: string;
  readonly api: string | undefined;
}

export interface Catalogue {
  readonly entries: readonly CatalogueEntry[];
  /** Each page's navigation as the names in its order. */
  readonly lists: readonly { readonly source: SourceLine; readonly names: readonly string[] }[];
}

export const levels = ['MUST', 'SHOULD', 'MAY'] as const;

export type Level = (typeof levels)[number];

/** What a clause is about, the second part of its id. */
export const clauseSubjects = [
  'operation',
  'request',
  'response',
  'code',
  'scenario',
  'behaviour',
  'robustness',
] as const;

export type ClauseSubject = (typeof clauseSubjects)[number];

/** What a clause promises of its subject, most often the last part of its id. */
export const clauseAspects = [
  ...aspects,
  'path',
  'content-type',
  'encryption',
  'guard',
  'echo',
  'code',
  'status',
  'message',
  'outcome',
  'behaviour',
  'graceful',
] as const;

export type ClauseAspect = (typeof clauseAspects)[number];

/** What a clause promises, and of what: its id says the same as text. */
export interface ClauseKey {
  readonly api: string;
  readonly subject: ClauseSubject;
  /** Of a request or response: what of it, if not the whole. */
  readonly part?: 'header' | 'field';
  /** Of the header, the field (its path), the code, the scenario or the behaviour. */
  readonly name?: string;
  readonly aspect: ClauseAspect;
}

/** One atomic documented promise. */
export interface Clause extends ClauseKey {
  /** `<api>.<subject>.…`, stable. */
  readonly id: string;
  readonly level: Level;
  /** The promise in one sentence. */
  readonly sentence: string;
  /** Empty when no page has it: a fact from the guide or from clients that a run must rely on. */
  readonly source: readonly Source[];
}

/** Everything that the documents promise, typed. */
export interface Contract {
  readonly title: string;
  readonly version: string;
  /** SHA-256 over the documents, hexadecimal. */
  readonly digest: string;
  readonly apis: readonly Api[];
  readonly pages: ReadonlyMap<string, Page>;
  readonly ambiguities: readonly Ambiguity[];
  readonly catalogue: Catalogue;
  readonly platform: Platform;
  readonly clauses: ReadonlyMap<string, Clause>;
  /** Promises over time, one entry for each document. */
  readonly workflows: readonly WorkflowDocument[];
}
