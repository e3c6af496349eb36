import project from '../../package.json' with { type: 'json' };
import type { SentRequest } from '../wire/exchange.ts';

/** `konaplate-conformance/1.2.3 (run 4711)`: by which whoever runs a target finds our requests and knows whom to ask. */
export function userAgentOf(runId: string | undefined): string {
  const { name, version } = project;
  return `${name}/${version}${runId === undefined ? '' : ` (run ${runId})`}`;
}

/** A request that says who sends it. That is no part of what is signed, or held against the documents. */
export function withUserAgent(request: SentRequest, userAgent: string): SentRequest {
  return { ...request, headers: [...request.headers, ['User-Agent', userAgent]] };
}
