import { isCorrelationId } from '../src/contract/formats.ts';
import type { Contract } from '../src/contract/model.ts';
import { correlationId } from '../src/wire/clock.ts';
import type { RawHeader } from '../src/wire/exchange.ts';
import { headerValues } from '../src/wire/headers.ts';
import type { Answer, Outcome, Situation } from './stages.ts';

/** The stage of the answer: envelope, headers, and whether it is to be encrypted. Failures are plain. */
export function answerWith({ status, code, description, fields }: Outcome, at: Situation): Answer {
  const { headers } = at.contract.platform;
  const encrypted = at.api.responses.find((response) => response.status === status)?.body.encrypted === true;
  const answer: Answer = {
    status,
    headers: [
      ...answerHeaders(at.received.headers, at.now, at.contract),
      ...(encrypted ? [[headers.cryptoKeyId, at.credentials.cryptoKeyId] as const] : []),
    ],
    body: { response: { code, description }, ...fields },
    encrypted,
  };
  return at.deviation.answer?.(answer, at) ?? answer;
}

/** The headers of every answer: the request's correlation id if it is one, so that a transaction can be followed, else a new one. */
export function answerHeaders(
  received: readonly RawHeader[],
  now: number,
  { platform: { headers } }: Contract,
): readonly RawHeader[] {
  const [given = '', ...more] = headerValues(received, headers.correlationId);
  const id =
    isCorrelationId(given) && more.length === 0 ? given : correlationId(new Date(now), 'KST', Math.random);
  return [
    ['Content-Type', 'application/json'],
    [headers.correlationId, id],
  ];
}
