import { isCorrelationId } from '../src/contract/formats.ts';
import type { Contract, Header } from '../src/contract/model.ts';
import type { Schema } from '../src/contract/schema.ts';
import { correlationId } from '../src/wire/clock.ts';
import type { RawHeader } from '../src/wire/exchange.ts';
import { headerValues } from '../src/wire/headers.ts';
import { assumedOf } from './assumed.ts';
import { drawFrom } from './generic/draw.ts';
import { makeValue } from './generic/make-value.ts';
import type { Answer, Outcome, Situation } from './stages.ts';

/** The stage of the answer: envelope, headers, and whether it is to be encrypted. Failures are plain. */
export function answerWith({ status, code, description, fields }: Outcome, at: Situation): Answer {
  const documented = at.api.responses.find((response) => response.status === status);
  const encrypted = documented?.body.encrypted === true;
  const own = answerHeaders(at.received.headers, at.now, at.contract);
  const answer: Answer = {
    status,
    headers: [
      ...own,
      ...otherHeaders(
        documented?.headers.filter(({ name }) => !own.some(([known]) => known === name)) ?? [],
        at,
      ),
      ...(encrypted ? [[at.contract.platform.headers.cryptoKeyId, at.credentials.cryptoKeyId] as const] : []),
    ],
    body: { response: { code, description }, ...fields },
    encrypted,
  };
  return at.deviation.answer?.(answer, at) ?? answer;
}

/** Headers that an API's page wants beyond those of every answer, made from what it says of them. */
function otherHeaders(headers: readonly Header[], { api, contract }: Situation): readonly RawHeader[] {
  const read = (schema: Schema) => assumedOf(schema, contract);
  return headers
    .filter(({ presence }) => presence === 'required')
    .map(({ name, schema }) => [name, String(makeValue(schema, { draw: drawFrom(api.id), read }, name))]);
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
