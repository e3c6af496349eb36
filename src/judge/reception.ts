import type { ReceivedResponse } from '../wire/exchange.ts';
import { headerValues } from '../wire/headers.ts';
import type { OpenedBody } from './answer.ts';

/** Statuses with which whatever stands before the platform says that it can't be reached now. */
const unavailable = [429, 502, 503, 504];

/** Whether a status says that the target can't be reached now. */
export function isUnavailable(status: number): boolean {
  return unavailable.includes(status);
}

/** Why an answer without a code says nothing about the API, if so. */
export function noUsableAnswer(response: ReceivedResponse, opened: OpenedBody): string | undefined {
  const { status } = response;
  if (status >= 300 && status < 400) {
    const [location] = headerValues(response.headers, 'location');
    return `HTTP ${status}, a redirect${location === undefined ? '' : ` to ${originOf(location)}`}; redirects are not followed, set baseUrl to the API itself`;
  }
  if (isUnavailable(status)) return `HTTP ${status}: the target is not available now`;
  if (opened.form === 'not-json' && !opened.claimed) {
    const [type = 'no content type'] = headerValues(response.headers, 'content-type');
    return `HTTP ${status} with ${type} and no JSON; check that baseUrl leads to the API`;
  }
  if (opened.form === 'empty' && (status >= 500 || status === 404))
    return `HTTP ${status} with an empty body`;
  return undefined;
}

/** Scheme, host and port; a path or query may hold anything. */
function originOf(location: string): string {
  return URL.canParse(location) ? new URL(location).origin : 'a path on the same host';
}
