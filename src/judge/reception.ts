import type { Api } from '../contract/model.ts';
import type { Exchange, ReceivedResponse } from '../wire/exchange.ts';
import { headerValues } from '../wire/headers.ts';
import { answeredWith, type EnvelopePointers, type OpenedBody } from './answer.ts';
import { type Envelope, findEnvelope } from './envelope.ts';

/** What came back for a request. */
export interface Received {
  readonly api: Api;
  readonly outcome: Exchange['outcome'];
  /** The opened body; needed when there is a response. */
  readonly opened: OpenedBody;
  readonly envelope: EnvelopePointers;
}

/** An answer of the API, whatever it says, or why there is none. */
export type Reception =
  | {
      readonly usable: true;
      readonly response: ReceivedResponse;
      /** Undefined when there is no code. */
      readonly envelope: Envelope | undefined;
    }
  | {
      readonly usable: false;
      readonly why: string;
      /** Something has answered, though not the API; false: nothing has, or a gateway says that nobody is there. */
      readonly answered: boolean;
    };

/**
 * Tells an answer of the API from everything else: no answer at all, a redirect, a status by which a gateway says that
 * nobody is there, a page of something that stands before the platform (a firewall, a portal, a web server), or nothing
 * where an error would have a body. The one rule, for every kind of case: what is not usable neither keeps nor breaks a
 * promise.
 */
export function receive({ api, outcome, opened, envelope: pointers }: Received): Reception {
  if (!outcome.ok) return { usable: false, why: outcome.failure.message, answered: false };
  const { response } = outcome;
  const envelope = findEnvelope(opened, pointers, api.platform.envelope);
  // A code of the platform's form is the platform's, whatever the status; gateways have codes of their own.
  const isPlatforms = answeredWith(response.status, envelope?.code).code !== undefined;
  const why = strange(response, opened, isPlatforms);
  if (why === undefined) return { usable: true, response, envelope };
  return { usable: false, why, answered: !unavailable.includes(response.status) };
}

/** Statuses with which whatever stands before the platform says that it can't be reached now. */
export const unavailable: readonly number[] = [429, 502, 503, 504];

function strange(
  { status, headers }: ReceivedResponse,
  opened: OpenedBody,
  isPlatforms: boolean,
): string | undefined {
  if (status >= 300 && status < 400 && !isPlatforms) {
    const [location] = headerValues(headers, 'location');
    return `HTTP ${status}, a redirect${location === undefined ? '' : ` to ${originOf(location)}`}; redirects are not followed, set baseUrl to the API itself`;
  }
  if (unavailable.includes(status) && !isPlatforms) return `HTTP ${status}: the target is not available now`;
  if (opened.form === 'not-json' && !opened.claimed) {
    const [type = 'no content type'] = headerValues(headers, 'content-type');
    return `HTTP ${status} with ${type.slice(0, 60)} and no JSON: a page of something before the platform (firewall, proxy, portal, web server), not an answer of the API; check what stands there, and baseUrl`;
  }
  if (opened.form === 'empty' && (status >= 500 || status === 404))
    return `HTTP ${status} with an empty body`;
  return undefined;
}

/** Scheme, host and port; a path or query may hold anything. */
function originOf(location: string): string {
  return URL.canParse(location) ? new URL(location).origin : 'a path on the same host';
}
