import type { Case, Change } from '../cases/case.ts';
import { type BodyCheck, bodyChecker } from '../contract/body-check.ts';
import { clauseId } from '../contract/clauses.ts';
import type { Api } from '../contract/model.ts';
import type { SentRequest } from '../wire/exchange.ts';
import { headerValues } from '../wire/headers.ts';
import type { JsonValue } from '../wire/json.ts';

/** A mistake of the suite, noticed before it could be taken for one of the target. */
export class SelfCheckError extends Error {
  override readonly name = 'SelfCheckError';
}

/**
 * Holds the body that a case will send against the documents: a case that breaks a limit must break the one that it
 * declares and no other, any other must break none. What the prepared request breaks already is the profile's.
 *
 * @throws {SelfCheckError}
 */
export function checkBody(one: Case, body: JsonValue, testData: ReadonlyMap<string, JsonValue>): void {
  if (one.expectation.kind === 'outcome' || one.plan.ready !== true) return;
  const check = bodyChecker(one.api.request.body.schema);
  const prepared = testData.get(one.expectation.control.id);
  const known = new Set(prepared === undefined ? [] : broken(one.api, check(prepared)));
  const breaks = broken(one.api, check(body)).filter((clause) => !known.has(clause));
  const declared =
    one.expectation.kind === 'rejected' && one.plan.change?.on === 'body' ? [one.expectation.clause] : [];
  if (breaks.join() === declared.join()) return;
  throw new SelfCheckError(
    `the body of ${one.id} breaks ${breaks.join(', ') || 'nothing'}, declared is ${declared.join(', ') || 'nothing'}`,
  );
}

function broken(api: Api, { breaches }: BodyCheck): string[] {
  return breaches.map(({ field, aspect, pointer }) =>
    field && aspect !== 'items' ? clauseId.requestField(api.id, field.path, aspect) : `${api.id} ${pointer}`,
  );
}

/**
 * Holds the headers that the suite makes (not the profile's credentials) against the documents, but for the changed one.
 *
 * @throws {SelfCheckError}
 */
export function checkSent(api: Api, sent: SentRequest, change: Change | undefined): void {
  for (const header of api.request.headers) {
    const isChanged =
      (change?.on === 'header' && change.name === header.name) ||
      (change?.on === 'token' && header.guard === 'integrity');
    const isTheProfiles = header.guard === 'caller' || header.guard === 'key';
    if (isChanged || isTheProfiles) continue;
    const [value] = headerValues(sent.headers, header.name);
    if (value === undefined) throw new SelfCheckError(`the suite left out the header ${header.name}`);
    const [breach] = bodyChecker(header.schema)(value).breaches;
    if (breach) {
      throw new SelfCheckError(
        `the header ${header.name} that the suite made has not ${breach.expected} (${breach.aspect})`,
      );
    }
  }
}
